"""How things are said on the pages: times, waiting, names of languages and categories, the rules that matched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from babel import Locale, UnknownLocaleError

from bot.model.campaign import Campaign, CannedReply, Helpline
from bot.model.case import Case
from bot.work.cards import zone_of

LEVELS = {"P1": "danger now", "P2": "serious", "P3": "worrying", "P4": "low"}
OUTCOME_WORDS = {
    "real": "Real: she needed help",
    "unclear": "Not clear",
    "mistaken": "Mistaken: the rule heard something that was not there",
    "test": "A test of ours",
    "prank": "A prank",
}
CLOCKS = {"calm": "", "half": "half of its time is gone", "missed": "its time has passed"}
STATES = {
    "new": "waiting for a helper",
    "claimed": "with a helper",
    "waiting": "answered, waiting for her",
    "resolved": "resolved",
    "referred": "referred to another service",
}
CATEGORIES = {
    "ai_fake": "made-up picture",
    "friend_danger": "friend in danger",
    "gifts_money": "gifts or money",
    "image_shared": "picture shared",
    "self_harm": "self-harm",
    "staff_conduct": "one of our own people",
    "violence_home": "violence at home",
}
"""Those whose code, read aloud, is not English."""
AGES = {"under_13": "under 13", "13_15": "13 to 15", "16_17": "16 or 17", "18_plus": "18 or older"}


def waiting(since: datetime, now: datetime) -> str:
    """Return how long somebody waits, in words: '12 min', '3 h 5 min', '2 days'."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{minutes // 1440} days"


def language_name(code: str) -> str:
    """Return the English name of a language, the code itself when nobody knows it."""
    try:
        return Locale.parse(code).get_display_name("en") or code
    except (UnknownLocaleError, ValueError):
        return code or "not known"


def category_name(code: str) -> str:
    """Return a category as words."""
    return CATEGORIES.get(code, code.replace("_", " "))


@dataclass(frozen=True, slots=True)
class Rule:
    """A matched rule by name; its level and category when a word list has it (a tap's rule is its flow's)."""

    id: str
    level: str = ""
    category: str = ""


def rules_of(case: Case, campaign: Campaign) -> list[Rule]:
    """Return the rules that matched, named with level and category."""
    frames = {frame.id: frame for file in campaign.words for frame in file.frames}
    return [
        Rule(rule, frames[rule].level.value, category_name(frames[rule].category)) if rule in frames else Rule(rule)
        for rule in case.rules
    ]


def stands_higher(case: Case, campaign: Campaign) -> bool:
    """Return whether the case is more urgent than every rule that matched: a deadline, a meeting or a person raised it."""
    levels = [rule.level for rule in rules_of(case, campaign)]
    return bool(levels) and all(level and case.level.value < level for level in levels)


def country_name(case: Case, campaign: Campaign) -> str:
    """Return the girl's country as words."""
    country = campaign.countries.get(case.country)
    return (
        country.name
        if country
        else {"": "country not known", "unsaid": "country not said", "other": "another country"}.get(
            case.country, case.country
        )
    )


@dataclass(frozen=True, slots=True)
class Canned:
    """A ready reply: the words in her language beside what they mean to the moderator."""

    id: str
    situation: str
    words: str
    meaning: str
    not_when: str
    language: str
    translation: str = ""


def canned_for(case: Case, replies: Iterable[CannedReply], reader: str = "en") -> list[Canned]:
    """Return the ready replies in her language, those for this category first; English where hers is missing."""
    fitting = sorted(replies, key=lambda reply: _distance(case.category, reply))
    found = [_canned(reply, case.language, reader) for reply in fitting]
    return [c for c in found if c.words]


def _distance(category: str, reply: CannedReply) -> int:
    """Those meant for this category first, then those for any, then the others."""
    if category in reply.categories:
        return 0
    return 2 if reply.categories else 1


def _canned(reply: CannedReply, language: str, reader: str) -> Canned:
    spoken = language if language in reply.words else "en"
    return Canned(
        id=reply.id,
        situation=reply.situation,
        words=reply.words.get(spoken, ""),
        meaning=reply.meaning,
        not_when=reply.not_when,
        language=spoken,
        translation="" if spoken == reader else reply.words.get(reader, ""),
    )


def helplines_for(case: Case, campaign: Campaign) -> list[Helpline]:
    """Return the numbers of her country, then those that work from anywhere; withdrawn ones never."""
    found = [h for h in campaign.helplines if h.country in (case.country, case.desk, "ZZ") and not h.withdrawn]
    return sorted(found, key=lambda h: (h.country == "ZZ", h.confirmed_on is None, h.kind))


def clock_time(at: datetime, zone: tzinfo, now: datetime) -> str:
    """Return a time of day at the desk, with the date when it is not today."""
    here, today = at.astimezone(zone), now.astimezone(zone).date()
    return f"{here:%H:%M}" if here.date() == today else f"{here:%d %b %H:%M}"


def zone_for(campaign: Campaign, case: Case) -> tzinfo:
    """Return the time zone in which a case's times are shown."""
    return zone_of(campaign, case)
