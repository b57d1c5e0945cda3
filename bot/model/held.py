"""Who held which case when, in codes: what wellbeing is worked out from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model.ids import CaseId, StaffId


@dataclass(frozen=True, slots=True)
class HeldMove:
    """One move of a case: who held it after that, how grave it was then, and what it is about."""

    case: CaseId
    at: datetime
    state: str
    level: str
    category: str
    claimed_by: StaffId | None
