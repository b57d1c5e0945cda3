"""Lines of the audit, and the newest of them as it is noted elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model.ids import CaseId, StaffId


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line of the audit: who did what to which case. `detail` is coded. `hash` chains it to the line before, `signature`
    (of the hash) says that a program with the server's key ring wrote it."""

    at: datetime
    staff: StaffId | None
    action: str
    case: CaseId | None = None
    detail: str = ""
    id: int = 0
    hash: bytes = b""
    signature: bytes = b""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A line of the audit, noted elsewhere."""

    line: int
    hash: bytes
    signature: bytes
    at: datetime
