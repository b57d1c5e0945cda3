"""Who is called when a case waits too long: on call, deputy, lead, a neighbouring lead. One table, and plain functions over it.

A missed clock is told to the moderators' group each time; here is who hears of it in her own chat.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.cases.duty import Duty
from bot.model.campaign import Clocks
from bot.model.case import Case, CaseState
from bot.model.levels import Level
from bot.model.pages import Page, Ring

CHAIN = (Ring.ON_CALL, Ring.DEPUTY, Ring.LEAD, Ring.NEIGHBOUR)
"""From near to far: who is not there, or does not answer, is followed by the next."""

WIDER: Mapping[Level, tuple[tuple[Ring, ...], ...]] = {
    Level.P1: ((Ring.ON_CALL,), (Ring.DEPUTY, Ring.LEAD), (Ring.NEIGHBOUR,)),  # at 5, 10 and 15 minutes
    Level.P2: ((Ring.ON_CALL,), (Ring.DEPUTY, Ring.LEAD), (Ring.NEIGHBOUR,)),  # at 30, 60 and 90 minutes
    Level.P3: ((), (Ring.ON_CALL,), (Ring.DEPUTY,)),
    Level.P4: ((), (Ring.DEPUTY,)),
}
"""level -> whom the first, second … missed clock calls. The group is told of each in any case."""

ANY_HOUR = frozenset({"sextortion", "self_harm"})
"""Serious cases of these categories call at any hour, as danger now does."""

ANSWER_WITHIN: Mapping[Level, timedelta] = {
    Level.P1: timedelta(minutes=3),
    Level.P2: timedelta(minutes=10),
    Level.P3: timedelta(hours=1),
    Level.P4: timedelta(hours=4),
}
"""How long a call waits for its answer before the next ring is called."""

HOLDS: Mapping[Level, timedelta] = {level: 3 * time for level, time in ANSWER_WITHIN.items()}
"""How long "I have it" keeps others from being called, if she does not claim the case after all."""

AGAIN_AFTER: Mapping[Level, timedelta] = {level: 10 * time for level, time in ANSWER_WITHIN.items()}
"""After this long a call is forgotten: the chain begins anew."""

DRILL = "drill"
"""The source of a case that nobody wrote: a test of the desk."""


def at_any_hour(case: Case) -> bool:
    """Return whether a case calls people also while the desk is closed."""
    return case.level is Level.P1 or (case.level is Level.P2 and case.category in ANY_HOUR)


def chain_of(case: Case) -> tuple[Ring, ...]:
    """Return who may be called for a case at all. A complaint about our own people is for its focal point only."""
    return (Ring.FOCAL,) if case.category == "staff_conduct" else CHAIN


def rings_due(
    case: Case, pages: Sequence[Page], reachable: Collection[Ring], now: datetime, *, on_duty: bool
) -> tuple[Ring, ...]:
    """Return whom to call now, from near to far. `reachable`: the rings in which there is somebody to call.

    `pages`: who was called for this case already. While one of them has it, nobody else is called.
    """
    calls = [page for page in pages if not page.over and now - page.at < AGAIN_AFTER[case.level]]
    if not _waits(case) or has_it(case, calls, now):
        return ()
    if not on_duty and not at_any_hour(case):
        return ()
    wanted = {*_by_clock(case, on_duty=on_duty), *_onward(case, calls, reachable, now)}
    called = {page.ring for page in calls}
    due = {_nearest(ring, chain_of(case), reachable) for ring in wanted} - called
    return tuple(ring for ring in chain_of(case) if ring in due)


def _waits(case: Case) -> bool:
    """A case in line waits for somebody; one that a colleague has, only when she was alerted that the girl has no answer."""
    if not case.open or case.shown_at is None:
        return False
    return case.state is CaseState.NEW or (case.state is CaseState.CLAIMED and case.alerts > 0)


def has_it(case: Case, pages: Iterable[Page], now: datetime) -> bool:
    """Return whether somebody who was called said that she has it, not too long ago."""
    said = (page.answered_at for page in pages if page.answered_at is not None and not page.over)
    return any(now - answered < HOLDS[case.level] for answered in said)


def after_missed(case: Case, state: Duty | None, now: datetime, clocks: Clocks) -> Case:
    """Return a case whose clock was missed: one alert more, for all from now on, and the clock starts again.

    It goes on running while the desk is closed, but an empty room is not told twice: then the next alert waits until the desk
    opens, unless the case calls at any hour.
    """
    again = now + clocks.by_level[case.level]
    if state is not None and not state.on_duty and state.opens_at is not None and not at_any_hour(case):
        again = max(again, state.opens_at)
    return replace(case, alerts=case.alerts + 1, due_at=again, offered_to=None)


def _by_clock(case: Case, *, on_duty: bool) -> Iterable[Ring]:
    """Everybody the clock has called so far; at once whoever is on call, when nobody is on duty or it is a drill."""
    if case.category == "staff_conduct":
        return (Ring.FOCAL,) if case.alerts or not on_duty else ()
    first = (Ring.ON_CALL,) if not on_duty or case.source == DRILL else ()
    return (*first, *(ring for rings in WIDER[case.level][: case.alerts] for ring in rings))


def _onward(case: Case, calls: Sequence[Page], reachable: Collection[Ring], now: datetime) -> Iterable[Ring]:
    """The next ring after the farthest that was called and gave no answer in time."""
    chain = chain_of(case)
    places = [chain.index(page.ring) for page in calls if page.ring in chain]
    newest = max((page.at for page in calls), default=now)
    if not places or now - newest < ANSWER_WITHIN[case.level]:
        return ()
    return [ring for ring in chain[max(places) + 1 :] if ring in reachable][:1]


def _nearest(ring: Ring, chain: Sequence[Ring], reachable: Collection[Ring]) -> Ring | None:
    """Return this ring, or the next one in which there is somebody."""
    place = chain.index(ring) if ring in chain else len(chain)
    return next((one for one in chain[place:] if one in reachable), None)
