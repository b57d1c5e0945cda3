"""The verbs of the store for whoever runs it: how it stands, what goes when its time is over, sealing anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.model.ids import ChatToken
from bot.store.operator_records import AnswerCount, Backlog, Expired, Quarantined


class OperatorStore(Protocol):
    """What the operator and the loops need."""

    async def backlog(self, now: datetime) -> Backlog:
        """Return how the outbox and quarantine stand."""

    async def quarantined(self, limit: int) -> list[Quarantined]:
        """Return what waits in quarantine, newest first; `body` stays sealed."""

    async def all_addresses(self) -> dict[ChatToken, bytes]:
        """Return the sealed Telegram ids of all chats: for sealing them anew when the key ring has a new key."""

    async def reseal(self, addresses: Mapping[ChatToken, tuple[bytes, bytes]], quarantined: Mapping[int, bytes]) -> int:
        """Put addresses sealed anew (second) where the old ones (first) still stand, and bodies of quarantined rows."""

    async def drop_quarantined(self, row: int) -> bool:
        """Remove one unread."""

    async def expire(self, now: datetime) -> Expired:
        """Remove what is past its time: state, profile, marks, outbox payloads, seen ids, quarantine, sessions, links;
        truncate the log so that it is gone from the file."""

    async def orphans(self, keys: Sequence[str]) -> list[str]:
        """Return those key names (`chat:…`, `case:…`) that seal nothing the store has: for the sweep of keys.db."""

    async def answer_counts(self) -> list[AnswerCount]:
        """Return how often each answer of the counted quizzes was given; they name nobody and stay."""

    async def check(self) -> str:
        """Return '' when the store reads and writes, else a short reason."""

    async def news(self) -> int:
        """Return a number that changes whenever anybody (any process) commits a change to cases or replies."""

    async def close(self) -> None:
        """Finish what is written, and let go."""
