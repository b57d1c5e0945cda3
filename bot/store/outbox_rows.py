"""Rows of the outbox as values, and the numbers by which lanes stand in it."""

from __future__ import annotations

from bot.model.effects import Lane
from bot.model.outbox import OutboxRow
from bot.store.connection import Row
from bot.store.moments import to_moment

LANES = (Lane.CRISIS, Lane.REPLY, Lane.DESK, Lane.BROADCAST)
LANE_NUMBER = {lane: number for number, lane in enumerate(LANES)}
CRISIS, REPLY = LANE_NUMBER[Lane.CRISIS], LANE_NUMBER[Lane.REPLY]

OUTBOX = "id, chat, lane, body, not_before, attempts, created_at, merge_name, case_id"


def outbox_of(row: Row) -> OutboxRow:
    """Return the outbox row of a row with the columns OUTBOX."""
    return OutboxRow(
        id=row[0],
        chat=row[1],
        lane=LANES[row[2]],
        body=row[3],
        not_before=to_moment(row[4]),
        attempts=row[5],
        created_at=to_moment(row[6]),
        merge=row[7],
        case=row[8],
    )
