"""In which order cases wait: level, then time, with ageing so that nothing starves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.model.case import Case
from bot.model.levels import Level

AGEING = timedelta(hours=8)
"""A case that waits this long counts one level higher in the order, so that a P4 is not starved by newer ones."""

LOW = (Level.P3, Level.P4)
BELOW = 5
"""The rank of a doubtful low case: one line below all others, from where it rises like them."""


def in_order(cases: Iterable[Case], now: datetime) -> list[Case]:
    """Return the cases as they should be taken: level, then waiting time. P1 always stands first, whatever has aged."""
    return sorted(cases, key=lambda case: (rank(case, now), waiting_since(case)))


def rank(case: Case, now: datetime) -> int:
    """Return how far in front a case stands: 1 is danger now, which nothing else reaches by waiting."""
    first = BELOW if waits_below(case) else int(case.level[1])
    return first if first == 1 else max(2, first - int((now - waiting_since(case)) / AGEING))


def waits_below(case: Case) -> bool:
    """Return whether a case waits in the one line for chats with three pranks in a week. Danger and serious cases never do."""
    return case.doubtful and case.level in LOW


def waiting_since(case: Case) -> datetime:
    """Return since when she waits: since the desk could see her."""
    return max(case.opened_at, case.shown_at) if case.shown_at else case.opened_at
