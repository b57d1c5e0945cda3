"""Pages and drills in SQLite, and who is at work: what the rota's loops and the drill ask."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from bot.model.case import Case
from bot.model.ids import CaseId, StaffId
from bot.model.pages import Drill, Page, Ring
from bot.store.case_rows import CASE, case_of
from bot.store.case_writing import tell_news
from bot.store.connection import Row
from bot.store.moments import maybe_moment, maybe_number, to_moment, to_number
from bot.store.sqlite_file import SqlitePart

PAGE = "case_id, staff, ring, at, answered_at, over"
DRILL = "desk, at, paged, seen, claimed, answered, called"
FORGET = (
    "delete from replies where case_id = ?",
    "delete from entries where case_id = ?",
    "delete from moves where case_id = ?",
    "delete from pages where case_id = ?",
    "delete from outbox where case_id = ? and owner is null",
    "delete from cases where id = ? and source = 'drill'",
)


class SqliteRota(SqlitePart):
    """The verbs of RotaStore."""

    async def pages(self, case: CaseId | None = None) -> list[Page]:
        """Return the pages of one case, or those of every case that still call, oldest first."""
        where, values = ("over = 0", ()) if case is None else ("case_id = ?", (case,))
        return [
            _page(row) for row in self._file.rows(f"select {PAGE} from pages where {where} order by at, staff", values)
        ]

    async def waiting_cases(self) -> list[Case]:
        """Return cases that may have to call somebody: danger now and serious ones in line, and any that alerted."""
        query = (
            f"select {CASE} from cases where is_open = 1 and (state = 'new' and (level in ('P1', 'P2') or alerts > 0)"
            " or state = 'claimed' and alerts > 0)"
        )
        return [case_of(row) for row in self._file.rows(query)]

    async def offered_cases(self, before: datetime) -> list[Case]:
        """Return cases that their holder offers to a colleague since longer ago than this."""
        query = (
            f"select {CASE} from cases where is_open = 1 and state <> 'new' and offered_to is not null and"
            " (select max(at) from moves where case_id = cases.id and step = 'offered') <= ?"
        )
        return [case_of(row) for row in self._file.rows(query, (to_number(before),))]

    async def end_pages(self, cases: Sequence[CaseId]) -> None:
        """Let the pages of these cases call no longer: somebody took them."""
        query = "update pages set over = 1 where case_id = ? and over = 0"
        await self._file.write(lambda db: db.executemany(query, [(case,) for case in cases]).rowcount)

    async def at_work(self, since: datetime) -> frozenset[StaffId]:
        """Return whose browsers were in use since then."""
        return frozenset(
            StaffId(row[0])
            for row in self._file.rows(
                "select distinct staff from sessions where whole = 1 and seen_at >= ?", (to_number(since),)
            )
        )

    async def drills(self) -> list[Drill]:
        """Return every drill, newest first."""
        return [_drill(row) for row in self._file.rows(f"select {DRILL} from drills order by at desc")]

    async def end_drill(self, case: CaseId, drill: Drill) -> None:
        """Keep a drill's times, and remove its case with all that hangs on it."""
        await self._file.write(lambda db: _end(db, case, drill))


def put_pages(connection: sqlite3.Connection, pages: Sequence[Page]) -> None:
    """Keep new pages; of one that is there already, whether it was answered and whether it is over."""
    connection.executemany(
        f"insert into pages ({PAGE}) values (?, ?, ?, ?, ?, ?) on conflict do update"
        " set answered_at = excluded.answered_at, over = excluded.over",
        [(p.case, p.staff, p.ring.value, to_number(p.at), maybe_number(p.answered_at), p.over) for p in pages],
    )


def _end(connection: sqlite3.Connection, case: CaseId, drill: Drill) -> None:
    values = (drill.desk, to_number(drill.at), drill.paged, drill.seen, drill.claimed, drill.answered, drill.called)
    connection.execute(f"insert or replace into drills ({DRILL}) values (?, ?, ?, ?, ?, ?, ?)", values)
    # A real case cannot be removed by this, whatever id is given.
    if connection.execute("select 1 from cases where id = ? and source = 'drill'", (case,)).fetchone():
        for query in FORGET:
            connection.execute(query, (case,))
    tell_news(connection)


def _page(row: Row) -> Page:
    return Page(CaseId(row[0]), StaffId(row[1]), Ring(row[2]), to_moment(row[3]), maybe_moment(row[4]), bool(row[5]))


def _drill(row: Row) -> Drill:
    return Drill(row[0], to_moment(row[1]), *row[2:])
