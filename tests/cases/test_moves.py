"""The life of a case: every state with every step."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from bot.cases.moves import MOVES, CannotMove, move
from bot.model.case import CaseState
from bot.model.ids import StaffId
from tests.cases.given import NOW, a_case

MAX, LENA = StaffId(1), StaffId(2)
STEPS = sorted({step for _, step in MOVES})
PAIRS = list(product(CaseState, STEPS))


@pytest.mark.parametrize(("state", "step"), PAIRS)
def test_a_step_leads_where_the_table_says_and_nowhere_else(state: CaseState, step: str) -> None:
    held = MAX if state in {CaseState.CLAIMED, CaseState.WAITING} else None
    case = a_case(state=state, claimed_by=held, claimed_until=NOW if held else None)
    if (state, step) not in MOVES:
        with pytest.raises(CannotMove, match=step):
            move(case, step, NOW)
        return
    moved = move(case, step, NOW, by=LENA, lease=timedelta(minutes=10), outcome="real")
    assert moved.state is MOVES[state, step]
    if moved.state is CaseState.NEW:
        assert (moved.claimed_by, moved.claimed_until, moved.closed_at, moved.outcome) == (None, None, None, "")
    elif moved.open:
        assert (moved.claimed_by, moved.claimed_until) == (LENA, NOW + timedelta(minutes=10))
    else:
        assert (moved.closed_at, moved.outcome, moved.claimed_until, moved.due_at) == (NOW, "real", None, None)


def test_every_state_is_reached_and_only_closed_ones_end() -> None:
    assert set(MOVES.values()) == set(CaseState)
    stuck = {state for state in CaseState if not any(at is state for at, _ in MOVES)}
    assert stuck == {CaseState.SHREDDED}


def test_renewing_keeps_whose_it_is() -> None:
    case = a_case(state=CaseState.CLAIMED, claimed_by=MAX, claimed_until=NOW)
    assert move(case, "renew", NOW).claimed_by == MAX
