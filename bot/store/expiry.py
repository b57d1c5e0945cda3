"""What is past its time, and the statement that removes it. Cases stay: their words go when their key is dropped."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

from bot.store.moments import MICROSECOND
from bot.store.records import Expired

PASSING = timedelta(hours=48) // MICROSECOND  # outbox payloads, message ids
SEEN = timedelta(hours=72) // MICROSECOND  # counted from the message's date, which may lie a day before its delivery
QUARANTINE = timedelta(days=7) // MICROSECOND
SESSIONS = timedelta(hours=24) // MICROSECOND

REMOVALS = (
    ("states", "update chats set state = null, state_until = null where state_until <= ?", 0),
    ("profiles", "update chats set profile = null, profile_until = null where profile_until <= ?", 0),
    ("marks", "delete from marks where at <= ?", PASSING),
    ("outbox", "delete from outbox where created_at <= ?", PASSING),
    ("seen", "delete from seen where at <= ?", SEEN),
    ("quarantine", "delete from quarantine where at <= ?", QUARANTINE),
    ("sessions", "delete from sessions where seen_at <= ?", SESSIONS),
    ("links", "delete from links where until < ?", 0),
    ("failed_sign_ins", "delete from failed_sign_ins where at <= ?", SESSIONS),
    (
        "replies",
        "delete from replies where state in ('opened', 'removed') or (due_at <= ? and not exists"
        " (select 1 from cases where cases.id = replies.case_id and cases.is_open = 1))",
        PASSING,
    ),
)
EMPTY_CHATS = """
delete from chats where state is null and profile is null
    and not exists (select 1 from cases where cases.chat = chats.chat and is_open = 1)
    and not exists (select 1 from outbox where outbox.chat = chats.chat)
    and not exists (select 1 from marks where marks.chat = chats.chat)
    and not exists (select 1 from timers where timers.chat = chats.chat)
    and not exists (select 1 from replies where replies.chat = chats.chat)
    and not exists (select 1 from staff where staff.telegram = chats.chat)
returning chat
"""


def remove_expired(connection: sqlite3.Connection, now: int) -> Expired:
    """Remove everything past its time; return the keys that sealed it and seal nothing else now, and counts."""
    counts = {name: connection.execute(query, (now - after,)).rowcount for name, query, after in REMOVALS}
    gone = connection.execute(EMPTY_CHATS).fetchall()
    return Expired(tuple(f"chat:{chat}" for (chat,) in gone), {**counts, "chats": len(gone)})
