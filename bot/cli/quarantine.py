"""`safebot quarantine`: updates that could not be handled. The operator sees id, kind, code and time, never the text."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

import click

from bot.cli.forms import text_or_json
from bot.cli.problems import plainly, stop
from bot.cli.stores import store_of

if TYPE_CHECKING:
    from bot.store.protocol import Store

R = TypeVar("R")


@click.group(name="quarantine")
def command() -> None:
    """List updates that could not be handled, or drop one unread. (Replaying is a button of the console.)

    Example:  safebot quarantine list
    """


@command.command(name="list")
@text_or_json
@plainly
def show(form: str) -> None:
    """List what waits: number, kind, error code and time.

    Example:  safebot quarantine list --format json
    """
    rows = asyncio.run(_with_store(lambda store: store.quarantined(1000)))
    facts = [{"row": q.id, "kind": q.kind, "code": q.code, "at": q.at.isoformat()} for q in rows]
    if form == "json":
        click.echo(json.dumps(facts))
        return
    for fact in facts:
        click.echo(f"{fact['row']:>6}  {fact['at']}  {fact['kind']}  {fact['code']}")
    click.echo(f"{len(facts)} in quarantine; each expires after 7 days.")


@command.command()
@click.argument("row", type=int)
@plainly
def drop(row: int) -> None:
    """Remove one unread.

    Example:  safebot quarantine drop 7
    """
    if not asyncio.run(_with_store(lambda store: store.drop_quarantined(row))):
        stop(f"there is no row {row} in quarantine. `safebot quarantine list` shows what there is.", code=1)
    click.echo(f"Row {row} is gone.")


async def _with_store(ask: Callable[[Store], Awaitable[R]]) -> R:
    from bot.settings import Settings

    async with store_of(Settings.from_environment()) as store:
        return await ask(store)
