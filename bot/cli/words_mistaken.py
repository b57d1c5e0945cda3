"""`safebot words mistaken`: rules that moderators called mistaken. Rule ids and counts, never a word of hers."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import click

from bot.cli.problems import plainly

if TYPE_CHECKING:
    from bot.store.closing_records import MistakenRule


@click.command(name="mistaken")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to show it.")
@plainly
def mistaken(form: str) -> None:
    """List the rules of cases that were closed as mistaken, by month: the frames to review first.

    Example:  safebot words mistaken --format json
    """
    found = asyncio.run(_read())
    if form == "json":
        click.echo(json.dumps([{"month": one.month, "rule": one.rule, "count": one.count} for one in found]))
        return
    for one in found:
        click.echo(f"{one.month}  {one.count:>5}  {one.rule}")
    click.echo("Nobody has called a rule mistaken." if not found else "Review them: safebot words review LANGUAGE")


async def _read() -> list[MistakenRule]:
    from bot.settings import Settings
    from bot.store.open import open_store

    store = await open_store(Settings.from_environment().database_url)
    try:
        return await store.mistaken_rules()
    finally:
        await store.close()
