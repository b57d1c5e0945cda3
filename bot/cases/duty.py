"""Whether somebody is on duty who reads her language, and by when we try to read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.model.campaign import Clocks, Country, Shift
from bot.model.levels import Level


@dataclass(frozen=True, slots=True)
class Duty:
    """`on_duty` now; `opens_at` the next shift in her language, None when the rota has none."""

    on_duty: bool
    opens_at: datetime | None
    persons: bool = True


def duty(country: Country | None, language: str, now: datetime, on_shift: Iterable[datetime] = ()) -> Duty:
    """Return the duty of a country's desk for a language.

    `on_shift` are the times until which people who read that language said they stay on duty beyond the rota.
    """
    if country is None or country.helplines_only:
        extra = any(until > now for until in on_shift)
        return Duty(on_duty=extra and country is None, opens_at=None, persons=country is None)
    shifts = country.rota.get(language, ())
    here = now.astimezone(ZoneInfo(country.timezone))
    on_duty = covered(shifts, here.weekday(), here.time()) or any(until > now for until in on_shift)
    return Duty(on_duty=on_duty, opens_at=_opens(shifts, here))


def read_by(level: Level, now: datetime, state: Duty, clocks: Clocks) -> datetime | None:
    """Return by when somebody tries to read: the level's clock from now, or from when the desk opens."""
    start = now if state.on_duty else state.opens_at
    return None if start is None else start + clocks.by_level[level]


def covered(shifts: Iterable[Shift], weekday: int, at: time) -> bool:
    """Return whether somebody is on duty at this time of this weekday."""
    return any(_covers(shift, weekday, at) for shift in shifts)


def _covers(shift: Shift, weekday: int, at: time) -> bool:
    if shift.start <= shift.end:
        return shift.weekday == weekday and shift.start <= at < shift.end
    # A night shift belongs to the day on which it starts.
    late = shift.weekday == weekday and at >= shift.start
    early = (shift.weekday + 1) % 7 == weekday and at < shift.end
    return late or early


def _opens(shifts: Iterable[Shift], here: datetime) -> datetime | None:
    starts = [_next_start(shift, here) for shift in shifts]
    return min(starts).astimezone(tz=ZoneInfo("UTC")) if starts else None


def _next_start(shift: Shift, here: datetime) -> datetime:
    days = (shift.weekday - here.weekday()) % 7
    start = datetime.combine(here.date() + timedelta(days=days), shift.start, tzinfo=here.tzinfo)
    return start if start > here else start + timedelta(days=7)
