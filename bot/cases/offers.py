"""For whom a case in line is kept at first: a named colleague, or those trained for it. Never for long, and P1 for nobody.

A case that is kept for somebody who is not there is for all at once: what counts is who could take it now.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.cases.permissions import may
from bot.model.campaign import Clocks
from bot.model.case import Case, CaseState
from bot.model.ids import StaffId
from bot.model.levels import Level
from bot.model.staff import StaffView

OFFER_SHARE = 1 / 4
OFFER_MOST = timedelta(minutes=15)
SKILL_SHARE = 1 / 2
ACCEPT_WITHIN = timedelta(minutes=5)
"""How long a hand-over of danger now waits for its yes. Until then it stays with whoever has it."""

FREE_ROLES = frozenset({"supervisor", "lead", "deputy", "focal_point"})
"""Whoever answers for the desk may take a case at any time, for whomever it is kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A case is kept for these people until then. `why`: 'offered' (a colleague by name) or 'skill'."""

    why: str
    whom: tuple[StaffId, ...]
    until: datetime


def kept_for(case: Case, there: Iterable[StaffView], now: datetime, clocks: Clocks) -> Kept | None:
    """Return for whom a case in line is kept now, None when it is for all. `there`: the people who are at work."""
    began = clock_began(case, clocks)
    if began is None or case.state is not CaseState.NEW or case.level is Level.P1 or case.alerts:
        return None
    clock = clocks.by_level[case.level]
    if now >= began + clock * SKILL_SHARE:  # the longest that anything is kept: most cases are older
        return None
    asked = (p for p in there if p.id == case.offered_to or case.category in p.skills)
    able = [person for person in asked if may(person, "claim", case, now)]
    offered = Kept("offered", tuple(p.id for p in able if p.id == case.offered_to), began + offer_time(clock))
    trained = Kept("skill", tuple(p.id for p in able if case.category in p.skills), began + clock * SKILL_SHARE)
    return next((kept for kept in (offered, trained) if kept.whom and now < kept.until), None)


def kept_from(staff: StaffView, case: Case, there: Iterable[StaffView], now: datetime, clocks: Clocks) -> Kept | None:
    """Return why this person should not take the case yet; None when she may."""
    kept = kept_for(case, there, now, clocks)
    if kept is None or staff.id in kept.whom or FREE_ROLES & set(staff.roles):
        return None
    return kept


def offer_time(clock: timedelta) -> timedelta:
    """Return for how long a case waits for a named colleague: a part of its clock, a quarter of an hour at most."""
    return min(clock * OFFER_SHARE, OFFER_MOST)


def clock_began(case: Case, clocks: Clocks) -> datetime | None:
    """Return when the running clock of a case began; None when none runs."""
    return None if case.due_at is None else case.due_at - clocks.by_level[case.level]
