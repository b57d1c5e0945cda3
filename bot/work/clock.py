"""The real clock. Tests bring their own."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime


class SystemClock:
    """Time as the machine has it."""

    def now(self) -> datetime:
        """Return the time, UTC."""
        return datetime.now(UTC)

    async def sleep_until(self, when: datetime) -> None:
        """Wait until then; a moment in the past yields once."""
        await asyncio.sleep(max(0.0, (when - self.now()).total_seconds()))
