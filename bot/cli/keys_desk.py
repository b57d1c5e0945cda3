"""`safebot keys desks|renew|escrow|recover`: who can open the cases of a desk."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from bot.cli.forms import text_or_json
from bot.cli.problems import plainly, stop
from bot.cli.stores import store_of

if TYPE_CHECKING:
    from bot.store.protocol import Store
    from bot.work.desk.keys import DeskKeys

R = TypeVar("R")


@click.command()
@text_or_json
@plainly
def desks(form: str) -> None:
    """Show for each desk who can open its cases, who waits to be let in, and whether the escrow can.

    Example:  safebot keys desks
    """
    facts = _run(lambda store, _: _facts(store))
    if form == "json":
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    for fact in facts:
        waits = f"; waits for a colleague's sign-in: {fact['waiting']}" if fact["waiting"] else ""
        click.echo(f"{fact['desk']:<6} opened by: {fact['opened_by'] or 'NOBODY'}{waits}; escrow: {fact['escrow']}")
    click.echo(f"{len(facts)} desks have a key.")


@click.command()
@click.argument("desk")
@plainly
def renew(desk: str) -> None:
    """Begin a new key of a desk, as when somebody leaves. Who is enrolled has it at once; older cases open as before.

    Example:  safebot keys renew KE
    """
    known = {fact["desk"] for fact in _run(lambda store, _: _facts(store))}
    if desk not in known:
        stop(f"the desk {desk!r} has no key yet. There are: {', '.join(sorted(known)) or 'none'}.", code=1)
    _run(lambda _, keys: keys.renew(desk))
    click.echo(f"{desk} has a new key.")


@click.command()
@plainly
def escrow() -> None:
    """Make an escrow key: prints the public half for SAFEBOT_ESCROW, and the private half for a safe, once.

    Example:  safebot keys escrow
    """
    from bot.vault.pairs import Pair

    pair = Pair.new()
    click.echo(f"escrow-public-{pair.public.hex()}")
    click.echo(f"escrow-private-{pair.private.hex()}")
    click.echo(
        "The first line is SAFEBOT_ESCROW. Print the second on paper, lock it away, keep it on no machine.", err=True
    )


@click.command()
@click.argument("name")
@click.option(
    "--escrow-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="Holds the private line.",
)
@plainly
def recover(name: str, escrow_file: Path) -> None:
    """Let a person in by the escrow's private half, when nobody of her desk can sign in any more.

    Example:  safebot keys recover Lena --escrow-file paper.txt
    """
    found = re.search(r"escrow-private-([0-9a-f]{64})", escrow_file.read_text(encoding="utf-8", errors="replace"))
    if found is None:
        stop("the file holds no line escrow-private-….")
    count = _run(lambda store, keys: _recover(store, keys, name, bytes.fromhex(found[1])))
    if not count:
        stop(
            f"{name} was given nothing: her desk has no escrow, or she has no passphrase yet (safebot staff reset).",
            code=1,
        )
    click.echo(f"{name} can open {count} desk keys after her next sign-in.")


async def _recover(store: Store, keys: DeskKeys, name: str, private: bytes) -> int:
    from bot.vault.errors import CannotOpen

    person = next((s for s in await store.staff() if s.active and s.name.casefold() == name.casefold()), None)
    if person is None:
        stop(f"there is nobody called {name!r}. `safebot staff list` shows everybody.", code=1)
    try:
        return await keys.recover(person, private)
    except CannotOpen:
        stop("this is the private half of another escrow.", code=1)


async def _facts(store: Store) -> list[dict[str, str]]:
    from bot.work.desk.keys import ESCROW, desks_of

    people = [s for s in await store.staff() if s.active]
    shares = await store.desk_shares()
    enrolled = {key.staff for key in await store.staff_keys()}
    facts = []
    for key in (k for k in await store.desk_keys() if k.retired_at is None):
        holders = {share.staff for share in shares if share.desk_key == key.id}
        there = [s for s in people if key.desk in desks_of(s)]
        facts.append(
            {
                "desk": key.desk,
                "opened_by": ", ".join(s.name for s in there if s.id in holders),
                "waiting": ", ".join(s.name for s in there if s.id not in holders and s.id in enrolled),
                "escrow": "yes" if ESCROW in holders else "no",
            }
        )
    return sorted(facts, key=lambda fact: fact["desk"])


def _run(ask: Callable[[Store, DeskKeys], Awaitable[R]]) -> R:
    return asyncio.run(_with_store(ask))


async def _with_store(ask: Callable[[Store, DeskKeys], Awaitable[R]]) -> R:
    from bot.settings import Settings
    from bot.work.clock import SystemClock
    from bot.work.desk.keys import DeskKeys

    settings = Settings.from_environment()
    async with store_of(settings, signed=True) as store:
        return await ask(store, DeskKeys(store, SystemClock(), settings.escrow))
