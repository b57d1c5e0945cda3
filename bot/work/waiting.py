"""An event that waits for its turn, and the promise to whoever brought it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.work.job import Job

Raw = Mapping[str, Any]
"""An update as Telegram wrote it."""


@dataclass(slots=True)
class Waiting:
    """A job, and the promise to whoever brought it. `raw` is the update as it came, for quarantine."""

    job: Job
    done: asyncio.Future[bool]
    raw: Raw | None = None
    tries: int = 0

    def acknowledge(self) -> None:
        """Tell whoever brought it that it has acted; he may have gone meanwhile."""
        if not self.done.done():
            self.done.set_result(True)

    def refuse(self, error: Exception) -> None:
        """Tell him that it has not."""
        if not self.done.done():
            self.done.set_exception(error)


class CannotRing(Exception):
    """A timer met a bug of ours: it stands, and may ring later."""
