"""Setting and clearing timers: the same for a turn and for the desk."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from bot.store.chat_records import TimerChange
from bot.store.moments import to_number


def remove(connection: sqlite3.Connection, names: Sequence[tuple[str, str]]) -> None:
    """Remove timers by (chat, name)."""
    connection.executemany("delete from timers where chat = ? and name = ?", names)


def change(connection: sqlite3.Connection, changes: Sequence[tuple[str, TimerChange]]) -> None:
    """Set and clear timers of chats, in order: the last word on a name counts."""
    latest = {(chat, one.name): one for chat, one in changes}
    remove(connection, [key for key, one in latest.items() if one.at is None])
    connection.executemany(
        "insert into timers (chat, name, at, data) values (?, ?, ?, ?)"
        " on conflict (chat, name) do update set at = excluded.at, data = excluded.data",
        [(chat, one.name, to_number(one.at), one.data) for (chat, _), one in latest.items() if one.at is not None],
    )
