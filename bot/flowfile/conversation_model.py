"""A test file as values: conversations that a flow must hold, line by line. Read by conversation_reader, played by
work/rehearsal/rehearsal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta

from bot.model.levels import Level

ANY = ""
"""Stands for every language that has no text of its own: the text is English, or a choice's id."""

FIRST_CONTACT = "first contact"
NOTHING_YET = "nothing yet"

ByLanguage = Mapping[str, str]
"""language -> text; `ANY` for the rest."""

StepName = tuple[str, str]
"""Flow and step."""


def said_in(language: str, texts: ByLanguage) -> str:
    """Return the text for a language: its own, else the one for any language, else the English one."""
    found = texts.get(language) or texts.get(ANY) or texts.get("en")
    return found or next(iter(texts.values()), "")


@dataclass(frozen=True, slots=True)
class Given:
    """Who she is when a conversation starts. '' is the usual girl's, 'none' that she was not asked yet."""

    age: str = ""
    country: str = ""
    language: str = ""  # play in this language only
    opted_in: str = ""
    reminders: str = ""
    desk: str = "open"  # open, closed, rota (as campaign.yaml has it), or none: this country offers no person
    at: str = ""  # what time it is where she is
    remembers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Start:
    """A flow's name, a command with its slash, `first contact` (she sends /start) or `nothing yet` (she has not written)."""

    at: str
    given: Given = Given()


@dataclass(frozen=True, slots=True)
class Tap:
    """She presses a button, known by its id or its label."""

    button: ByLanguage


@dataclass(frozen=True, slots=True)
class Type:
    """She writes; what begins with a slash is a command."""

    text: ByLanguage


@dataclass(frozen=True, slots=True)
class SendMedia:
    """She sends something that is not text."""

    kind: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Wait:
    """Time passes, and what comes due rings."""

    length: timedelta


@dataclass(frozen=True, slots=True)
class Edit:
    """She changes the last thing she wrote."""

    text: ByLanguage


@dataclass(frozen=True, slots=True)
class Until:
    """It becomes this time of day where she is."""

    at: time


@dataclass(frozen=True, slots=True)
class Moderate:
    """A moderator claims her case, releases it, or closes it."""

    does: str


@dataclass(frozen=True, slots=True)
class Reply:
    """The moderator who has her case answers."""

    text: ByLanguage


Act = Start | Tap | Type | SendMedia | Wait | Edit | Until | Moderate | Reply


@dataclass(frozen=True, slots=True)
class CaseExpected:
    """How her case must stand; None means that it does not matter. `there` False: she must have none."""

    there: bool = True
    level: Level | None = None
    category: str | None = None
    shown: bool | None = None


@dataclass(frozen=True, slots=True)
class Expect:
    """What must be true after an act. None and empty mean that it does not matter. `lines` says where each is written."""

    lines: Mapping[str, int] = field(default_factory=dict)
    step: StepName | None = None
    passed: tuple[StepName, ...] = ()
    says: tuple[ByLanguage, ...] = ()
    buttons: tuple[str, ...] | None = None
    stars: int | None = None
    remembers: Mapping[str, str] = field(default_factory=dict)
    case: CaseExpected | None = None
    quiet: bool | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a conversation: what she does, what must be true then, or both."""

    line: int
    act: Act | None = None
    expect: Expect | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """One conversation of a test file. The first line starts it."""

    file: str
    line: int
    name: str
    lines: tuple[Line, ...]

    @property
    def start(self) -> Start:
        """Return how it begins."""
        act = self.lines[0].act
        return act if isinstance(act, Start) else Start(NOTHING_YET)
