"""Clocks for tests: real time that can be moved forward at will, so that nobody ever sleeps."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta


class JumpClock:
    """The machine's time plus what a test has added. `jump` wakes everybody whose moment has come."""

    def __init__(self) -> None:
        self._ahead = timedelta()
        self._jumped = asyncio.Event()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    async def sleep_until(self, when: datetime) -> None:
        while (left := (when - self.now()).total_seconds()) > 0:
            jumped = self._jumped
            try:
                async with asyncio.timeout(left):
                    await jumped.wait()
            except TimeoutError:
                continue
        await asyncio.sleep(0)

    def jump(self, **length: float) -> None:
        """Move time forward: jump(hours=1)."""
        self._ahead += timedelta(**length)
        jumped, self._jumped = self._jumped, asyncio.Event()
        jumped.set()
