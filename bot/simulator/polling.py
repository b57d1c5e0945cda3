"""getUpdates: the waiting part. One poller at a time; a second one ends the first with 409."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from bot.simulator.body import Fields, integer
from bot.simulator.core import Core
from bot.simulator.errors import refusal
from bot.simulator.ledger import Update
from bot.simulator.methods.updates import allow
from bot.work.ports import Clock

LONGEST = 50


class Poller:
    """Answers getUpdates, now or when something comes."""

    def __init__(self, core: Core, clock: Clock) -> None:
        self._core, self._clock = core, clock
        self._waiting: asyncio.Future[None] | None = None
        self._last = (0, -100.0)  # offset and time of the last call

    def wake(self) -> None:
        """Let a waiting poller look again, or end it if a webhook was set."""
        waiting = self._waiting
        if waiting is None or waiting.done():
            return
        if self._core.delivery.webhook is not None:
            waiting.set_exception(refusal("webhook_set"))
        elif self._core.delivery.pending or self._core.delivery.repeats:
            waiting.set_result(None)

    async def updates(self, fields: Fields) -> list[Update]:
        """Return updates from the offset on, waiting up to `timeout` seconds for the first."""
        delivery = self._core.delivery
        if delivery.webhook is not None:
            raise refusal("webhook_active")
        allow(self._core, fields)
        offset, limit, timeout = self._slowed(fields)
        found = delivery.poll(offset, limit, self._now())
        if found or timeout == 0:
            return found
        if not await self._something_came(self._now() + timeout):
            return []
        return delivery.poll(offset, limit, self._now())

    def _slowed(self, fields: Fields) -> tuple[int, int, int]:
        """Return offset, limit, timeout; who repeats an offset at once is slowed down, as Telegram does."""
        offset = integer(fields, "offset")
        limit = min(100, max(1, integer(fields, "limit", 100)))
        timeout = min(LONGEST, max(0, integer(fields, "timeout")))
        now, (last, when) = self._now(), self._last
        self._last = (offset, now)
        if offset == last and now < when + 3:
            timeout = max(timeout, 3)
        if offset == last and now < when + 0.5:
            limit = 1
        return offset, limit, timeout

    async def _something_came(self, until: float) -> bool:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(refusal("other_poller"))
        mine = self._waiting = asyncio.get_running_loop().create_future()
        sleep = asyncio.ensure_future(self._clock.sleep_until(datetime.fromtimestamp(until, UTC)))
        try:
            await asyncio.wait({mine, sleep}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleep.cancel()
        came = mine.done()
        mine.cancel()
        if came:
            mine.result()  # raises the 409, if it was one
        return came

    def _now(self) -> float:
        return self._clock.now().timestamp()
