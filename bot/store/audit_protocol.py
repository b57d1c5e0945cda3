"""The verbs of the store about the audit."""

from __future__ import annotations

from typing import Protocol

from bot.model.ids import CaseId, StaffId
from bot.store.audit_records import AuditLine


class AuditStore(Protocol):
    """What writing, reading and checking the audit needs. There is no verb that changes or removes a line."""

    async def audit(self, line: AuditLine) -> None:
        """Append one line to the chained audit, durably, before anything is shown."""

    async def audit_check(self) -> str:
        """Return '' when a line could be added to the audit now, else a short reason. Nothing is added."""

    async def audit_newest(self) -> AuditLine | None:
        """Return the audit's newest line."""

    async def audit_lines(self, after: int, limit: int) -> list[AuditLine]:
        """Return audit lines by id."""

    async def audit_search(
        self, case: CaseId | None, staff: StaffId | None, before: int | None, limit: int
    ) -> list[AuditLine]:
        """Return audit lines, newest first: of a case, of a person, older than a number; None: any."""
