"""For whom a case in line is kept at first: a colleague by name, or those trained for it; never for long, P1 for nobody."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.cases.offers import Kept, There, kept_from, offer_time
from bot.model.case import Case
from bot.model.ids import StaffId
from bot.model.staff import StaffView
from tests.cases.given import CLOCKS, NOW, a_case

MAX = StaffView(StaffId(1), ("moderator",), ("KE",), ("sw",))
MIA = StaffView(StaffId(2), ("moderator",), ("KE",), ("sw",), skills=("sextortion",))
LENA = StaffView(StaffId(3), ("supervisor",), ("KE",), ("en",))


def after(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def kept(who: StaffView, case: Case, *there: StaffView, minutes: float = 0) -> Kept | None:
    return kept_from(who, case, There(there), after(minutes), CLOCKS)


def test_a_case_for_a_colleague_waits_for_her_a_quarter_of_its_clock_then_it_is_for_all() -> None:
    case = a_case("P2", offered_to=MAX.id, category="grooming")
    assert kept(MIA, case, MAX, MIA, minutes=7) == Kept("offered", after(7.5))
    assert kept(MAX, case, MAX, MIA, minutes=7) is None
    assert kept(MIA, case, MAX, MIA, minutes=8) is None


def test_a_case_for_somebody_who_is_not_there_is_for_all_at_once() -> None:
    assert kept(MIA, a_case("P2", offered_to=MAX.id, category="grooming"), MIA) is None


def test_a_case_is_kept_for_those_trained_for_it_until_half_its_clock() -> None:
    case = a_case("P2", category="sextortion")
    assert kept(MAX, case, MAX, MIA, minutes=14) == Kept("skill", after(15))
    assert kept(MIA, case, MAX, MIA, minutes=14) is None
    assert kept(MAX, case, MAX, MIA, minutes=15) is None


def test_with_nobody_trained_there_a_case_is_for_all() -> None:
    assert kept(MAX, a_case("P2", category="sextortion"), MAX) is None


@pytest.mark.parametrize("offered", [None, MIA.id])
def test_danger_now_is_kept_for_nobody(offered: StaffId | None) -> None:
    assert kept(MAX, a_case("P1", category="sextortion", offered_to=offered), MAX, MIA) is None


def test_a_case_whose_clock_was_missed_is_for_all() -> None:
    assert kept(MAX, a_case("P2", offered_to=MIA.id, alerts=1), MAX, MIA) is None


def test_whoever_answers_for_the_desk_may_take_it_at_any_time() -> None:
    assert kept(LENA, a_case("P2", category="sextortion"), MIA, LENA) is None


def test_it_is_not_kept_for_somebody_who_may_not_have_it() -> None:
    case = a_case("P2", category="sextortion", offered_to=MIA.id, not_for=(MIA.id,))
    assert kept(MAX, case, MAX, MIA) is None


def test_nobody_is_waited_for_longer_than_a_quarter_of_an_hour() -> None:
    assert offer_time(timedelta(hours=24)) == timedelta(minutes=15)
    assert offer_time(timedelta(minutes=30)) == timedelta(minutes=7.5)
