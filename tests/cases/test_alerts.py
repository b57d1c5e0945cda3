"""Who is called when a case waits too long, in which order, and who stops the calling."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.cases.alerts import CHAIN, DRILL, after_missed, rings_due
from bot.cases.duty import Duty
from bot.model.case import Case, CaseState
from bot.model.ids import StaffId
from bot.model.pages import Page, Ring
from tests.cases.given import CLOCKS, NOW, a_case

ALL = frozenset(Ring)


def after(**length: float) -> datetime:
    return NOW + timedelta(**length)


def called(
    case: Case, *rings: Ring, at: datetime = NOW, answered: datetime | None = None, over: bool = False
) -> list[Page]:
    return [Page(case.id, StaffId(number), ring, at, answered, over) for number, ring in enumerate(rings, 1)]


def test_each_missed_clock_of_danger_now_calls_wider_while_the_desk_is_open() -> None:
    case, pages, told = a_case("P1"), [], []
    for alerts, minutes in ((0, 0), (1, 5), (2, 10), (3, 15)):
        # Everybody answers nothing; only what the clock itself calls is looked at here.
        due = rings_due(replace(case, alerts=alerts), pages, ALL, after(minutes=minutes), on_duty=True)
        told.append((minutes, due))
        pages += called(case, *due, at=after(minutes=minutes))
    assert told == [(0, ()), (5, (Ring.ON_CALL,)), (10, (Ring.DEPUTY, Ring.LEAD)), (15, (Ring.NEIGHBOUR,))]


def test_the_lead_is_called_for_danger_now_at_ten_minutes_whoever_answered_nothing_before() -> None:
    case = a_case("P1", alerts=2)
    assert Ring.LEAD in rings_due(case, called(case, Ring.ON_CALL, Ring.DEPUTY), ALL, after(minutes=10), on_duty=True)


@pytest.mark.parametrize("facts", [("P1", "bullying"), ("P2", "sextortion"), ("P2", "self_harm")])
def test_danger_sextortion_and_self_injury_call_at_once_at_any_hour(facts: tuple[str, str]) -> None:
    assert rings_due(a_case(facts[0], category=facts[1]), [], ALL, NOW, on_duty=False) == (Ring.ON_CALL,)


@pytest.mark.parametrize("facts", [("P2", "grooming"), ("P3", "self_harm"), ("P4", "health")])
def test_other_cases_wake_nobody_while_the_desk_is_closed(facts: tuple[str, str]) -> None:
    case = a_case(facts[0], category=facts[1], alerts=5)
    assert rings_due(case, [], ALL, after(hours=9), on_duty=False) == ()


def test_whoever_is_on_call_and_does_not_answer_is_followed_by_the_next() -> None:
    case, pages = a_case("P1"), []
    for minutes, ring in ((0, Ring.ON_CALL), (3, Ring.DEPUTY), (6, Ring.LEAD), (9, Ring.NEIGHBOUR)):
        assert rings_due(case, pages, ALL, after(minutes=minutes - 0.1), on_duty=False) == (() if minutes else (ring,))
        assert rings_due(case, pages, ALL, after(minutes=minutes), on_duty=False) == (ring,)
        pages += called(case, ring, at=after(minutes=minutes))
    assert rings_due(case, pages, ALL, after(minutes=20), on_duty=False) == ()


def test_where_there_is_nobody_the_next_one_is_called_instead() -> None:
    case = a_case("P1")
    assert rings_due(case, [], {Ring.LEAD}, NOW, on_duty=False) == (Ring.LEAD,)
    assert rings_due(case, [], {Ring.NEIGHBOUR}, NOW, on_duty=False) == (Ring.NEIGHBOUR,)
    assert rings_due(case, [], (), NOW, on_duty=False) == ()


def test_i_have_it_stops_the_calling_for_a_while() -> None:
    case = a_case("P1", alerts=1)
    pages = called(case, Ring.ON_CALL, answered=after(minutes=1))
    assert rings_due(case, pages, ALL, after(minutes=9), on_duty=False) == ()
    assert rings_due(case, pages, ALL, after(minutes=11), on_duty=False) == (Ring.DEPUTY,)


def test_a_case_that_somebody_took_calls_nobody_and_begins_anew_when_it_comes_back() -> None:
    case = a_case("P1")
    assert rings_due(replace(case, state=CaseState.CLAIMED), [], ALL, NOW, on_duty=False) == ()
    pages = called(case, *CHAIN, answered=NOW, over=True)
    assert rings_due(case, pages, ALL, after(minutes=1), on_duty=False) == (Ring.ON_CALL,)


def test_a_girl_whose_helper_does_not_answer_is_told_to_whoever_is_on_call() -> None:
    held = a_case("P1", state=CaseState.CLAIMED, claimed_by=StaffId(5), alerts=1)
    assert rings_due(held, [], ALL, NOW, on_duty=True) == (Ring.ON_CALL,)
    assert rings_due(replace(held, state=CaseState.WAITING), [], ALL, NOW, on_duty=True) == ()


def test_after_half_an_hour_without_anybody_danger_now_calls_all_of_them_again() -> None:
    case = a_case("P1", alerts=6)
    pages = called(case, *CHAIN)
    assert rings_due(case, pages, ALL, after(minutes=29), on_duty=False) == ()
    assert rings_due(case, pages, ALL, after(minutes=30), on_duty=False) == CHAIN


@pytest.mark.parametrize("on_duty", [True, False])
def test_a_complaint_about_our_own_people_calls_its_focal_point_and_nobody_else(on_duty: bool) -> None:
    case = a_case("P1", category="staff_conduct", alerts=3)
    assert rings_due(case, [], ALL, NOW, on_duty=on_duty) == (Ring.FOCAL,)
    assert rings_due(case, [], ALL - {Ring.FOCAL}, NOW, on_duty=on_duty) == ()


def test_a_drill_calls_at_once_also_while_the_desk_is_open() -> None:
    assert rings_due(a_case("P1", source=DRILL), [], ALL, NOW, on_duty=True) == (Ring.ON_CALL,)


def test_a_case_the_desk_may_not_see_yet_calls_nobody() -> None:
    assert rings_due(a_case("P1", shown_at=None), [], ALL, NOW, on_duty=False) == ()


def test_a_missed_clock_counts_starts_again_and_ends_what_was_kept_for_somebody() -> None:
    missed = after_missed(a_case("P2", offered_to=StaffId(4)), Duty(True, None), NOW, CLOCKS)
    assert (missed.alerts, missed.due_at, missed.offered_to) == (1, after(minutes=30), None)


def test_while_the_desk_is_closed_the_next_alert_waits_for_its_opening_but_never_for_danger_now() -> None:
    closed = Duty(False, after(hours=8))
    assert after_missed(a_case("P3"), closed, NOW, CLOCKS).due_at == after(hours=8)
    assert after_missed(a_case("P1"), closed, NOW, CLOCKS).due_at == after(minutes=5)
    assert after_missed(a_case("P2", category="self_harm"), closed, NOW, CLOCKS).due_at == after(minutes=30)
    assert after_missed(a_case("P3"), Duty(False, None), NOW, CLOCKS).due_at == after(hours=4)
