"""A girl who comes back: the one who helped her is asked first; who may not have her cases stays out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.cases.decide import Facts, decide
from bot.model.case import Case
from bot.model.ids import StaffId
from tests.cases.given import CLOCKS, FACTS, NOW, sign

MAX = StaffId(3)


def opened(facts: Facts) -> Case:
    decision = decide(None, [sign("P2")], facts, NOW, CLOCKS, wrote=True)
    assert decision is not None
    return decision.case


def test_a_new_case_is_offered_to_whoever_helped_her_before() -> None:
    case = opened(replace(FACTS, last_with=MAX))
    assert (case.last_with, case.offered_to) == (MAX, MAX)


def test_whoever_she_wanted_another_helper_for_or_who_may_know_her_stays_out_of_her_next_case_too() -> None:
    case = opened(replace(FACTS, last_with=MAX, kept_out=(MAX,)))
    assert (case.offered_to, case.not_for) == (None, (MAX,))


def test_the_first_case_of_a_girl_is_offered_to_nobody() -> None:
    assert (opened(FACTS).last_with, opened(FACTS).offered_to) == (None, None)


@pytest.mark.parametrize(("pranks", "doubtful"), [(0, False), (2, False), (3, True), (9, True)])
def test_after_three_pranks_in_a_week_her_next_case_says_so(pranks: int, doubtful: bool) -> None:
    assert opened(replace(FACTS, pranks=pranks)).doubtful is doubtful
