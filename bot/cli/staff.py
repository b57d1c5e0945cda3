"""`safebot staff`: who may sign in to the console, and whose Telegram account is whose."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot.cli.forms import text_or_json
from bot.cli.problems import plainly, stop
from bot.cli.staff_change import change
from bot.cli.stores import store_of
from bot.model.levels import CATEGORIES
from bot.model.staff import ROLES

if TYPE_CHECKING:
    from bot.model.ids import StaffId
    from bot.store.staff_records import Staff
    from bot.work.staff.accounts import StaffAccounts

R = TypeVar("R")

ASKED = "Passphrase (15 characters or more; four or five unrelated words)"

passphrase = click.option(
    "--passphrase",
    prompt=ASKED,
    hide_input=True,
    confirmation_prompt=True,
    help="Asked for when it is not given. On a command line others may see it.",
)


@click.group(name="staff")
def command() -> None:
    """Add, list, link and reset staff.

    Example:  safebot staff add Max --role moderator --desk KE --language sw --language en
    """


@command.command()
@click.argument("name")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(ROLES), help="May be given again.")
@click.option("--desk", "desks", multiple=True, help="Country code of a desk, such as KE. May be given again.")
@click.option("--language", "languages", multiple=True, help="A language she reads, such as sw. May be given again.")
@click.option("--reads-console-in", "language", default="en", show_default=True, help="Her own language.")
@click.option("--on-call", is_flag=True, help="She is called for danger now, at any hour.")
@click.option("--skill", "skills", multiple=True, type=click.Choice(CATEGORIES), help="What she is trained for.")
@passphrase
@plainly
def add(
    name: str,
    roles: tuple[str, ...],
    desks: tuple[str, ...],
    languages: tuple[str, ...],
    language: str,
    on_call: bool,
    skills: tuple[str, ...],
    passphrase: str,
) -> None:
    """Add a person.

    Example:  safebot staff add Max --role moderator --desk KE --language sw --language en
    """
    staff = _run(
        lambda accounts: accounts.add(
            name, roles, desks, languages, passphrase, language=language, on_call=on_call, skills=skills
        )
    )
    click.echo(
        f"{staff.name} may sign in now. Give her the passphrase in person; she sets up an authenticator app then."
    )


@command.command(name="list")
@text_or_json
@plainly
def show(form: str) -> None:
    """List everybody: name, roles, desks, languages, what she is trained for, whether Telegram is linked.

    Example:  safebot staff list --format json
    """
    people, enrolled = _run(_everybody)
    facts = [_facts(staff, enrolled) for staff in people]
    if form == "json":
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    for fact in facts:
        said = (str(fact["name"]), ",".join(fact["roles"]), ",".join(fact["desks"]), ",".join(fact["languages"]))
        marks = [mark for mark in ("on_call", "telegram", "second_factor") if fact[mark]] + (
            [] if fact["active"] else ["left"]
        )
        click.echo("  ".join((*said, *fact["skills"], *marks)))
    click.echo(f"{len(facts)} people.")


@command.command()
@click.argument("name")
@plainly
def link(name: str) -> None:
    """Print a one-time link that binds a person's own Telegram account. It works for 24 hours.

    Example:  safebot staff link Max
    """
    from bot.work.intake import STAFF_LINK

    code, bot = _run(lambda accounts: _code_and_bot(accounts, name))
    click.echo(f"https://t.me/{bot or 'BOT'}?start={STAFF_LINK}{code}")
    if not bot:
        click.echo(f"Put your bot's name for BOT, or let {name} send it:  /start {STAFF_LINK}{code}", err=True)


@command.command()
@click.argument("name")
@click.option("--second-factor", is_flag=True, help="Forget her authenticator app instead: her phone is lost.")
@click.option("--passphrase", help="Asked for when it is not given. On a command line others may see it.")
@plainly
def reset(name: str, second_factor: bool, passphrase: str | None) -> None:
    """Give a person a new passphrase, or a new second factor, and sign her out everywhere.

    Example:  safebot staff reset Max --second-factor
    """
    if second_factor:
        _run(lambda accounts: accounts.reset_second(name))
        click.echo(f"{name} sets up a new authenticator app at her next sign-in. Be sure that it was she who asked.")
        return
    given = passphrase or click.prompt(ASKED, hide_input=True, confirmation_prompt=True)
    _run(lambda accounts: accounts.reset(name, given))
    click.echo(f"{name} has a new passphrase, and is signed out everywhere.")


@command.command()
@click.argument("name")
@plainly
def leave(name: str) -> None:
    """Let a person go: she is signed out everywhere and may not come in any more.

    Example:  safebot staff leave Max
    """
    _run(lambda accounts: accounts.leave(name))
    click.echo(f"{name} has left. Her cases go back in line when her claims run out.")


command.add_command(change)


async def _code_and_bot(accounts: StaffAccounts, name: str) -> tuple[str, str]:
    return await accounts.telegram_code(name), await accounts.bot_name()


async def _everybody(accounts: StaffAccounts) -> tuple[list[Staff], frozenset[StaffId]]:
    return await accounts.everybody(), await accounts.enrolled()


def _facts(staff: Staff, enrolled: frozenset[StaffId]) -> dict[str, Any]:
    return {
        "id": staff.id,
        "name": staff.name,
        "roles": list(staff.roles),
        "desks": list(staff.desks),
        "languages": list(staff.languages),
        "active": staff.active,
        "on_call": staff.on_call,
        "skills": list(staff.skills),
        "telegram": staff.telegram is not None,
        "second_factor": staff.id in enrolled,
    }


def _run(ask: Callable[[StaffAccounts], Awaitable[R]]) -> R:
    """Return what the accounts answer, or end with their sentence."""
    from bot.work.desk.errors import NotPossible

    try:
        return asyncio.run(_with_accounts(ask))
    except NotPossible as error:
        stop(str(error), code=1)


async def _with_accounts(ask: Callable[[StaffAccounts], Awaitable[R]]) -> R:
    from bot.settings import Settings
    from bot.work.clock import SystemClock
    from bot.work.desk.keys import DeskKeys
    from bot.work.staff.accounts import StaffAccounts

    settings, clock = Settings.from_environment(), SystemClock()
    async with store_of(settings, signed=True) as store:
        return await ask(StaffAccounts(store, clock, keys=DeskKeys(store, clock, settings.escrow)))
