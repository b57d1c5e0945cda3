"""What the desk shows: a queue line of coded facts, and a case with its words. In which order cases wait is `cases.order`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.cases.offers import Kept
from bot.model.campaign import Clocks
from bot.model.case import Case
from bot.model.ids import StaffId
from bot.store.reply_records import ReplyState


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One case in the queue: coded facts only. `clock` is 'calm', 'half' (amber) or 'missed' (red)."""

    case: Case
    since: datetime
    clock: str
    mine: bool
    held: bool  # a colleague has it
    may_claim: bool
    half_at: datetime | None = None
    kept: Kept | None = None  # it waits for somebody else for a little while
    asked: bool = False  # its holder asked for her opinion
    offered: bool = False  # it is handed over to her
    passed: bool = False  # she passed it on: it stands behind the others


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a case, opened. `kind`: hers, bot, moderator, note, lower, referral, report, contact. `reply` is the state of a moderator's words."""

    id: int
    kind: str
    text: str
    at: datetime
    staff: StaffId | None = None
    who: str = ""
    reply: ReplyState | None = None
    reply_id: str = ""
    fields: tuple[tuple[str, str], ...] = ()  # of a record: (code, words)
    hidden: tuple[str, ...] = ()  # the kinds of what is masked in it, in order


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as one person may see it. `lines` is empty until she opens the words; `seen` is the newest line of hers."""

    case: Case
    lines: tuple[Line, ...]
    counts: dict[str, int]
    seen: int
    actions: frozenset[str]
    holder: str = ""
    pending: Line | None = None
    draft: Line | None = None
    due_at: datetime | None = None  # when the pending reply goes out


def half_time(case: Case, clocks: Clocks) -> datetime | None:
    """Return when half of the running clock is gone."""
    return None if case.due_at is None else case.due_at - clocks.by_level[case.level] / 2


def clock_state(case: Case, now: datetime, clocks: Clocks) -> str:
    """Return 'missed', 'half' or 'calm' for a case's clock.

    After an alert the clock starts again so that it can alert wider: the case stays red until somebody takes it.
    """
    if case.alerts:
        return "missed"
    half = half_time(case, clocks)
    if case.due_at is None or half is None or now < half:
        return "calm"
    return "missed" if now >= case.due_at else "half"
