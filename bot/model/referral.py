"""A referral in codes: to which service, with her agreement or not, what was sent, when somebody asks how it went.

Its words (who took it, a reference, a service that is not in the directory) are a sealed line of the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.model.ids import CaseId, StaffId

AGREEMENTS = ("yes", "told_why", "could_not_ask")
"""She agreed; she did not and was told why it happens all the same; nobody could ask her."""

SENT = ("facts", "words", "contact", "place", "nothing")
"""What went to the service: coded facts, what she wrote, a number or link she wrote of, a place she named, nothing yet."""

OTHER = "other"
"""A service that is not in the directory: its name is in the sealed line."""


@dataclass(frozen=True, slots=True)
class Referral:
    """`service` is an id of the directory, or OTHER. `follow_up` is the desk's day on which somebody looks again."""

    id: str
    case: CaseId
    staff: StaffId
    at: datetime
    service: str
    agreement: str
    sent: tuple[str, ...]
    follow_up: date | None = None
    followed_at: datetime | None = None
    followed_by: StaffId | None = None


@dataclass(frozen=True, slots=True)
class Debrief:
    """Somebody of the desk asked her supervisors for a talk. Which case it is about is not written down."""

    id: str
    staff: StaffId
    at: datetime
    taken_by: StaffId | None = None
    taken_at: datetime | None = None
