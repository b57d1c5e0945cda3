"""`safebot desk drill|drills`: test how fast a desk answers, and what earlier tests came to."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from bot.cli.forms import text_or_json
from bot.cli.problems import plainly, stop
from bot.cli.stores import store_of

if TYPE_CHECKING:
    from bot.model.campaign import Campaign, Country
    from bot.model.pages import Drill

    Tell = Callable[[Drill], None]

BEGUN = (
    "The drill stands in the line. It ends when it is answered, after {minutes} minutes, or with Ctrl+C.\n"
    "When nobody is called within half a minute, no bot is running on this store."
)
STEPS = (("paged", "called"), ("seen", "seen"), ("claimed", "claimed"), ("answered", "answered"))


@click.group(name="desk")
def command() -> None:
    """Test the desk: who is called, and how fast a case is seen, claimed and answered.

    Example:  safebot desk drill --country KE
    """


@command.command()
@click.option("--country", default="", help="Whose desk, such as KE. Needed when there are several.")
@click.option("--language", default="", help="The language of the case. By itself: one that somebody there reads.")
@click.option("--wait", "minutes", default=30, show_default=True, type=click.IntRange(1, 120), help="Minutes, at most.")
@text_or_json
@plainly
def drill(country: str, language: str, minutes: int, form: str) -> None:
    """Put a marked test case into the line of a running bot, and print how many seconds each step takes.

    It calls people as danger now does, and says everywhere that it is a drill. No girl is concerned, nothing is counted.
    Exit code 1 when nobody claimed it within the clock of danger now.

    Example:  safebot desk drill --country KE
    """
    tell = _each_once() if form == "text" else _nothing
    found, clock = asyncio.run(_drill(country, language, timedelta(minutes=minutes), tell))
    click.echo(json.dumps(_facts(found)) if form == "json" else _ended(found))
    in_time = found.claimed is not None and found.claimed <= clock.total_seconds()
    raise SystemExit(0 if in_time else 1)


@command.command()
@text_or_json
@plainly
def drills(form: str) -> None:
    """Show every drill so far, newest first.

    Example:  safebot desk drills --format json
    """
    found = asyncio.run(_drills())
    if form == "json":
        click.echo(json.dumps([_facts(one) for one in found]))
        return
    for one in found:
        steps = (f"{word} {_shown(getattr(one, name))}" for name, word in STEPS)
        click.echo(f"{one.at:%Y-%m-%d %H:%M} {one.desk:<6} {', '.join(steps)}; {one.called} people called")
    click.echo(f"{len(found)} drills.")


def _nothing(_: Drill) -> None:
    """JSON is printed at the end."""


def _each_once() -> Tell:
    heard: set[str] = set()

    def tell(found: Drill) -> None:
        for name, word in STEPS:
            seconds = getattr(found, name)
            if seconds is not None and name not in heard:
                heard.add(name)
                click.echo(f"{word:<9} after {seconds:6.1f} s")

    return tell


def _ended(found: Drill) -> str:
    missing = [f"{word:<9} never" for name, word in STEPS if getattr(found, name) is None] or ["Well done."]
    if found.paged is None:
        missing.append("Nobody was called: is the bot running, and has somebody on call linked her chat?")
    return "\n".join(missing)


def _shown(seconds: float | None) -> str:
    return "never" if seconds is None else f"{seconds:.0f} s"


def _facts(drill: Drill) -> dict[str, Any]:
    return {**asdict(drill), "at": drill.at.isoformat()}


async def _drill(country: str, language: str, wait: timedelta, tell: Tell) -> tuple[Drill, timedelta]:
    from bot.app.house import open_ground
    from bot.model.levels import Level
    from bot.settings import Settings
    from bot.work.calling.drill import Drills, language_for
    from bot.work.clock import SystemClock
    from bot.work.desk.cards import cards_for
    from bot.work.desk.core import no_cards

    settings = Settings.from_environment()
    ground = await open_ground(settings, SystemClock())
    try:
        campaign = ground.live.campaign
        place = _country(campaign, country)
        tongue = language or language_for(place, await ground.store.staff())
        cards = cards_for(ground.vault, ground.live) if settings.desk_chat is not None else no_cards
        click.echo(BEGUN.format(minutes=round(wait / timedelta(minutes=1))), err=True)
        found = await Drills(ground.store, ground.clock, campaign, cards).run(place.code, tongue, wait, tell)
        return found, campaign.clocks.by_level[Level.P1]
    finally:
        await ground.close()


def _country(campaign: Campaign, code: str) -> Country:
    if not code and len(campaign.countries) == 1:
        return next(iter(campaign.countries.values()))
    if code not in campaign.countries:
        stop(f"say whose desk: --country {'|'.join(sorted(campaign.countries))}")
    return campaign.countries[code]


async def _drills() -> list[Drill]:
    from bot.settings import Settings

    async with store_of(Settings.from_environment(), read_only=True) as store:
        return await store.drills()
