"""Keys of people and desks in SQLite: public halves, and private halves that nobody here can open."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from bot.model.ids import StaffId
from bot.store.key_records import DeskKey, DeskShare, StaffKey
from bot.store.moments import maybe_moment, to_moment, to_number
from bot.store.sqlite_file import SqlitePart

SHARE = "insert into desk_shares (desk_key, staff, sealed, given_by, at) values (?, ?, ?, ?, ?) on conflict do nothing"


class SqliteKeyring(SqlitePart):
    """The verbs of KeyringStore."""

    async def staff_keys(self) -> list[StaffKey]:
        """Return the key pair of everybody who has one."""
        rows = self._file.rows("select staff, public, locked, made_at from staff_keys order by staff")
        return [StaffKey(StaffId(staff), public, locked, to_moment(at)) for staff, public, locked, at in rows]

    async def save_staff_key(self, key: StaffKey) -> None:
        """Give a person a key pair. Another one she had is gone, and with it the shares sealed for it."""
        await self._file.write(lambda db: _save_staff_key(db, key))

    async def desk_keys(self) -> list[DeskKey]:
        """Return every desk's keys, newest first."""
        query = "select id, desk, public, made_at, retired_at from desk_keys order by made_at desc, id"
        return [DeskKey(k, desk, p, to_moment(m), maybe_moment(r)) for k, desk, p, m, r in self._file.rows(query)]

    async def add_desk_key(self, key: DeskKey, shares: Sequence[DeskShare]) -> None:
        """Begin a new key of a desk together with its shares; older ones of the desk are retired."""
        await self._file.write(lambda db: _add_desk_key(db, key, shares))

    async def desk_shares(self, staff: StaffId | None = None) -> list[DeskShare]:
        """Return the shares of one person, or everybody's."""
        query = "select desk_key, staff, sealed, at, given_by from desk_shares where staff = coalesce(?, staff)"
        rows = self._file.rows(query, (staff,))
        return [DeskShare(k, StaffId(s), sealed, to_moment(at), by) for k, s, sealed, at, by in rows]

    async def add_desk_shares(self, shares: Sequence[DeskShare]) -> None:
        """Let people in; a share that is there already stays."""
        await self._file.write(lambda db: db.executemany(SHARE, [_share(share) for share in shares]).rowcount)

    async def drop_keys_of(self, staff: StaffId) -> None:
        """Forget the key pair and the shares of somebody who has left."""
        await self._file.write(lambda db: _drop(db, staff))


def _save_staff_key(connection: sqlite3.Connection, key: StaffKey) -> int:
    _drop(connection, key.staff)
    values = (key.staff, key.public, key.locked, to_number(key.made_at))
    return connection.execute("insert into staff_keys values (?, ?, ?, ?)", values).rowcount


def _add_desk_key(connection: sqlite3.Connection, key: DeskKey, shares: Sequence[DeskShare]) -> int:
    now = to_number(key.made_at)
    connection.execute("update desk_keys set retired_at = ? where desk = ? and retired_at is null", (now, key.desk))
    connection.execute("insert into desk_keys values (?, ?, ?, ?, null)", (key.id, key.desk, key.public, now))
    return connection.executemany(SHARE, [_share(share) for share in shares]).rowcount


def _share(share: DeskShare) -> tuple[object, ...]:
    return (share.desk_key, share.staff, share.sealed, share.given_by, to_number(share.at))


def _drop(connection: sqlite3.Connection, staff: StaffId) -> int:
    connection.execute("delete from desk_shares where staff = ?", (staff,))
    return connection.execute("delete from staff_keys where staff = ?", (staff,)).rowcount
