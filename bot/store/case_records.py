"""A case as it shall be, its sealed lines and its coded history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model.case import Case
from bot.model.ids import StaffId


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """One sealed line of a case. `kind`: hers, bot, moderator, note. `id` is set when it comes out.

    `seq` is its number in the case, once only: it is sealed in, so that a row put in twice or elsewhere does not open.
    """

    kind: str
    body: bytes
    at: datetime
    staff: StaffId | None = None
    id: int = 0
    seq: str = ""


@dataclass(frozen=True, slots=True)
class CaseWrite:
    """A case as it shall be. `case.version` is the version read (0: new); the store writes version + 1 or conflicts.

    `card` and `blocked` are the store's own after the first write: settling and `Turn.blocked` keep them, so that a case
    read a moment before cannot put an old value back.

    `shred`: remove all its entries (the key is dropped by the caller). `step` names the move for the case's history,
    `at` is when it was made.
    """

    case: Case
    entries: tuple[CaseEntry, ...] = ()
    shred: bool = False
    step: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CaseMove:
    """One line of a case's coded history: the move's name (`CaseWrite.step`), how the case stood after it, and when it was made."""

    step: str
    state: str
    level: str
    claimed_by: StaffId | None
    version: int
    at: datetime | None = None
