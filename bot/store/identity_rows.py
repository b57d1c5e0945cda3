"""Rows of those who asked for the address behind a case: written with the action of the desk they belong to."""

from __future__ import annotations

import sqlite3
from typing import Any

from bot.model.ids import CaseId, StaffId
from bot.store.identity_records import IdentityAsk
from bot.store.moments import maybe_moment, maybe_number, to_moment, to_number

ASK = "id, case_id, asked_by, asked_at, alone, decided_by, decided_at, agreed, reported_at"


def put(connection: sqlite3.Connection, before: IdentityAsk | None, after: IdentityAsk) -> bool:
    """Add or change a row; False when it is no longer as it was read."""
    if before is None:
        query = f"insert into identity_asks ({ASK}) values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing"
        return connection.execute(query, _row(after)).rowcount == 1
    query = (
        "update identity_asks set decided_by = ?, decided_at = ?, agreed = ?, reported_at = ?"
        " where id = ? and decided_at is ? and reported_at is ?"
    )
    was = (before.id, maybe_number(before.decided_at), maybe_number(before.reported_at))
    return connection.execute(query, (*_row(after)[5:], *was)).rowcount == 1


def ask_of(row: tuple[Any, ...]) -> IdentityAsk:
    """Return what a row with the columns ASK says."""
    return IdentityAsk(
        id=row[0],
        case=CaseId(row[1]),
        asked_by=StaffId(row[2]),
        asked_at=to_moment(row[3]),
        alone=bool(row[4]),
        decided_by=row[5],
        decided_at=maybe_moment(row[6]),
        agreed=bool(row[7]),
        reported_at=maybe_moment(row[8]),
    )


def _row(ask: IdentityAsk) -> tuple[object, ...]:
    return (
        ask.id,
        ask.case,
        ask.asked_by,
        to_number(ask.asked_at),
        ask.alone,
        ask.decided_by,
        maybe_number(ask.decided_at),
        ask.agreed,
        maybe_number(ask.reported_at),
    )
