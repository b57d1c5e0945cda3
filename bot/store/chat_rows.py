"""Chats out of their rows, together with the open case that hangs on them."""

from __future__ import annotations

from bot.model.ids import ChatToken, StaffId
from bot.store.case_rows import case_of, people_of
from bot.store.chat_records import ChatRow
from bot.store.connection import Row
from bot.store.moments import maybe_moment


def chat_of(row: Row) -> ChatRow:
    """Return a chat: token, version, address, state, until, profile, until, blocked, staff, P3s, pranks, her last helper, then the columns CASE."""
    helper, _, kept_out = row[11].partition(":")
    return ChatRow(
        chat=ChatToken(row[0]),
        version=row[1] or 0,
        address=row[2],
        state=row[3],
        state_until=maybe_moment(row[4]),
        profile=row[5],
        profile_until=maybe_moment(row[6]),
        blocked=bool(row[7]),
        staff=row[8],
        p3_recent=row[9],
        pranks_recent=row[10],
        last_with=StaffId(int(helper)) if helper else None,
        kept_out=people_of(kept_out),
        case=case_of(row[12:]) if row[12] is not None else None,
    )
