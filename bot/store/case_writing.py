"""Writing cases, their sealed entries and their coded history: the same for a turn and for the desk."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from bot.store.case_records import CaseWrite
from bot.store.case_rows import CASE, CASE_NAMES, case_row
from bot.store.moments import maybe_number, to_number

KEPT_BY_THE_STORE = ("id", "blocked", "card")
INSERT = f"insert into cases ({CASE}, is_open) values ({', '.join('?' * (len(CASE_NAMES) + 1))})"
UPDATE = (
    f"{INSERT} on conflict (id) do update set "
    + ", ".join(f"{name} = excluded.{name}" for name in CASE_NAMES if name not in KEPT_BY_THE_STORE)
    + ", is_open = excluded.is_open"
)


def write_cases(connection: sqlite3.Connection, writes: Sequence[CaseWrite]) -> None:
    """Write cases whose versions have been looked at in this same transaction."""
    connection.executemany(UPDATE, [case_row(write.case) for write in writes])
    connection.executemany("delete from entries where case_id = ?", [(one.case.id,) for one in writes if one.shred])
    connection.executemany(
        "insert into entries (case_id, kind, body, at, staff, seq) values (?, ?, ?, ?, ?, ?)",
        [
            (write.case.id, entry.kind, entry.body, to_number(entry.at), entry.staff, entry.seq)
            for write in writes
            if not write.shred
            for entry in write.entries
        ],
    )
    connection.executemany(
        "insert into moves (case_id, step, state, level, claimed_by, version, at) values (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                one.case.id,
                one.step,
                one.case.state.value,
                one.case.level.value,
                one.case.claimed_by,
                one.case.version + 1,
                maybe_number(one.at),
            )
            for one in writes
            if one.step
        ],
    )
    tell_news(connection)


def tell_news(connection: sqlite3.Connection) -> None:
    """Make `news` a new number: a case or a reply has changed."""
    connection.execute("update counters set value = value + 1 where name = 'news'")
