"""Replies as rows and rows as replies."""

from __future__ import annotations

from bot.model.ids import CaseId, ChatToken, StaffId
from bot.store.connection import Row
from bot.store.moments import to_moment, to_number
from bot.store.reply_records import Reply, ReplyState

REPLY_COLUMNS = "id, case_id, chat, staff, body, due_at, state, held_for, reviewed_by"


def reply_of(row: Row) -> Reply:
    """Return the reply of a row with the columns REPLY_COLUMNS."""
    return Reply(
        row[0],
        CaseId(row[1]),
        ChatToken(row[2]),
        StaffId(row[3]),
        row[4],
        to_moment(row[5]),
        ReplyState(row[6]),
        row[7],
        row[8],
    )


def reply_row(reply: Reply) -> Row:
    """Return the row of a reply with the columns REPLY_COLUMNS."""
    return (
        reply.id,
        reply.case,
        reply.chat,
        reply.staff,
        reply.body,
        to_number(reply.due_at),
        reply.state.value,
        reply.held_for,
        reply.reviewed_by,
    )
