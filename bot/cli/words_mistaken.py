"""`safebot words mistaken`: rules that moderators called mistaken. Rule ids and counts, never a word of hers."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import click

from bot.cli.forms import text_or_json
from bot.cli.problems import plainly
from bot.cli.stores import store_of

if TYPE_CHECKING:
    from bot.store.closing_records import MistakenRule


@click.command(name="mistaken")
@text_or_json
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

    async with store_of(Settings.from_environment()) as store:
        return await store.mistaken_rules()
