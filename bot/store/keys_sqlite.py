"""The wrapped keys in a SQLite file of their own: what is dropped here makes what it sealed unreadable."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from msgspec.json import encode

from bot.store.audit_records import Anchor
from bot.store.errors import StoreError
from bot.store.moments import maybe_number, to_moment, to_number
from bot.store.sqlite_file import SqlitePart

LOAD = "select name, body from keys where name in (select value from json_each(?))"


class SqliteKeys(SqlitePart):
    """The verbs of KeyStore and AnchorStore."""

    async def load(self, names: Sequence[str]) -> dict[str, bytes]:
        """Return the wrapped keys there are."""
        return dict(self._file.rows(LOAD, (encode(names).decode(),)))

    async def add(self, keys: Mapping[str, bytes]) -> dict[str, bytes]:
        """Add keys durably; where a name exists already the older one stays. Return what now stands for each name."""
        return await self._file.write(lambda db: _add(db, keys)) if keys else {}

    async def rewrap(self, keys: Mapping[str, tuple[bytes, bytes]]) -> int:
        """Put a newly wrapped key (second) in place where the old one (first) still stands."""
        rows = [(new, name, old) for name, (old, new) in keys.items()]
        query = "update keys set body = ? where name = ? and body = ?"
        changed = await self._file.write(lambda db: db.executemany(query, rows).rowcount) if rows else 0
        await self._truncate()
        return changed

    async def drop(self, names: Sequence[str]) -> None:
        """Remove keys and truncate the log: what they sealed cannot be read again."""
        if names:
            rows = [(name,) for name in names]
            await self._file.write(lambda db: db.executemany("delete from keys where name = ?", rows).rowcount)
            await self._truncate()

    async def names(self, made_before: datetime | None = None) -> list[str]:
        """Return all names; with `made_before` only those old enough to be orphans."""
        query = "select name from keys where made_at < coalesce(?, made_at + 1) order by name"
        return [row[0] for row in self._file.rows(query, (maybe_number(made_before),))]

    async def check(self) -> str:
        """Return '' when keys can be kept, else a short reason."""
        try:
            await self._file.write(lambda _: None)
        except StoreError as error:
            return str(error)
        return ""

    async def anchor(self) -> Anchor | None:
        """Return the line of the audit that was noted last."""
        row = self._file.row("select line, hash, signature, at from anchors where name = 'audit'")
        return Anchor(row[0], row[1], row[2], to_moment(row[3])) if row else None

    async def set_anchor(self, anchor: Anchor) -> None:
        """Note a newer line of the audit."""
        values = (anchor.line, anchor.hash, anchor.signature, to_number(anchor.at))
        query = "insert or replace into anchors (name, line, hash, signature, at) values ('audit', ?, ?, ?, ?)"
        await self._file.write(lambda db: db.execute(query, values).rowcount)

    async def _truncate(self) -> None:
        if not await self._file.truncate_log():
            raise StoreError(
                f"{self._file.path.name}: the key is removed, but a reader keeps the log from being emptied."
                " Is a backup or an open sqlite3 shell reading it? Try again when it has ended."
            )


def _add(connection: sqlite3.Connection, keys: Mapping[str, bytes]) -> dict[str, bytes]:
    now = to_number(datetime.now(UTC))
    rows = [(name, body, now) for name, body in keys.items()]
    connection.executemany("insert or ignore into keys (name, body, made_at) values (?, ?, ?)", rows)
    return dict(connection.execute(LOAD, (encode(list(keys)).decode(),)).fetchall())
