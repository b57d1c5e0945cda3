"""What is past its time, and the statement that removes it. Cases stay: their words go when their key is dropped."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

from bot.store.moments import HOUR, MICROSECOND
from bot.store.turn_batch import MARKED_HOURS

PASSING = timedelta(hours=48) // MICROSECOND  # outbox payloads, message ids
SEEN = timedelta(hours=72) // MICROSECOND  # counted from the message's date, which may lie a day before its delivery
QUARANTINE = timedelta(days=7) // MICROSECOND
SESSIONS = timedelta(hours=24) // MICROSECOND

DUE = f"expires_hour <= ?1 / {HOUR}"
NEXT_HOUR = f"min(coalesce(state_until, profile_until), coalesce(profile_until, state_until)) / {HOUR}"
REMOVALS = {
    "states": (f"update chats set state = null, state_until = null where {DUE} and state_until <= ?1", 0),
    "profiles": (f"update chats set profile = null, profile_until = null where {DUE} and profile_until <= ?1", 0),
    "hours": (f"update chats set expires_hour = {NEXT_HOUR} where {DUE}", 0),
    "marks": (f"delete from marks where hour <= ?1 / {HOUR} and at <= ?1", PASSING),
    "outbox": ("delete from outbox where created_at <= ?", PASSING),
    "seen": ("delete from seen where at <= ?", SEEN),
    "quarantine": ("delete from quarantine where at <= ?", QUARANTINE),
    "sessions": ("delete from sessions where seen_at <= ?", SESSIONS),
    "links": ("delete from links where until < ?", 0),
    "failed_sign_ins": ("delete from failed_sign_ins where at <= ?", SESSIONS),
    "debriefs": ("delete from debriefs where taken_at <= ?", SESSIONS),
    "replies": (
        "delete from replies where state = 'removed' or (due_at <= ? and not exists"
        " (select 1 from cases where cases.id = replies.case_id and cases.is_open = 1))",
        PASSING,
    ),
}
"""What goes, and how long after its moment. `hours` is no removal: it notes when the next part of a chat expires."""

AT_ONCE = 500
EMPTY_CHATS = f"""
delete from chats where rowid in (
    select chats.rowid from chats where state is null and profile is null
    and not exists (select 1 from cases where cases.chat = chats.chat and is_open = 1)
    and not exists (select 1 from outbox where outbox.chat = chats.chat)
    and not exists (select 1 from timers where timers.chat = chats.chat)
    and not exists (select 1 from replies where replies.chat = chats.chat)
    and not exists (select 1 from staff where staff.telegram = chats.chat)
    and not exists (select 1 from marks where marks.hour in {MARKED_HOURS} and marks.chat = chats.chat)
    limit {AT_ONCE}
) returning chat
"""


def remove(connection: sqlite3.Connection, name: str, now: int) -> int:
    """Remove what REMOVALS calls by this name; return how many rows."""
    query, after = REMOVALS[name]
    return connection.execute(query, (now - after,)).rowcount


def remove_empty_chats(connection: sqlite3.Connection) -> list[str]:
    """Remove chats that have nothing left, a few hundred at once; return their tokens, whose keys may be dropped."""
    return [chat for (chat,) in connection.execute(EMPTY_CHATS).fetchall()]
