"""The life of a case, as one table. The picture in the guide is drawn from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.model.case import Case, CaseState
from bot.model.ids import StaffId

NEW, CLAIMED, WAITING = CaseState.NEW, CaseState.CLAIMED, CaseState.WAITING
RESOLVED, REFERRED, SHREDDED = CaseState.RESOLVED, CaseState.REFERRED, CaseState.SHREDDED

MOVES: Mapping[tuple[CaseState, str], CaseState] = {
    (NEW, "claim"): CLAIMED,
    (CLAIMED, "reply"): WAITING,
    (WAITING, "reply"): WAITING,
    (WAITING, "she_wrote"): CLAIMED,
    (CLAIMED, "renew"): CLAIMED,
    (WAITING, "renew"): WAITING,
    (CLAIMED, "release"): NEW,
    (WAITING, "release"): NEW,
    (CLAIMED, "lapse"): NEW,
    (WAITING, "lapse"): NEW,
    (CLAIMED, "hand_over"): CLAIMED,
    (WAITING, "hand_over"): CLAIMED,
    (CLAIMED, "resolve"): RESOLVED,
    (WAITING, "resolve"): RESOLVED,
    (CLAIMED, "refer"): REFERRED,
    (WAITING, "refer"): REFERRED,
    (NEW, "she_is_fine"): SHREDDED,
    (RESOLVED, "reopen"): NEW,
    (REFERRED, "reopen"): NEW,
}
"""(state, step) -> state. A step that is not here cannot be taken."""

STAYS_WITH_HER = frozenset({"renew", "reply", "she_wrote"})
"""Steps after which the same person goes on."""


class CannotMove(Exception):
    """The case is not in a state in which this can be done; somebody else may have been faster."""

    def __init__(self, case: Case, step: str) -> None:
        can = ", ".join(sorted(s for (state, s) in MOVES if state is case.state)) or "nothing"
        super().__init__(f"case {case.id} is {case.state}: cannot {step}. It can: {can}.")


def our_turn(case: Case, now: datetime, lease: timedelta, *, danger: bool) -> Case:
    """Return an answered case that needs the desk again. In danger now it waits for nobody who is away: where the claim has
    run out, or the case was kept for hours, the claim ends at once, and the clocks put the case in line.
    """
    if case.state is not WAITING:
        return case
    there = case.claimed_until is not None and now < case.claimed_until <= now + lease
    return move(case, "she_wrote", now, lease=lease if there or not danger else timedelta())


def move(
    case: Case,
    step: str,
    now: datetime,
    *,
    by: StaffId | None = None,
    lease: timedelta = timedelta(minutes=10),
    outcome: str = "",
) -> Case:
    """Return the case after a step. Raises CannotMove when the table does not have it."""
    if (case.state, step) not in MOVES:
        raise CannotMove(case, step)
    after = replace(case, state=MOVES[case.state, step])
    if step not in STAYS_WITH_HER:  # whom it was kept for, and whom its holder had asked, is over
        after = replace(after, offered_to=None, also=())
    if after.state is NEW:
        return replace(after, claimed_by=None, claimed_until=None, closed_at=None, outcome="")
    if step == "reply":  # she is answered: nothing is late any more
        after = replace(after, alerts=0)
    if after.open:
        return replace(after, claimed_by=by or case.claimed_by, claimed_until=now + lease)
    return replace(after, closed_at=now, outcome=outcome, claimed_until=None, due_at=None)
