"""Times as a person says them where she lives."""

from __future__ import annotations

from datetime import datetime, tzinfo

from babel import Locale, UnknownLocaleError
from babel.dates import UTC, format_datetime, get_timezone


def when(language: str, moment: datetime, timezone: str, now: datetime | None = None) -> str:
    """Return a moment as a local time, "14:05"; with `now`, the weekday stands before it when it is another day."""
    place = _place(timezone)
    local = moment.astimezone(place)
    other_day = now is not None and now.astimezone(place).date() != local.date()
    return format_datetime(local, "EEEE HH:mm" if other_day else "HH:mm", tzinfo=place, locale=_locale(language))


def _place(timezone: str) -> tzinfo:
    try:
        return get_timezone(timezone)
    except LookupError:
        return UTC


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return Locale("en")
