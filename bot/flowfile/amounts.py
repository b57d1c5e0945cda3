"""How staff write hours, lengths of time, days and ranges: '20 hours', 'mon-fri 08:00-22:00', '2026-01-31', '0..5'."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from bot.model.campaign import Shift

_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
_LENGTH = re.compile(r"(\d{1,5}) (second|minute|hour|day)s?")
_HOURS = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")
_RANGE = re.compile(r"(-?\d{1,6})\.\.(-?\d{1,6})")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def length_of_time(text: str) -> timedelta | None:
    """Return what '20 hours' means, or None."""
    found = _LENGTH.fullmatch(text.strip())
    return timedelta(seconds=int(found[1]) * _UNITS[found[2]]) if found else None


def number_range(text: str) -> tuple[int, int] | None:
    """Return what '0..5' means, or None; the lower comes first."""
    found = _RANGE.fullmatch(text.strip())
    if not found or int(found[1]) > int(found[2]):
        return None
    return int(found[1]), int(found[2])


def hours(text: str) -> tuple[time, time] | None:
    """Return what '08:00-22:00' means, or None; '24:00' is the last moment of the day."""
    found = _HOURS.fullmatch(text.strip())
    if not found:
        return None
    start, end = _clock(found[1], found[2]), _clock(found[3], found[4])
    return (start, end) if start is not None and end is not None and start != end else None


def day_hours(text: str) -> tuple[tuple[time, time], ...] | None:
    """Return what 'closed' or '10:00-14:00, 16:00-20:00' means for one day, or None."""
    if text.strip().lower() == "closed":
        return ()
    spans = [hours(part) for part in text.split(",")]
    return tuple(span for span in spans if span) if all(spans) else None


def clock(text: str) -> time:
    """Return what '21:30' means; midnight for what is no time of day."""
    hour, _, minute = text.strip().partition(":")
    return (_clock(hour, minute) if hour.isdecimal() and minute.isdecimal() else None) or time()


def _clock(hour: str, minute: str) -> time | None:
    if (hour, minute) == ("24", "00"):
        return time.max
    return time(int(hour), int(minute)) if int(hour) < 24 and int(minute) < 60 else None


def shifts(text: str) -> tuple[Shift, ...] | None:
    """Return what 'mon-fri 08:00-22:00' means, one shift a day, or None."""
    days, _, span = text.strip().lower().partition(" ")
    weekdays, between = _weekdays(days), hours(span)
    if not weekdays or between is None:
        return None
    return tuple(Shift(day, between[0], between[1]) for day in weekdays)


def _weekdays(text: str) -> tuple[int, ...] | None:
    found: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        if first not in _DAYS or (last and last not in _DAYS):
            return None
        start, end = _DAYS.index(first), _DAYS.index(last or first)
        found += [day % 7 for day in range(start, end + 1 if end >= start else end + 8)]
    return tuple(dict.fromkeys(found))


def day(text: str) -> date | None:
    """Return what '2026-01-31' means, or None."""
    try:
        return date.fromisoformat(text.strip()) if re.fullmatch(r"\d{4}-\d\d-\d\d", text.strip()) else None
    except ValueError:
        return None
