"""Waiting for the run to come to a point: so many confirmed, so many sent, or any condition."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.simulator.ledger import Ledger

Condition = Callable[[], bool]


class Watch:
    """Checks conditions whenever the ledger changes: no polling, no sleeping."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._waiting: list[tuple[Condition, asyncio.Future[None]]] = []
        ledger.changed = self._check

    def _check(self) -> None:
        for condition, future in self._waiting:
            if not future.done() and condition():
                future.set_result(None)

    async def until(self, condition: Condition, seconds: float) -> bool:
        """Return whether the condition came true in time (real seconds)."""
        if condition():
            return True
        entry = (condition, asyncio.get_running_loop().create_future())
        self._waiting.append(entry)
        try:
            await asyncio.wait_for(entry[1], seconds)
        except TimeoutError:
            return False
        finally:
            self._waiting.remove(entry)
        return True
