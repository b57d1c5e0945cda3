"""The outbox in SQLite: rows are claimed for a while, settled, parked where they can be seen."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from msgspec.json import encode

from bot.model.ids import ChatToken
from bot.model.outbox import OutboxRow, Settled
from bot.store.moments import maybe_number, to_moment, to_number
from bot.store.outbox_rows import OUTBOX, outbox_of
from bot.store.sqlite_file import SqlitePart
from bot.store.turn_batch import flag_blocked, write_marks

RECLAIM_EVERY = timedelta(seconds=5)
WAITING = "owner is null and parked is null and not_before <= :now"
CLAIM = f"""
update outbox set owner = :owner, lease_until = :until where id in (
    select o.id from outbox o
    where {WAITING.replace("owner", "o.owner")} and not exists (
        select 1 from outbox e
        where e.chat = o.chat and e.lane = o.lane and e.id < o.id and e.parked is null and (
            (e.owner is not null and e.owner <> :owner) or (e.owner is null and e.attempts > 0 and e.not_before > :now)
        )
    )
    order by o.lane, o.id limit :limit
) returning {OUTBOX}
"""
RECLAIM = "update outbox set owner = null, lease_until = null where owner is not null and lease_until <= ?"
PARK = "update outbox set parked = ?, owner = null, lease_until = null where id = ?"
RETRY = (
    "update outbox set owner = null, lease_until = null, attempts = attempts + 1, not_before = coalesce(?, not_before)"
    " where id = ?"
)


@dataclass(frozen=True, slots=True)
class _Answered:
    """What one sender settles at one moment."""

    settled: Sequence[Settled]
    now: int


class SqliteOutbox(SqlitePart):
    """The verbs of OutboxStore."""

    _reclaim_at: datetime | None = None

    async def claim_outbox(self, owner: str, now: datetime, limit: int, lease_until: datetime) -> list[OutboxRow]:
        """Claim due rows that nobody holds, lane first, then id."""
        if self._reclaim_at is None or now >= self._reclaim_at:
            self._reclaim_at = now + RECLAIM_EVERY
            await self._file.write(lambda db: db.execute(RECLAIM, (to_number(now),)).rowcount)
        values = {"owner": owner, "now": to_number(now), "limit": limit, "until": to_number(lease_until)}
        # Looking first is cheap; a sender that asks often must not make an empty transaction each time.
        if not self._file.rows(f"select 1 from outbox where {WAITING} limit 1", {"now": values["now"]}):
            return []
        rows = await self._file.write(lambda db: db.execute(CLAIM, values).fetchall())
        return [outbox_of(row) for row in sorted(rows, key=lambda row: (row[2], row[0]))]

    async def release_outbox(self, owner: str | None) -> int:
        """Let go of what `owner` (None: anybody) claimed and did not settle."""
        query = (
            "update outbox set owner = null, lease_until = null where owner is not null and owner = coalesce(?, owner)"
        )
        return await self._file.write(lambda db: db.execute(query, (owner,)).rowcount)

    async def settle_outbox(self, settled: Sequence[Settled], now: datetime) -> None:
        """Write what became of claimed rows, together with what others settle at the same moment."""
        if settled:
            await self._file.together(_settle, _Answered(settled, to_number(now)))

    async def addresses(self, chats: Sequence[ChatToken]) -> dict[ChatToken, bytes]:
        """Return the sealed Telegram ids of chats; one that is gone is missing."""
        query = "select chat, address from chats where address is not null and chat in (select value from json_each(?))"
        return dict(self._file.rows(query, (encode(chats).decode(),)))

    async def parked(self, limit: int) -> list[tuple[int, str, datetime]]:
        """Return (row id, reason code, created at) of rows that could not be sent, newest first."""
        query = "select id, parked, created_at from outbox where parked is not null order by id desc limit ?"
        return [(number, reason, to_moment(at)) for number, reason, at in self._file.rows(query, (limit,))]

    async def move_parked(self, row: int, again: bool) -> bool:
        """Put a parked row back in line (`again`), or drop it."""
        query = (
            "update outbox set parked = null, attempts = 0 where id = ? and parked is not null"
            if again
            else "delete from outbox where id = ? and parked is not null"
        )
        return await self._file.write(lambda db: db.execute(query, (row,)).rowcount == 1)

    async def set_marker(self, name: str, value: str) -> None:
        """Keep a small setting of the running system."""
        query = "insert into markers values (?, ?) on conflict (name) do update set value = excluded.value"
        await self._file.write(lambda db: db.execute(query, (name, value)).rowcount)

    async def marker(self, name: str) -> str:
        """Return such a setting, '' when there is none."""
        row = self._file.row("select value from markers where name = ?", (name,))
        return str(row[0]) if row else ""


def _settle(connection: sqlite3.Connection, answered: Sequence[_Answered]) -> list[None]:
    settled = [one for part in answered for one in part.settled]
    gone = [(one.id,) for one in settled if one.state in ("sent", "dropped")]
    connection.executemany("delete from outbox where id = ?", gone)
    # The mark is kept even if the row was cancelled meanwhile: the message stands in her window all the same.
    write_marks(
        connection,
        [(one.chat, part.now, mark) for part in answered for one in part.settled for mark in one.marks],
    )
    if len(gone) < len(settled):
        again = [(maybe_number(one.again_at), one.id) for one in settled if one.state == "retry"]
        connection.executemany(RETRY, again)
        connection.executemany(PARK, [(one.reason or "unknown", one.id) for one in settled if one.state == "parked"])
    if blocked := [(True, one.chat) for one in settled if one.blocked]:
        connection.executemany("update chats set blocked = ? where chat = ?", blocked)
        flag_blocked(connection, blocked)
    if cards := [(one.card[1], one.card[0]) for one in settled if one.card is not None]:
        connection.executemany("update cases set card = ? where id = ?", cards)
    return [None] * len(answered)
