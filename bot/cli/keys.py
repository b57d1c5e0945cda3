"""`safebot keys`: the key ring that seals everything. Losing it: help still works, conversations start over."""

from __future__ import annotations

import asyncio
import json

import click

from bot.cli import keys_desk, keys_drill
from bot.cli.forms import text_or_json
from bot.cli.problems import plainly
from bot.vault.ring import KeyRing


@click.group(name="keys")
def command() -> None:
    """Make and rotate the key ring.

    Example:  safebot keys new > ring.txt
    """


@command.command()
def new() -> None:
    """Print a new key ring for SAFEBOT_KEY. Keep it apart from the database and its backups.

    Example:  (umask 077; safebot keys new > key)
    """
    click.echo(KeyRing.new().dump())


@command.command()
@plainly
def rotate() -> None:
    """Print SAFEBOT_KEY with a fresh sealing key added. Put it in place, restart, then run `safebot keys rewrap`.

    Example:  SAFEBOT_KEY_FILE=key safebot keys rotate > new-key
    """
    click.echo(_ring().rotated().dump())


@command.command()
@plainly
def rewrap() -> None:
    """Seal by the newest key what older ones have sealed, so that those may be taken out of the ring.

    Example:  SAFEBOT_KEY_FILE=key safebot keys rewrap
    """
    click.echo(f"{asyncio.run(_rewrap(_ring()))} things are sealed anew by the newest key.")


@command.command()
@text_or_json
@plainly
def show(form: str) -> None:
    """Show the numbers of the ring's keys, never the keys.

    Example:  safebot keys show --format json
    """
    numbers = sorted(_ring().keys)
    facts = {"keys": numbers, "seals": numbers[-1]}
    click.echo(json.dumps(facts) if form == "json" else f"keys {', '.join(map(str, numbers))}; {numbers[-1]} seals")


def _ring() -> KeyRing:
    from bot.settings import Settings

    return KeyRing.parse(Settings.from_environment().key)


async def _rewrap(ring: KeyRing) -> int:
    from contextlib import AsyncExitStack

    from bot.settings import Settings
    from bot.store.open import open_keys, open_store
    from bot.vault.vault import Vault
    from bot.work.rewrap import rewrap

    url = Settings.from_environment().database_url
    async with AsyncExitStack() as stack:
        store = await open_store(url)
        stack.push_async_callback(store.close)
        keys = await open_keys(url)
        stack.push_async_callback(keys.close)
        return await rewrap(store, Vault(ring, keys))


for _command in (keys_desk.desks, keys_desk.renew, keys_desk.escrow, keys_desk.recover, keys_drill.drill):
    command.add_command(_command)
