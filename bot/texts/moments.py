"""Times and numbers as a person says them where she lives: 14:05, 2:05 PM, १४:०५."""

from __future__ import annotations

from datetime import datetime, tzinfo
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import UTC, format_datetime, get_timezone

SPACES = str.maketrans({"\u202f": "\u00a0"})
"""The narrow space before AM and PM: old phones draw a box for it."""


def when(language: str, moment: datetime, timezone: str, now: datetime | None = None) -> str:
    """Return a moment as a local time, "14:05"; with `now`, the weekday stands before it when it is another day."""
    place = _place(timezone)
    locale = _locale(language, timezone)
    local = moment.astimezone(place)
    other_day = now is not None and now.astimezone(place).date() != local.date()
    hours = locale.time_formats["short"].pattern
    said = format_datetime(local, f"EEEE {hours}" if other_day else hours, tzinfo=place, locale=locale)
    return in_digits(language, said.translate(SPACES))


def in_digits(language: str, text: str) -> str:
    """Return a text with its digits as the language writes them: Nepali ones in Nepali, 0 to 9 in Khmer."""
    digits = _digits(language)
    return text.translate(digits) if digits else text


@cache
def _digits(language: str) -> dict[int, str]:
    # Babel knows which digits a language uses by itself, but not how they look: Unicode orders each script's 0 to 9.
    zero = {"deva": 0x966, "khmr": 0x17E0}.get(_locale(language).default_numbering_system)
    return {ord(str(n)): chr(zero + n) for n in range(10)} if zero else {}


def _place(timezone: str) -> tzinfo:
    try:
        return get_timezone(timezone)
    except LookupError:
        return UTC


@cache
def _locale(language: str, timezone: str = "") -> Locale:
    """Return a language as it is written where the clock is: English says 14:05 in Kenya and 2:05 PM in Manila."""
    place = get_global("zone_territories").get(timezone, "")
    for name in (f"{language}_{place}", language):
        try:
            return Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en", "GB")
