"""Staff in SQLite: who they are, their one-use links, signed-in browsers, failed sign-ins."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime

from bot.model.ids import StaffId
from bot.store.errors import Taken
from bot.store.moments import maybe_number, to_number
from bot.store.sqlite_file import SqlitePart
from bot.store.staff_records import Session, Staff
from bot.store.staff_rows import STAFF, session_of, staff_of, staff_row

SESSION = "token, staff, csrf, created_at, seen_at, whole, proven_at"

SAVE = (
    f"insert into staff ({STAFF}) values ({', '.join('?' * len(STAFF.split(', ')))}) on conflict (id) do update set "
    + ", ".join(f"{name} = excluded.{name}" for name in STAFF.split(", ")[1:])
    + " returning id"
)


class SqliteStaff(SqlitePart):
    """The verbs of StaffStore."""

    async def staff(self) -> list[Staff]:
        """Return everybody."""
        return [staff_of(row) for row in self._file.rows(f"select {STAFF} from staff order by id")]

    async def save_staff(self, staff: Staff) -> Staff:
        """Add (id 0) or change a person; return her with her id. Raises Taken."""
        return replace(staff, id=StaffId(await self._file.write(lambda db: _save(db, staff))))

    async def add_link(self, code: bytes, staff: StaffId, purpose: str, until: datetime) -> None:
        """Keep the hash of a one-use code."""
        values = (code, staff, purpose, to_number(until))
        await self._file.write(lambda db: db.execute("insert into links values (?, ?, ?, ?)", values).rowcount)

    async def use_link(self, code: bytes, purpose: str, now: datetime) -> StaffId | None:
        """Use a code up; None when it is unknown, used or too old."""
        query = "delete from links where code = ? and purpose = ? and until >= ? returning staff"
        rows = await self._file.write(lambda db: db.execute(query, (code, purpose, to_number(now))).fetchall())
        return StaffId(rows[0][0]) if rows else None

    async def add_session(self, session: Session) -> None:
        """Keep a signed-in browser."""
        seen, made = to_number(session.seen_at), to_number(session.created_at)
        proven = maybe_number(session.proven_at)
        values = (session.token, session.staff, session.csrf, made, seen, session.whole, proven)
        query = f"insert into sessions ({SESSION}) values (?, ?, ?, ?, ?, ?, ?)"
        await self._file.write(lambda db: db.execute(query, values).rowcount)

    async def session(self, token: bytes) -> Session | None:
        """Return it."""
        row = self._file.row(f"select {SESSION} from sessions where token = ?", (token,))
        return session_of(row) if row else None

    async def touch_session(self, token: bytes, now: datetime) -> None:
        """Note that it is in use."""
        values = (to_number(now), token)
        await self._file.write(
            lambda db: db.execute("update sessions set seen_at = ? where token = ?", values).rowcount
        )

    async def prove_session(self, token: bytes, now: datetime) -> None:
        """Note that every factor she has was given in this browser now."""
        values = (to_number(now), token)
        query = "update sessions set whole = 1, proven_at = ? where token = ?"
        await self._file.write(lambda db: db.execute(query, values).rowcount)

    async def end_sessions(self, token: bytes | None = None, staff: StaffId | None = None) -> None:
        """End one session, or all of a person."""
        await self._file.write(
            lambda db: db.execute("delete from sessions where token = ? or staff = ?", (token, staff)).rowcount
        )

    async def failed_sign_ins(self, name: str, since: datetime) -> int:
        """Return how often this name failed since then."""
        query = "select count(*) from failed_sign_ins where name = ? and at >= ?"
        row = self._file.row(query, (name, to_number(since)))
        return int(row[0]) if row else 0

    async def add_failed_sign_in(self, name: str, now: datetime) -> None:
        """Count one failure."""
        values = (name, to_number(now))
        await self._file.write(lambda db: db.execute("insert into failed_sign_ins values (?, ?)", values).rowcount)


def _save(connection: sqlite3.Connection, staff: Staff) -> int:
    try:
        rows = connection.execute(SAVE, staff_row(staff)).fetchall()
    except sqlite3.IntegrityError as error:
        if error.sqlite_errorname != "SQLITE_CONSTRAINT_UNIQUE":
            raise
        raise Taken("this name, or this Telegram account, belongs to another staff member already.") from error
    return int(rows[0][0])
