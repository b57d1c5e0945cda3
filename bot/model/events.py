"""What happens to a conversation: a person wrote or pressed something, a time came, a moderator acted."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.model.assessment import NOTHING_HEARD, Assessment
from bot.model.levels import Level


class Said(msgspec.Struct, frozen=True):
    """She wrote words. `heard` and `word_lists` are what the detector made of them; an edit is heard again."""

    text: str
    edited: bool = False
    heard: Assessment = NOTHING_HEARD
    word_lists: frozenset[str] = frozenset()


class Commanded(msgspec.Struct, frozen=True):
    """She used a command: `name` without the slash (`help`), `argument` behind it (a deep link's word after /start)."""

    name: str
    argument: str = ""


class Tapped(msgspec.Struct, frozen=True):
    """She pressed an inline button; `data` is what it carried: `nonce.choice`, or `!door` for a lasting button."""

    data: str


class SentMedia(msgspec.Struct, frozen=True):
    """She sent something that is not text, known by kind only: photo video voice video_note audio document sticker
    animation contact location other. A caption is judged as text."""

    kind: str
    caption: str = ""
    heard: Assessment = NOTHING_HEARD


class Blocked(msgspec.Struct, frozen=True):
    """She blocked the bot (`blocked`), or came back."""

    blocked: bool


class TimerRang(msgspec.Struct, frozen=True):
    """A timer of this chat came due: `remind`, `p3_shown`, `no_answer`, `back_soon` …; `data` holds codes, no words."""

    name: str
    data: str = ""


class Answered(msgspec.Struct, frozen=True):
    """A moderator's reply may go out now. It waits behind a neutral line until she opens it. `card`: a question with
    buttons that comes with it."""

    reply: str
    text: str
    card: str = ""


class CaseClosed(msgspec.Struct, frozen=True):
    """Her case was resolved or referred."""

    outcome: str


class CaseClaimed(msgspec.Struct, frozen=True):
    """A moderator took her case, or it went back to the line (`claimed` False)."""

    claimed: bool


class Unreadable(msgspec.Struct, frozen=True):
    """Something of hers could not be handled; `heard` is what could still be assessed of its text."""

    heard: Assessment = NOTHING_HEARD


What = Said | Commanded | Tapped | SentMedia | Blocked | TimerRang | Answered | CaseClosed | CaseClaimed | Unreadable


class DeskView(msgspec.Struct, frozen=True):
    """What the desk looks like from her side at this moment, worked out by the caller from rota and store."""

    on_duty: bool = False  # somebody who reads her language is on duty
    persons: bool = True  # False: this country runs in helplines-only mode, no person is offered
    read_by: datetime | None = None  # "We try to read by …", UTC
    opens_at: datetime | None = None  # when the desk opens next, UTC
    case_open: bool = False
    case_claimed: bool = False
    case_level: Level | None = None
    case_category: str = ""
    case_shown: bool = False
    case_state: str = ""
    case_read: bool = False  # whoever has her case has opened what she wrote last


class Event(msgspec.Struct, frozen=True):
    """One thing that happened, with all that the engine may know of the outside.

    `at` is when it happened by its own clock (a message's date), `now` when we handle it: they differ after an outage.
    `nonce` is fresh randomness (6 letters) for the buttons of this turn. `quiet_reply` is set for old messages of a
    backlog: they are heard and judged, but flow replies are left to the newest one.
    """

    what: What
    at: datetime
    nonce: str
    desk: DeskView = DeskView()
    late: bool = False
    quiet_reply: bool = False
