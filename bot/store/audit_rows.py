"""Lines of the audit out of their rows."""

from __future__ import annotations

from bot.store.audit_records import AuditLine
from bot.store.connection import Row
from bot.store.moments import to_moment

AUDIT = "at, staff, action, case_id, detail, id, hash, signature"


def audit_of(row: Row) -> AuditLine:
    """Return the line of a row with the columns AUDIT."""
    return AuditLine(to_moment(row[0]), row[1], row[2], row[3], row[4], row[5], row[6], row[7])
