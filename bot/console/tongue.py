"""In which language a page speaks: her own, or that of her browser before she signs in; and how it says times and names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from functools import cache

from aiohttp import web
from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime, format_skeleton

from bot.model.campaign import Campaign, Catalogue
from bot.model.words import Value, Words
from bot.store.staff_records import Staff
from bot.texts import say
from bot.work.desk.errors import DeskError

CONSOLE_WORDS = "console"
"""Domain and context of what stands on these pages: locales/LANG/LC_MESSAGES/console.po. The msgid is the English."""

ENGLISH = "en"
LANGUAGE = "language"
"""Name of the cookie in which a browser keeps its language, and of the form's field."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language, with the catalogues of the campaign."""

    language: str
    catalogues: Mapping[str, Mapping[str, Catalogue]]

    def say(self, sentence: str, **values: Value) -> str:
        """Return a sentence in this language, English where it is not translated. `{name}` is filled once."""
        return say(self.catalogues, self.language, Words(CONSOLE_WORDS, sentence, values=values)) if sentence else ""

    def count(self, one: str, other: str, n: float, **values: Value) -> str:
        """Return the form for so many; `{n}` is the number. Parts of one do not count: nobody waits half a minute."""
        words = Words(CONSOLE_WORDS, one, other, int(n), values)
        return say(self.catalogues, self.language, words)

    def explain(self, error: DeskError) -> str:
        """Return what the desk answered."""
        return self.say(error.sentence, **error.values)

    def waited(self, since: datetime, now: datetime) -> str:
        """Return how long somebody waits: '12 min', '3 h 5 min', '2 d'."""
        minutes = max(0, int((now - since).total_seconds() // 60))
        if minutes < 60:
            return self.say("{n} min", n=minutes)
        if minutes < 48 * 60:
            return self.say("{h} h {n} min", h=minutes // 60, n=minutes % 60)
        return self.say("{n} d", n=minutes // 1440)

    def clock(self, at: datetime, zone: tzinfo, now: datetime) -> str:
        """Return a time of day at the desk, with the date when it is not today."""
        here, today = at.astimezone(zone), now.astimezone(zone).date()
        hour = format_datetime(here, "HH:mm", locale=_locale(self.language))
        if here.date() == today:
            return hour
        return f"{format_skeleton('MMMd', here, locale=_locale(self.language))} {hour}"

    def day(self, day: date) -> str:
        """Return a day of the year, as people say it."""
        return str(format_skeleton("MMMEd", datetime.combine(day, time(12)), locale=_locale(self.language)))

    def language_name(self, code: str) -> str:
        """Return the name of a language in this one, the code itself when nobody knows it."""
        return _language_name(code, self.language) if code else self.say("not known")

    def country_name(self, code: str, name: str) -> str:
        """Return the name of a country in this language; `name` is what the campaign calls it in English."""
        if self.language == ENGLISH:
            return name
        return str(_locale(self.language).territories.get(code, name))


def tongue_for(language: str, campaign: Campaign) -> Tongue:
    """Return this language as the pages speak it, English when the campaign has no words for them in it."""
    known = language if language in languages_of(campaign) else ENGLISH
    return Tongue(known, campaign.catalogues)


def languages_of(campaign: Campaign) -> list[str]:
    """Return the languages in which the pages can be read, English first."""
    there = [code for code, domains in campaign.catalogues.items() if CONSOLE_WORDS in domains and code != ENGLISH]
    return [ENGLISH, *there]


def choose_language(request: web.Request, staff: Staff | None, cookie: str, campaign: Campaign) -> str:
    """Return hers; before she signs in what this browser had last, then what it asks for."""
    if staff is not None:
        return staff.language
    kept = request.cookies.get(cookie, "")
    return kept or _first_of(_asked(request.headers.get("Accept-Language", "")), languages_of(campaign))


def _asked(header: str) -> Iterable[str]:
    for part in header[:200].split(","):
        code = part.split(";")[0].strip().split("-")[0].lower()
        yield "fil" if code == "tl" else code  # browsers say Tagalog


def _first_of(asked: Iterable[str], there: list[str]) -> str:
    return next((code for code in asked if code in there), ENGLISH)


@cache
def own_name(code: str) -> str:
    """Return how a language calls itself."""
    name = _locale(code).get_display_name(code) or code
    return name[:1].upper() + name[1:]


@cache
def _language_name(code: str, reader: str) -> str:
    try:
        return Locale.parse(code).get_display_name(reader) or code
    except (UnknownLocaleError, ValueError):
        return code


@cache
def _locale(code: str) -> Locale:
    try:
        return Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return Locale(ENGLISH)
