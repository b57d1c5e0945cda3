"""How old the knowledge is that a helpline answers: from day 60 the operator is reminded, from day 90 daily (rules 5)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from bot.model.campaign import Helpline

REMIND_AFTER, OLD_AFTER = 60, 90
"""Days."""


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
