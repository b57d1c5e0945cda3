"""When a moderator's reply may go out: by the hours in which she says it is safe to write to her."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta, tzinfo

from bot.model.case import Case
from bot.model.levels import Level

WINDOWS: Mapping[str, tuple[time, time]] = {
    "morning": (time(6), time(12)),
    "afternoon": (time(12), time(17)),
    "evening": (time(17), time(21)),
}
"""Her clock, as her buttons say it. `any` has no window, `me_first` no time of its own."""

JUST_NOW = timedelta(minutes=15)
"""Who wrote so short a while ago has the phone in her hand."""


def goes_at(case: Case, now: datetime, zone: tzinfo | None) -> datetime | None:
    """Return when a reply may go out: now, when her next safe hours begin, or None: when she writes.

    Danger now does not wait, and who wrote a moment ago is there. Without her time zone a window says nothing: then
    the reply waits until she writes.
    """
    if case.level is Level.P1 or case.safe_hours in ("", "any") or _is_here(case, now):
        return now
    window = WINDOWS.get(case.safe_hours)
    return None if window is None or zone is None else _begins(window, now, zone)


def _is_here(case: Case, now: datetime) -> bool:
    return case.last_hers_at is not None and now - case.last_hers_at <= JUST_NOW


def _begins(window: tuple[time, time], now: datetime, zone: tzinfo) -> datetime:
    start, end = window
    here = now.astimezone(zone)
    if start <= here.time() < end:
        return now
    day = here.date() if here.time() < start else here.date() + timedelta(days=1)
    return datetime.combine(day, start, tzinfo=zone).astimezone(now.tzinfo)
