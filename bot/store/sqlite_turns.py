"""Turns in SQLite: chats are loaded, turns committed together, timers watched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec.json import encode

from bot.cases.decide import P3_MEMORY, PRANK_MEMORY
from bot.model.ids import ChatToken
from bot.store import turn_batch
from bot.store.case_rows import CASE_NAMES
from bot.store.chat_records import ChatRow, Mark, Timer
from bot.store.chat_rows import chat_of
from bot.store.moments import to_moment, to_number
from bot.store.reply_records import Reply
from bot.store.reply_rows import REPLY_COLUMNS, reply_of
from bot.store.sqlite_file import SqlitePart
from bot.store.turn_facts import update_number
from bot.store.turn_records import Turn, TurnResult

LOAD = f"""
select asked.value, c.version, c.address, c.state, c.state_until, c.profile, c.profile_until, c.blocked, s.id,
    (select count(*) from cases p where p.chat = asked.value and p.is_open = 0 and p.level = 'P3'
        and p.outcome <> 'mistaken' and p.opened_at >= ?2),
    (select count(*) from cases p where p.chat = asked.value and p.is_open = 0 and p.outcome = 'prank' and p.closed_at >= ?3),
    coalesce(e.claimed_by, '') || ':' || coalesce(e.not_for, ''),
    {", ".join("k." + name for name in CASE_NAMES)}
from json_each(?1) asked
left join chats c on c.chat = asked.value
left join staff s on s.telegram = asked.value and s.active = 1
left join cases k on k.chat = asked.value and k.is_open = 1
left join cases e on e.id = (select id from cases where chat = asked.value and is_open = 0 order by opened_at desc limit 1)
"""


class SqliteTurns(SqlitePart):
    """The verbs of TurnStore."""

    async def load_chats(self, chats: Sequence[ChatToken], now: datetime | None = None) -> dict[ChatToken, ChatRow]:
        """Return every chat asked for; one never seen has version 0."""
        now = now or datetime.now(UTC)
        values = (encode(chats).decode(), to_number(now - P3_MEMORY), to_number(now - PRANK_MEMORY))
        return {row[0]: chat_of(row) for row in self._file.rows(LOAD, values)}

    async def seen(self, bot: int, updates: Sequence[int]) -> set[int]:
        """Return those update ids that have acted already."""
        numbers = {update_number(update): update for update in updates}
        query = "select update_id from seen where bot = ? and update_id in (select value from json_each(?))"
        return {numbers[row[0]] for row in self._file.rows(query, (bot, encode(list(numbers)).decode()))}

    async def commit_turns(
        self, turns: Sequence[Turn], owner: str = "", now: datetime | None = None
    ) -> list[TurnResult]:
        """Commit the turns in one durable transaction, together with all others that wait."""
        if not turns:
            return []
        asked = turn_batch.Asked(turns, owner, to_number(now or datetime.now(UTC)))
        return await self._file.together(turn_batch.commit, asked)

    async def due_timers(self, now: datetime, limit: int) -> list[Timer]:
        """Return timers that are due, oldest first."""
        query = "select chat, name, at, data from timers where at <= ? order by at limit ?"
        rows = self._file.rows(query, (to_number(now), limit))
        return [Timer(ChatToken(chat), name, to_moment(at), data) for chat, name, at, data in rows]

    async def next_timer(self) -> datetime | None:
        """Return when the next timer is due."""
        row = self._file.row("select at from timers order by at limit 1")
        return to_moment(row[0]) if row else None

    async def reply(self, reply: str) -> Reply | None:
        """Return one reply."""
        row = self._file.row(f"select {REPLY_COLUMNS} from replies where id = ?", (reply,))
        return reply_of(row) if row else None

    async def marks(self, chat: ChatToken, since: datetime) -> list[Mark]:
        """Return the sealed message ids of her window since then."""
        query = (
            f"select body, at from marks where hour in {turn_batch.MARKED_HOURS} and chat = ? and at >= ? order by at"
        )
        return [Mark(body, to_moment(at)) for body, at in self._file.rows(query, (chat, to_number(since)))]
