"""For whom a case in line is kept at first: a named colleague, or those trained for it. Never for long, and P1 for nobody.

A case that is kept for somebody who is not there is for all at once: what counts is who could take it now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.cases.permissions import may
from bot.model.campaign import Clocks
from bot.model.case import Case, CaseState
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
    """A case is kept for somebody else until then. `why`: 'offered' (a colleague by name) or 'skill'."""

    why: str
    until: datetime


class There:
    """The people who are at work, so that thousands of cases need not look at each of them."""

    def __init__(self, people: Iterable[StaffView] = ()) -> None:
        self.by_id = {person.id: person for person in people}
        self.by_skill: dict[str, list[StaffView]] = {}
        for person in self.by_id.values():
            for skill in person.skills:
                self.by_skill.setdefault(skill, []).append(person)

    def __iter__(self) -> Iterator[StaffView]:
        return iter(self.by_id.values())


def kept_from(staff: StaffView, case: Case, there: There, now: datetime, clocks: Clocks) -> Kept | None:
    """Return why this person should not take a case in line yet; None when she may."""
    began = clock_began(case, clocks)
    if began is None or case.state is not CaseState.NEW or case.level is Level.P1 or case.alerts:
        return None
    clock = clocks.by_level[case.level]
    # Half the clock is the longest that anything is kept: most cases are older.
    if now >= began + clock * SKILL_SHARE or not FREE_ROLES.isdisjoint(staff.roles):
        return None
    offered = there.by_id.get(case.offered_to) if case.offered_to is not None else None
    if offered is not None and now < began + offer_time(clock) and may(offered, "claim", case, now):
        return None if offered.id == staff.id else Kept("offered", began + offer_time(clock))
    # Who passed it on is not waited for.
    trained = (one for one in there.by_skill.get(case.category, ()) if one.id not in case.passed_on)
    if case.category in staff.skills or not any(may(person, "claim", case, now) for person in trained):
        return None
    return Kept("skill", began + clock * SKILL_SHARE)


def offer_time(clock: timedelta) -> timedelta:
    """Return for how long a case waits for a named colleague: a part of its clock, a quarter of an hour at most."""
    return min(clock * OFFER_SHARE, OFFER_MOST)


def clock_began(case: Case, clocks: Clocks) -> datetime | None:
    """Return when the running clock of a case began; None when none runs."""
    return None if case.due_at is None else case.due_at - clocks.by_level[case.level]
