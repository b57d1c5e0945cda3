"""Whether somebody is on duty who reads her language, and by when we try to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.model.campaign import Clocks, Country, Shift
from bot.model.levels import Level

DAY = timedelta(days=1)
LOOK_AHEAD = 35
"""Days in which the next opening is looked for: a desk that is closed for longer has no hours worth naming."""

NEEDED = tuple(time(hour, minute) for hour in range(15, 21) for minute in range(0, 60, 5))
"""The times of every day at which somebody must be there, or the country offers no person (rules 2)."""


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
    today = now.astimezone(ZoneInfo(country.timezone)).date()
    # A night shift belongs to the day on which it starts: yesterday's may still be on.
    on_duty = any(start <= now < end for start, end in _spans(country, language, today - DAY, 2))
    starts = (start for start, _ in _spans(country, language, today, LOOK_AHEAD) if start > now)
    return Duty(on_duty=on_duty or any(until > now for until in on_shift), opens_at=next(starts, None))


def read_by(level: Level, now: datetime, state: Duty, clocks: Clocks) -> datetime | None:
    """Return by when somebody tries to read: the level's clock from now, or from when the desk opens."""
    start = now if state.on_duty else state.opens_at
    return None if start is None else start + clocks.by_level[level]


def covered(shifts: Iterable[Shift], weekday: int, at: time) -> bool:
    """Return whether somebody is on duty at this time of this weekday."""
    return any(_covers(shift, weekday, at) for shift in shifts)


def covers_afternoons(shifts: Sequence[Shift]) -> bool:
    """Return whether every day of the week has somebody from 15:00 to 21:00, in one shift or in several."""
    return all(covered(shifts, day, minute) for day in range(7) for minute in NEEDED)


def offers_persons(country: Country) -> bool:
    """Return whether a girl of this country may be offered a person: its desk has the hours that rules 2 ask for."""
    return not country.helplines_only and covers_afternoons([s for shifts in country.rota.values() for s in shifts])


def shifts_of(country: Country, language: str, day: date) -> tuple[Shift, ...]:
    """Return the shifts that begin on a day: those of its weekday, or of the holiday it is."""
    usual = country.rota.get(language, ())
    if usual and day in country.holidays:
        return country.holidays[day]
    return tuple(shift for shift in usual if shift.weekday == day.weekday())


def _spans(country: Country, language: str, first: date, days: int) -> Iterator[tuple[datetime, datetime]]:
    """Yield when shifts begin and end, day by day, as moments that stay true when the clocks are changed."""
    zone = ZoneInfo(country.timezone)
    for day in (first + DAY * n for n in range(days)):
        for shift in sorted(shifts_of(country, language, day), key=lambda one: one.start):
            ends = day if shift.start <= shift.end else day + DAY
            yield _moment(day, shift.start, zone), _moment(ends, shift.end, zone)


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def _covers(shift: Shift, weekday: int, at: time) -> bool:
    if shift.start <= shift.end:
        return shift.weekday == weekday and shift.start <= at < shift.end
    late = shift.weekday == weekday and at >= shift.start
    early = (shift.weekday + 1) % 7 == weekday and at < shift.end
    return late or early
