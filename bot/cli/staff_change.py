"""`safebot staff change`: the languages a person reads, what she is trained for, whether she is on call."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from bot.cli.problems import plainly, stop
from bot.cli.stores import store_of
from bot.model.levels import CATEGORIES

if TYPE_CHECKING:
    from bot.store.staff_records import Staff


@click.command()
@click.argument("name")
@click.option("--language", "languages", multiple=True, help="All languages she reads from now on. May be given again.")
@click.option(
    "--skill",
    "skills",
    multiple=True,
    type=click.Choice(CATEGORIES),
    help="All she is trained for. May be given again.",
)
@click.option("--no-skills", is_flag=True, help="She is trained for nothing in particular.")
@click.option("--on-call/--not-on-call", default=None, help="Whether she is called at any hour.")
@plainly
def change(
    name: str, languages: tuple[str, ...], skills: tuple[str, ...], no_skills: bool, on_call: bool | None
) -> None:
    """Change what a person covers. What is not named stays.

    Example:  safebot staff change Max --skill sextortion --skill self_harm --on-call
    """
    staff = asyncio.run(_change(name, languages or None, () if no_skills else skills or None, on_call))
    trained = ", ".join(staff.skills) or "nothing in particular"
    called = "on call" if staff.on_call else "not on call"
    click.echo(f"{staff.name} reads {', '.join(staff.languages)}, is trained for {trained}, and is {called}.")


async def _change(
    name: str, languages: tuple[str, ...] | None, skills: tuple[str, ...] | None, on_call: bool | None
) -> Staff:
    from bot.settings import Settings
    from bot.work.clock import SystemClock
    from bot.work.desk.errors import NotPossible
    from bot.work.staff.changes import change_staff

    async with store_of(Settings.from_environment(), signed=True) as store:
        try:
            return await change_staff(store, SystemClock(), name, languages=languages, skills=skills, on_call=on_call)
        except NotPossible as error:
            stop(str(error), code=1)
