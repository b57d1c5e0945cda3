"""A turn as the store writes it, and what became of it. Words are always sealed bytes here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.ids import BotId, ChatToken
from bot.model.outbox import OutboxRow, Outgoing
from bot.store.case_records import CaseWrite
from bot.store.chat_records import Mark, TimerChange
from bot.store.operator_records import AnswerCount, Quarantined


@dataclass(frozen=True, slots=True)
class UpdateKey:
    """A turn made by an update of Telegram: acts once."""

    bot: BotId
    update: int


@dataclass(frozen=True, slots=True)
class TimerKey:
    """A turn made by a timer: it acts only if the timer still stands at that time, and removes it."""

    chat: ChatToken
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """All that one event changes, written together or not at all.

    - `key` is None for events that came from inside and carry no timer. With `chat` '' (an update that belongs to nobody)
      no chat is written and `version`, the chat's as it was read (0: never seen), does not count.
    - `state`/`profile` None with `keep_state` False means forget.
    - `hers`: she wrote or tapped, so replies of a moderator not yet taken go back to drafts. `takes_reply` is the id of the
      reply this turn sends, `opens_replies` are those she now reads (SENT becomes OPENED), `unopened` those taken away
      again (SENT becomes UNOPENED).
    - `helped`: her word on the case that was closed last.
    - `crisis`: cancel the chat's older unsent replies. `cancel_all`: cancel everything unsent (wipe) and forget marks.
    """

    key: UpdateKey | TimerKey | None
    chat: ChatToken
    at: datetime
    version: int
    address: bytes | None = None
    keep_state: bool = False
    state: bytes | None = None
    state_until: datetime | None = None
    profile: bytes | None = None
    profile_until: datetime | None = None
    blocked: bool | None = None
    marks: tuple[Mark, ...] = ()
    outbox: tuple[Outgoing, ...] = ()
    timers: tuple[TimerChange, ...] = ()
    case: CaseWrite | None = None
    quarantine: Quarantined | None = None
    hers: bool = False
    takes_reply: str = ""
    opens_replies: tuple[str, ...] = ()
    unopened: tuple[str, ...] = ()
    helped: str = ""
    crisis: bool = False
    cancel_all: bool = False
    counts: tuple[AnswerCount, ...] = ()


class Outcome(StrEnum):
    """What became of one turn."""

    DONE = "done"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class TurnResult:
    """`rows`: the outbox rows written, already claimed by the `owner` named at commit. `cancelled`: rows that must no
    longer be sent. `error`: class name of what failed, no words."""

    outcome: Outcome
    rows: tuple[OutboxRow, ...] = ()
    cancelled: tuple[int, ...] = ()
    error: str = ""
