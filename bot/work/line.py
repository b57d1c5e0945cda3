"""What waits for one chat, by lane, oldest first: help words overtake, nothing else does."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field

from bot.model.effects import Lane
from bot.model.outbox import OutboxRow

ORDER = (Lane.CRISIS, Lane.REPLY, Lane.DESK, Lane.BROADCAST)


@dataclass(slots=True)
class ChatLine:
    """What waits for one chat, by lane, oldest first. `changed` wakes a wait."""

    lanes: dict[Lane, deque[OutboxRow]] = field(default_factory=dict)
    working: bool = False
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def first(self) -> OutboxRow | None:
        """Return the row that goes next: crisis overtakes."""
        return next((line[0] for lane in ORDER if (line := self.lanes.get(lane))), None)

    def add(self, row: OutboxRow) -> None:
        """Put a row behind those of its lane."""
        self.lanes.setdefault(row.lane, deque()).append(row)
        self.changed.set()

    def take_out(self, row: OutboxRow) -> None:
        """Remove a row that is settled."""
        line = self.lanes[row.lane]
        line.remove(row)
        if not line:
            del self.lanes[row.lane]

    def rows(self) -> list[OutboxRow]:
        """Return all that waits."""
        return [row for lane in ORDER for row in self.lanes.get(lane, ())]
