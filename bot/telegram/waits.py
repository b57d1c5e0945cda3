"""How long to wait before the next try: doubling, with jitter, so that many do not come back at the same moment."""

from __future__ import annotations

from datetime import timedelta
from random import SystemRandom

from bot.work.ports import Clock

_random = SystemRandom()


class Backoff:
    """Waits of 1, 2, 4 … seconds up to `most`, each between half and all of it; `after` of Telegram's counts first."""

    def __init__(self, clock: Clock, most: float = 60.0) -> None:
        self._clock = clock
        self._most = most
        self._tries = 0

    def reset(self) -> None:
        """Begin again: something worked."""
        self._tries = 0

    async def wait(self, after: float | None = None) -> None:
        """Wait for the next try."""
        longest = min(self._most, 2.0**self._tries)
        self._tries = min(self._tries + 1, 10)
        seconds = (after or 0.0) + longest * _random.uniform(0.5, 1.0)
        await self._clock.sleep_until(self._clock.now() + timedelta(seconds=seconds))
