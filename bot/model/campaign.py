"""A campaign: everything staff wrote in flows/ and locales/, compiled and checked, frozen until the next reload."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from bot.model.flow import Flow
from bot.model.levels import Level

CatalogueKey = tuple[str, str]
"""(msgctxt, msgid)."""

Catalogue = Mapping[CatalogueKey, tuple[str, ...]]
"""Translations of one language: one string, or its plural forms in the order of the language's plural rule."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Hours when somebody is on duty: weekday 0 is Monday, local time of the country."""

    weekday: int
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact of law comes from, and who of counsel confirmed it when. `confirmed_on` None: nobody has."""

    text: str
    confirmed_on: date | None = None
    confirmed_by: str = ""


@dataclass(frozen=True, slots=True)
class DutyToReport:
    """Whom the programme must tell, of what, and how soon. `triggers` are categories or levels; `decides` is a role."""

    triggers: tuple[str, ...]
    to: str
    within: timedelta
    source: Source
    decides: str = "lead"


@dataclass(frozen=True, slots=True)
class Country:
    """What a country decides: age of consent, hours per language of its desk, on-call, ways that differ.

    `live`: girls are sent here; the first time, `safebot run` asks for everything that rules 5 and 8 want.
    `holidays` are days that differ from the week: their hours, none when the desk is closed.
    """

    code: str
    name: str
    timezone: str
    age_of_consent: int = 18
    languages: tuple[str, ...] = ()
    rota: Mapping[str, tuple[Shift, ...]] = field(default_factory=dict)  # language -> shifts
    helplines_only: bool = False
    p2_before_consent: bool = False  # a country may open P2 cases before her yes
    approved_by: str = ""
    approved_on: date | None = None
    live: bool = False
    ages: Source | None = None  # where `age_of_consent` comes from
    duty: DutyToReport | None = None
    holidays: Mapping[date, tuple[Shift, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Helpline:
    """One entry of the directory. `confirmed_on` None: nobody has called it yet. `kind` as in helplines.yaml."""

    id: str
    country: str  # ZZ: works from anywhere
    name: str
    kind: str
    number: str = ""
    url: str = ""
    channels: tuple[str, ...] = ()
    cost: str = ""
    hours: str = ""
    languages: tuple[str, ...] = ()
    verified: bool = False
    confirmed_on: date | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class CannedReply:
    """A moderator's ready sentence: the words in each language, what it means, when not to use it. `crisis`: it goes out
    only with a blank filled, or after she ticked that she read it and it fits."""

    id: str
    situation: str
    meaning: str
    words: Mapping[str, str]
    not_when: str = ""
    blanks: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()  # `for:`: the kinds of case it is meant for; none: any
    crisis: bool = False


@dataclass(frozen=True, slots=True)
class RiskFrame:
    """A risk phrase as staff wrote it, with the sentences that test it. Compiled by the detect room.

    Each of `patterns` is one way to say it. `any_order`: its parts may stand in any order. `gap`: words that `…` may
    skip. `firm`: lesson voice, a story or a question never lowers it. `hint`: it was often wrong, so it counts only if the
    model does not plainly hear harmless talk. `raised_by` None: the cues usual for its category.
    """

    id: str
    language: str
    patterns: tuple[str, ...]
    category: str
    level: Level
    catches: tuple[str, ...] = ()
    ignores: tuple[str, ...] = ()
    any_order: bool = False
    gap: int = 6
    firm: bool = False
    hint: bool = False
    raised_by: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class WordFile:
    """One file of flows/words/: `lists` are plain word lists (yes_words, help, stop, menu …), `slots` the blanks of
    frames, `raises` the cues that lift a level, `masks` idioms that are not meant, `doubts` ways of speaking that often
    are not, `negations` words that deny what follows (`negations_after`: what stands before; `not_negations`: looks like
    one, denies nothing).

    `asides` are voices that speak of danger without being in it (lesson, question, story); they count unless a word of
    `first_person` is heard. `text_speak` maps short spellings to words. `fillers` may stand around a word list's word.
    """

    language: str
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    slots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    frames: tuple[RiskFrame, ...] = ()
    raises: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    masks: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    negations: tuple[str, ...] = ()
    negations_after: tuple[str, ...] = ()
    not_negations: tuple[str, ...] = ()
    asides: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    first_person: tuple[str, ...] = ()
    text_speak: Mapping[str, str] = field(default_factory=dict)
    fillers: tuple[str, ...] = ()
    known_words: tuple[str, ...] = ()
    reviewed: bool = False


@dataclass(frozen=True, slots=True)
class Clocks:
    """Times of the rules' only table, as campaign.yaml has them."""

    by_level: Mapping[Level, timedelta] = field(
        default_factory=lambda: {
            Level.P1: timedelta(minutes=5),
            Level.P2: timedelta(minutes=30),
            Level.P3: timedelta(hours=4),
            Level.P4: timedelta(hours=24),
        }
    )
    p3_shown_after: timedelta = timedelta(minutes=10)
    no_answer: Mapping[Level, timedelta] = field(
        default_factory=lambda: {
            Level.P1: timedelta(minutes=3),
            Level.P2: timedelta(minutes=10),
            Level.P3: timedelta(minutes=10),
            Level.P4: timedelta(minutes=10),
        }
    )
    claim_lease: timedelta = timedelta(minutes=10)
    reply_undo: timedelta = timedelta(seconds=5)
    back_after: timedelta = timedelta(minutes=30)
    backlog_after: timedelta = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Care:
    """What keeps those who read from carrying too much: which cases are heavy (categories or levels), how many of them in
    a row and in a shift, when a break is offered and how long it is."""

    heavy: tuple[str, ...] = (
        "P1",
        "self_harm",
        "sextortion",
        "image_shared",
        "sexual_abuse",
        "violence_home",
        "trafficking",
        "harmful_practice",
    )
    in_a_row: int = 3
    per_shift: int = 8
    break_after: timedelta = timedelta(minutes=50)
    break_length: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Campaign:
    """The whole campaign. `catalogues[language][domain]`, domains flows, bot, console; `version` names its content."""

    name: str
    languages: tuple[str, ...]
    flows: Mapping[str, Flow]
    countries: Mapping[str, Country]
    helplines: tuple[Helpline, ...]
    words: tuple[WordFile, ...]
    replies: tuple[CannedReply, ...]
    catalogues: Mapping[str, Mapping[str, Catalogue]]
    doors: Mapping[str, str] = field(default_factory=dict)  # what always works -> flow: start, menu, help, talk, real …
    clocks: Clocks = Clocks()
    care: Care = Care()
    quiet_from: time = time(19, 0)
    quiet_until: time = time(8, 0)
    links: tuple[str, ...] = ()  # hosts a text may link to
    topic_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # language -> what shows a talk's topic
    media: Mapping[str, str] = field(default_factory=dict)  # file name in flows/ -> absolute path
    version: str = ""
    versions: int = 20  # how many good versions are kept
    pictures: str = ""
