"""What the operator and the loops ask of SQLite: how things stand, what expires, whether there is news."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from msgspec.json import encode

from bot.model.ids import ChatToken
from bot.store.errors import StoreError
from bot.store.expiry import AT_ONCE, REMOVALS, remove, remove_empty_chats
from bot.store.moments import maybe_moment, to_number
from bot.store.operator_records import AnswerCount, Backlog, Expired, Quarantined
from bot.store.operator_rows import counted_of, quarantined_of
from bot.store.outbox_rows import CRISIS
from bot.store.sqlite_file import SqlitePart

BACKLOG = f"""
select count(*) filter (where parked is null), count(*) filter (where parked is not null),
    min(created_at) filter (where parked is null and lane = {CRISIS} and created_at <= ?1),
    min(created_at) filter (where parked is null and created_at <= ?1),
    (select count(*) from quarantine)
from outbox
"""
ORPHANS = """
with asked as (select value, substr(value, 1, 5) as kind, substr(value, 6) as id from json_each(?))
select value from asked where not exists (
    select 1 from chats where kind = 'chat:' and chat = id union all
    select 1 from outbox where kind = 'chat:' and chat = id union all
    select 1 from replies where kind = 'chat:' and chat = id union all
    select 1 from cases where kind = 'case:' and cases.id = asked.id
)
"""


class SqliteOperator(SqlitePart):
    """The verbs of OperatorStore."""

    async def backlog(self, now: datetime) -> Backlog:
        """Return how the outbox and quarantine stand; ages are of rows that could have gone by now."""
        unsent, parked, crisis, oldest, quarantined = self._file.rows(BACKLOG, (to_number(now),))[0]
        return Backlog(unsent, parked, maybe_moment(crisis), maybe_moment(oldest), quarantined)

    async def quarantined(self, limit: int) -> list[Quarantined]:
        """Return what waits in quarantine, newest first."""
        query = "select kind, code, body, at, id, bot, update_id from quarantine order by id desc limit ?"
        return [quarantined_of(row) for row in self._file.rows(query, (limit,))]

    async def all_addresses(self) -> dict[ChatToken, bytes]:
        """Return the sealed Telegram ids of all chats."""
        return dict(self._file.rows("select chat, address from chats where address is not null"))

    async def reseal(self, addresses: Mapping[ChatToken, tuple[bytes, bytes]], quarantined: Mapping[int, bytes]) -> int:
        """Put addresses and quarantined bodies sealed anew in place of the old ones."""
        chats = [(new, chat, old) for chat, (old, new) in addresses.items()]
        rows = [(body, number) for number, body in quarantined.items()]

        def write(db: sqlite3.Connection) -> int:
            done = db.executemany("update chats set address = ? where chat = ? and address = ?", chats).rowcount
            more = db.executemany("update quarantine set body = ? where id = ?", rows).rowcount
            return max(done, 0) + max(more, 0)

        return await self._file.write(write)

    async def drop_quarantined(self, row: int) -> bool:
        """Remove one unread."""
        return await self._file.write(
            lambda db: db.execute("delete from quarantine where id = ?", (row,)).rowcount == 1
        )

    async def expire(self, now: datetime) -> Expired:
        """Remove what is past its time, and truncate the log; `counts["log_kept"]` is 1 when a reader prevented that."""
        # Each removal is a transaction of its own, so that turns of the same moment need not wait for all of them.
        counts = {}
        for name in REMOVALS:
            counts[name] = await self._file.write(partial(remove, name=name, now=to_number(now)))
        del counts["hours"]
        gone: list[str] = []
        while len(chats := await self._file.write(remove_empty_chats)) == AT_ONCE:
            gone += chats
        gone += chats
        counts |= {"chats": len(gone), "log_kept": int(not await self._file.truncate_log())}
        return Expired(tuple(f"chat:{chat}" for chat in gone), counts)

    async def orphans(self, keys: Sequence[str]) -> list[str]:
        """Return those key names that seal nothing the store has."""
        return [row[0] for row in self._file.rows(ORPHANS, (encode(keys).decode(),))]

    async def answer_counts(self) -> list[AnswerCount]:
        """Return how often each answer of the counted quizzes was given."""
        query = "select flow, question, moment, answer, is_right, language, month, count from answer_counts"
        return [counted_of(row) for row in self._file.rows(query)]

    async def check(self) -> str:
        """Return '' when the store reads and writes, else a short reason."""
        try:
            self._file.row("select value from counters where name = 'news'")
            query = "insert into markers values ('check', '') on conflict (name) do update set value = ''"
            await self._file.write(lambda db: db.execute(query).rowcount)
        except StoreError as error:
            return str(error)
        return ""

    async def news(self) -> int:
        """Return a number that changes whenever anybody commits a change to cases or replies."""
        row = self._file.row("select value from counters where name = 'news'")
        return int(row[0]) if row else 0
