"""The verbs of the store about turns: what is known of a chat, and what an event changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.model.ids import ChatToken
from bot.store.chat_records import ChatRow, Mark, Timer
from bot.store.reply_records import Reply
from bot.store.turn_records import Turn, TurnResult


class TurnStore(Protocol):
    """What a turn needs."""

    async def load_chats(self, chats: Sequence[ChatToken], now: datetime | None = None) -> dict[ChatToken, ChatRow]:
        """Return every chat asked for; one never seen has version 0.

        `p3_recent` counts closed P3 cases of the 14 days before `now` (None: the machine's clock), mistaken ones not.
        """

    async def seen(self, bot: int, updates: Sequence[int]) -> set[int]:
        """Return those update ids that have acted already."""

    async def commit_turns(
        self, turns: Sequence[Turn], owner: str = "", now: datetime | None = None
    ) -> list[TurnResult]:
        """Commit the turns in one durable transaction, each in a savepoint; answer one result per turn, in order.

        With `owner`, their crisis and reply rows that are due at `now` (None: the machine's clock) come back claimed by
        it for 60 seconds; a row behind older unsent ones of its chat and lane stays in line for `claim_outbox` instead.
        Raises StoreError when nothing could be written at all (the caller must not acknowledge).
        """

    async def due_timers(self, now: datetime, limit: int) -> list[Timer]:
        """Return timers that are due, oldest first; they stay until a turn with their TimerKey commits."""

    async def next_timer(self) -> datetime | None:
        """Return when the next timer is due."""

    async def reply(self, reply: str) -> Reply | None:
        """Return one reply."""

    async def marks(self, chat: ChatToken, since: datetime) -> list[Mark]:
        """Return the sealed message ids of her window since then."""
