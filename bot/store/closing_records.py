"""What the store tells of ended cases and of who held which case when: codes, and never a word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model.ids import CaseId, StaffId


@dataclass(frozen=True, slots=True)
class MistakenRule:
    """How often cases that a rule opened or raised were closed as mistaken in a month ('2026-11')."""

    rule: str
    month: str
    count: int


@dataclass(frozen=True, slots=True)
class HandledMove:
    """One move of a case as exposure needs it: who held the case after it, how grave it was then, and what it is about."""

    case: CaseId
    at: datetime
    state: str
    level: str
    category: str
    claimed_by: StaffId | None
