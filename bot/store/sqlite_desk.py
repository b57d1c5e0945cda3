"""Cases in SQLite, as the desk reads them, and its actions, each written whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from msgspec.json import encode

from bot.model.case import Case
from bot.model.ids import CaseId
from bot.store import identity_rows, outbox_line, timer_rows
from bot.store.case_records import CaseEntry, CaseMove
from bot.store.case_rows import CASE, case_of, entry_of, move_of
from bot.store.case_writing import tell_news, write_cases
from bot.store.desk_records import DeskWrite
from bot.store.moments import to_number
from bot.store.signer import Signer
from bot.store.sqlite_audit import SqliteAudit, append_audit
from bot.store.sqlite_closing import put_records
from bot.store.sqlite_replies import SqliteReplies, move_reply, put_reply, review_reply
from bot.store.sqlite_rota import put_pages
from bot.store.turn_facts import Facts, case_stands, read_cases

IN_LIST = "in (select value from json_each(?))"


class _ChangedMeanwhile(Exception):
    """The case or reply is not as it was read: the savepoint takes everything back."""


class SqliteDesk(SqliteReplies, SqliteAudit):
    """The verbs of CaseStore. An action stands in the audit in the same transaction."""

    async def case(self, case: CaseId) -> Case | None:
        """Return one case."""
        return next(iter(self._cases("where id = ?", case)), None)

    async def open_cases(self, desks: Iterable[str]) -> list[Case]:
        """Return the open cases of these desks."""
        return self._cases(f"where is_open = 1 and desk {IN_LIST} order by level, opened_at", _text(desks))

    async def overdue_cases(self, now: datetime) -> list[Case]:
        """Return open, shown cases whose clock has passed, and claimed ones whose lease ran out."""
        where = (
            "where is_open = 1 and ((shown_at <= ?1 and due_at <= ?1) or (state = 'claimed' and claimed_until <= ?1))"
            " order by level, due_at"
        )
        return self._cases(where, to_number(now))

    async def closed_cases(self, desks: Iterable[str], since: datetime, limit: int) -> list[Case]:
        """Return closed cases, newest first."""
        where = f"where is_open = 0 and desk {IN_LIST} and closed_at >= ? order by closed_at desc limit ?"
        return self._cases(where, _text(desks), to_number(since), limit)

    async def entries(self, case: CaseId) -> list[CaseEntry]:
        """Return the sealed lines of a case, oldest first."""
        query = "select kind, body, at, staff, id, seq from entries where case_id = ? order by id"
        return [entry_of(row) for row in self._file.rows(query, (case,))]

    async def moves(self, case: CaseId) -> list[CaseMove]:
        """Return the coded history of a case, oldest first."""
        query = "select step, state, level, claimed_by, version, at from moves where case_id = ? order by id"
        return [move_of(row) for row in self._file.rows(query, (case,))]

    async def commit_desk(self, write: DeskWrite) -> bool:
        """Write one action of the desk; False when the case or reply has changed since it was read."""
        try:
            await self._file.write(lambda db: _act(db, write, self.signer))
        except _ChangedMeanwhile:
            return False
        return True

    async def case_counts(self, desks: Iterable[str], since: datetime) -> Mapping[str, int]:
        """Return counts like {'level:P1': 3, 'state:new': 2, 'outcome:real': 1} of cases opened since then."""
        counts: dict[str, int] = {}
        wanted = _text(desks)
        for name in ("level", "state", "outcome", "category"):
            query = f"select {name}, count(*) from cases where desk {IN_LIST} and opened_at >= ? and source <> 'drill' group by 1 order by 1"
            rows = self._file.rows(query, (wanted, to_number(since)))
            counts.update({f"{name}:{value}": count for value, count in rows if value})
        return counts

    def _cases(self, where: str, *values: Any) -> list[Case]:
        return [case_of(row) for row in self._file.rows(f"select {CASE} from cases {where}", values)]


def _act(connection: sqlite3.Connection, write: DeskWrite, signer: Signer | None) -> None:
    if write.case is not None:
        facts = Facts()
        read_cases(connection, facts, [write.case])
        if not case_stands(write.case, facts):
            raise _ChangedMeanwhile
        write_cases(connection, [write.case])
    _write_reply(connection, write)
    chat = _chat_of(connection, write)
    timer_rows.change(connection, [(chat, change) for change in write.timers])
    outbox_line.put(connection, [outbox_line.Arrival(write.outbox)])
    if write.identity is not None and not identity_rows.put(connection, *write.identity):
        raise _ChangedMeanwhile
    put_pages(connection, write.pages)
    if not put_records(connection, write.records):
        raise _ChangedMeanwhile
    append_audit(connection, write.audit, signer)


def _write_reply(connection: sqlite3.Connection, write: DeskWrite) -> None:
    if write.reply is not None:
        put_reply(connection, write.reply)
    if write.reply_state is not None and not move_reply(connection, write.reply_state):
        raise _ChangedMeanwhile
    if write.review is not None and not review_reply(connection, write.review):
        raise _ChangedMeanwhile
    if write.reply is not None or write.reply_state is not None or write.review is not None:
        tell_news(connection)


def _chat_of(connection: sqlite3.Connection, write: DeskWrite) -> str:
    if write.case is not None:
        return write.case.case.chat
    if write.reply is not None:
        return write.reply.chat
    number = write.reply_state[0] if write.reply_state else ""
    found = connection.execute("select chat from replies where id = ?", (number,)).fetchall()
    return str(found[0][0]) if found else ""


def _text(values: Iterable[str]) -> str:
    return encode(list(values)).decode()
