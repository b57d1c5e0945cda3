"""The verbs of the store about what goes out, and about small settings of the running system."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.model.ids import ChatToken
from bot.model.outbox import OutboxRow, Settled


class OutboxStore(Protocol):
    """What the sender needs."""

    async def claim_outbox(self, owner: str, now: datetime, limit: int, lease_until: datetime) -> list[OutboxRow]:
        """Claim due rows that nobody holds (or whose lease ran out): lane first, then id.

        A row waits while an older one of its chat and lane is held by another owner or is to be tried again later.
        """

    async def release_outbox(self, owner: str | None) -> int:
        """Let go of what `owner` (None: anybody) claimed and did not settle: at start, after a crash. Return how many."""

    async def settle_outbox(self, settled: Sequence[Settled], now: datetime) -> None:
        """Write what became of claimed rows: sent ones go, with their mark kept; parked ones stay visible."""

    async def addresses(self, chats: Sequence[ChatToken]) -> dict[ChatToken, bytes]:
        """Return the sealed Telegram ids of chats; one that is gone is missing."""

    async def parked(self, limit: int) -> list[tuple[int, str, datetime]]:
        """Return (row id, reason code, created at) of rows that could not be sent, newest first."""

    async def move_parked(self, row: int, again: bool) -> bool:
        """Put a parked row back in line (`again`), or drop it."""

    async def set_marker(self, name: str, value: str) -> None:
        """Keep a small setting of the running system (the group's new id, the poll offset): codes only."""

    async def marker(self, name: str) -> str:
        """Return such a setting, '' when there is none."""
