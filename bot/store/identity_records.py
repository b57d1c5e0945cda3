"""Who asked for the address of the chat behind a case, and who agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model.ids import CaseId, StaffId


@dataclass(frozen=True, slots=True)
class IdentityAsk:
    """Somebody asked for the address of the chat behind a case. `alone`: danger now, it is shown at once and a second person
    confirms within a day; else it is shown after she agreed. `reported_at`: nobody did, and that was reported as a breach."""

    id: str
    case: CaseId
    asked_by: StaffId
    asked_at: datetime
    alone: bool
    decided_by: StaffId | None = None
    decided_at: datetime | None = None
    agreed: bool = False
    reported_at: datetime | None = None
