"""A page: somebody was called, in her own chat, because a case waits. And a drill, which measures how that goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.ids import CaseId, StaffId


class Ring(StrEnum):
    """Who is called, from near to far."""

    ON_CALL = "on_call"
    DEPUTY = "deputy"
    LEAD = "lead"
    NEIGHBOUR = "neighbour"  # another country's lead, who reads her language or English
    FOCAL = "focal"  # for complaints about our own people: nobody else hears of them


@dataclass(frozen=True, slots=True)
class Page:
    """One call to one person. `answered_at`: she pressed "I have it". `over`: the case was taken, so it calls no longer."""

    case: CaseId
    staff: StaffId
    ring: Ring
    at: datetime
    answered_at: datetime | None = None
    over: bool = False


@dataclass(frozen=True, slots=True)
class Drill:
    """One drill of a desk: seconds from its start until each happened, None for what did not."""

    desk: str
    at: datetime
    paged: float | None = None
    seen: float | None = None
    claimed: float | None = None
    answered: float | None = None
    called: int = 0  # how many people were called
