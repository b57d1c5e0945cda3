"""The audit in SQLite: lines are added, each chained to the one before, and read. Nothing here changes one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.model.ids import CaseId, StaffId
from bot.store.audit_records import AuditLine
from bot.store.audit_rows import AUDIT, audit_of
from bot.store.errors import StoreError
from bot.store.moments import to_number
from bot.store.signer import Signer
from bot.store.sqlite_file import SqlitePart
from bot.vault.audit import KEY_LINE, chain


class SqliteAudit(SqlitePart):
    """The verbs of AuditStore. With a `signer` every line is signed."""

    signer: Signer | None = None

    async def audit(self, line: AuditLine) -> None:
        """Append one line to the chained audit, durably."""
        await self._file.write(lambda db: append_audit(db, [line], self.signer))

    async def audit_check(self) -> str:
        """Return '' when a line could be added to the audit now, else a short reason. Nothing is added."""
        try:
            await self._file.write(lambda db: _try_audit(db, self.signer))
        except StoreError as error:
            return str(error)
        return ""

    async def audit_newest(self) -> AuditLine | None:
        """Return the audit's newest line."""
        row = self._file.row(f"select {AUDIT} from audit order by id desc limit 1")
        return audit_of(row) if row else None

    async def audit_lines(self, after: int, limit: int) -> list[AuditLine]:
        """Return audit lines by id."""
        query = f"select {AUDIT} from audit where id > ? order by id limit ?"
        return [audit_of(row) for row in self._file.rows(query, (after, limit))]

    async def audit_search(
        self, case: CaseId | None, staff: StaffId | None, before: int | None, limit: int
    ) -> list[AuditLine]:
        """Return audit lines, newest first: of a case, of a person, older than a number; None: any."""
        query = (
            f"select {AUDIT} from audit where (?1 is null or case_id = ?1) and (?2 is null or staff = ?2)"
            " and (?3 is null or id < ?3) order by id desc limit ?4"
        )
        return [audit_of(row) for row in self._file.rows(query, (case, staff, before, limit))]


def append_audit(connection: sqlite3.Connection, lines: Sequence[AuditLine], signer: Signer | None = None) -> None:
    """Append lines, each chained to the one before inside this same transaction, and signed if there is a signer."""
    last = connection.execute("select id, hash from audit order by id desc limit 1").fetchall()
    newest, previous = last[0] if last else (0, b"")
    for number, line in enumerate([*_key_line(connection, lines, signer), *lines], start=newest + 1):
        previous = chain(previous, replace(line, id=number))
        signature = signer.sign(previous) if signer else b""
        connection.execute(
            f"insert into audit ({AUDIT}) values (?, ?, ?, ?, ?, ?, ?, ?)",
            (to_number(line.at), line.staff, line.action, line.case, line.detail, number, previous, signature),
        )


def _key_line(connection: sqlite3.Connection, lines: Sequence[AuditLine], signer: Signer | None) -> Iterable[AuditLine]:
    """The first line that a key signs names it: who reads the audit later knows from where on which key counts."""
    if signer is None or not lines:
        return ()
    query = (
        f"select detail from audit where action = '{KEY_LINE}' order by id desc limit 1"  # its index is for this word
    )
    if connection.execute(query).fetchall() == [(signer.public.hex(),)]:
        return ()
    return (AuditLine(lines[0].at, None, KEY_LINE, detail=signer.public.hex()),)


def _try_audit(connection: sqlite3.Connection, signer: Signer | None) -> None:
    connection.execute("savepoint try_audit")
    try:
        append_audit(connection, [AuditLine(datetime.now(UTC), None, "check")], signer)
    finally:
        connection.execute("rollback to try_audit")
        connection.execute("release try_audit")
