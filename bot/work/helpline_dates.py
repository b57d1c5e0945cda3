"""How old the knowledge is that a helpline answers: from day 60 the operator is reminded, from day 90 daily (rules 5)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from enum import StrEnum

from bot.model.campaign import Helpline
from bot.work.ports import Clock

log = logging.getLogger("safebot.helplines")

REMIND_AFTER, OLD_AFTER = 60, 90
"""Days."""
DAY = timedelta(days=1)
WEEKLY = 0
"""Monday."""


class Dated(StrEnum):
    """What is known of an entry."""

    NEVER = "never"
    FRESH = "fresh"
    REMIND = "remind"
    OLD = "old"
    WITHDRAWN = "withdrawn"

    @property
    def must_call(self) -> bool:
        """Return whether somebody has to call it."""
        return self in (Dated.NEVER, Dated.REMIND, Dated.OLD)


def dated(line: Helpline, today: date) -> Dated:
    """Return what is known of an entry today."""
    if line.withdrawn:
        return Dated.WITHDRAWN
    if line.confirmed_on is None:
        return Dated.NEVER
    age = (today - line.confirmed_on).days
    return Dated.OLD if age >= OLD_AFTER else Dated.REMIND if age >= REMIND_AFTER else Dated.FRESH


def to_remind(lines: Iterable[Helpline], today: date) -> tuple[str, ...]:
    """Return the ids the operator is reminded of today: from day 60 once a week, from day 90 daily."""
    states = ((line, dated(line, today)) for line in lines)
    weekly = today.weekday() == WEEKLY
    return tuple(line.id for line, state in states if state is Dated.OLD or (state is Dated.REMIND and weekly))


class Reminder:
    """Tells the operator each day which numbers somebody should call again. No number goes out by itself: only a person
    withdraws one."""

    def __init__(self, lines: Callable[[], Iterable[Helpline]], clock: Clock) -> None:
        self._lines = lines
        self._clock = clock

    async def run(self) -> None:
        """Remind for ever, once a day."""
        while True:
            if ids := to_remind(self._lines(), self._clock.now().date()):
                log.warning("helplines to call again (safebot helplines check): %s", ", ".join(ids))
            await self._clock.sleep_until(self._clock.now() + DAY)
