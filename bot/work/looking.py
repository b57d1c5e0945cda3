"""The one loop of everything that looks now and then: a store that cannot be read is waited for, nothing else is caught."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from logging import Logger

from bot.store.errors import StoreError
from bot.work.ports import Clock


async def keep_looking(
    look: Callable[[], Awaitable[object]], every: timedelta, clock: Clock, log: Logger, waits: str
) -> None:
    """Look for ever. `waits` says in the log what stands still while the store fails."""
    while True:
        try:
            await look()
        except StoreError as error:
            log.error("%s: %s", waits, error)
        await clock.sleep_until(clock.now() + every)
