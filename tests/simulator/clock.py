"""A clock that moves only when told."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta


class VirtualClock:
    """Time stands still until `advance`; who sleeps wakes when it has passed."""

    def __init__(self) -> None:
        self._now = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
        self._sleeping: list[tuple[datetime, asyncio.Event]] = []

    def now(self) -> datetime:
        return self._now

    async def sleep_until(self, when: datetime) -> None:
        if when <= self._now:
            await asyncio.sleep(0)
            return
        event = asyncio.Event()
        self._sleeping.append((when, event))
        await event.wait()

    def advance(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        for when, event in self._sleeping:
            if when <= self._now:
                event.set()
