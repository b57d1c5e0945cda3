"""`safebot keys`: the key ring that seals everything. Losing it: help still works, conversations start over."""

from __future__ import annotations

import asyncio
import json

import click

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
    """Wrap every stored key by the newest sealing key, so that an older one may be taken out of the ring.

    Example:  SAFEBOT_KEY_FILE=key safebot keys rewrap
    """
    click.echo(f"{asyncio.run(_rewrap(_ring()))} keys are wrapped by the newest key now.")


@command.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to show it.")
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
    from bot.settings import Settings
    from bot.store.open import open_keys
    from bot.vault.vault import Vault

    keys = await open_keys(Settings.from_environment().database_url)
    try:
        return await Vault(ring, keys).rewrap()
    finally:
        await keys.close()
