"""Live updates: one look at the store's news for all connections, and streams that carry ids only."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta

from bot.store.errors import StoreError
from bot.store.protocol import Store
from bot.work.desk.board import Board
from bot.work.ports import Clock

EVERY = timedelta(milliseconds=200)
HEARTBEAT = timedelta(seconds=15)


class News:
    """Tells every open page that something changed. Looks only while somebody listens."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self.board = Board(store)
        self._changed = asyncio.Event()
        self._listening = asyncio.Event()
        self._listeners = 0
        self.number = 0
        self.closing = False

    async def watch(self) -> None:
        """Look again and again until cancelled."""
        while True:
            await self._listening.wait()
            await self._look()
            await self._clock.sleep_until(self._clock.now() + EVERY)

    async def _look(self) -> None:
        # A store that cannot be read for a moment is news for /health, not for the pages: they keep what they show.
        with suppress(StoreError):
            number = await self._store.news()
            if number != self.number:
                self.number = number
                self._ring()

    def _ring(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def wait(self) -> bool:
        """Return True when something changed, False when nothing did for a while (time for a heartbeat)."""
        try:
            await asyncio.wait_for(self._changed.wait(), HEARTBEAT.total_seconds())
        except TimeoutError:
            return False
        return True

    def __enter__(self) -> News:
        self._listeners += 1
        self._listening.set()
        return self

    def __exit__(self, *_error: object) -> None:
        self._listeners -= 1
        if not self._listeners:
            self._listening.clear()

    def close(self) -> None:
        """Let every stream end."""
        self.closing = True
        self._ring()
