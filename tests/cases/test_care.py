"""What a moderator carries, from the moves of cases; when it is too much, and what never waits for that."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.cases.care import (
    IN_A_ROW,
    PER_SHIFT,
    Exposure,
    by_person,
    capped,
    exposure,
    held_by,
    is_heavy,
    may_see_exposure,
    pressing,
)
from bot.model.campaign import Care
from bot.model.held import HeldMove
from bot.model.ids import CaseId, StaffId
from bot.model.staff import StaffView
from tests.cases.given import CLOCKS, NOW, a_case

CARE = Care(in_a_row=3, per_shift=5)
MAX = StaffId(1)
MINUTE = timedelta(minutes=1)
VIEW = StaffView(MAX, ("moderator",), ("KE",), ("sw",))


def at(minutes: float) -> datetime:
    return NOW + minutes * MINUTE


def case(name: str, start: float, end: float, category: str = "self_harm", level: str = "P2") -> list[HeldMove]:
    """Max takes a case, answers it in the middle, and closes it."""
    middle = (start + end) / 2
    return [
        HeldMove(CaseId(name), at(minute), state, level, category, MAX)
        for minute, state in ((start, "claimed"), (middle, "waiting"), (end, "resolved"))
    ]


def day(*cases: list[HeldMove], now: float = 200, rested: float | None = None) -> Exposure:
    moves = [move for one in cases for move in one]
    return exposure(moves, MAX, CARE, at(now), None if rested is None else at(rested))


def heavy(count: int) -> list[list[HeldMove]]:
    return [case(f"h{n}", n * 20, n * 20 + 20) for n in range(count)]


def test_three_heavy_cases_in_a_row_are_enough_for_now() -> None:
    assert [day(*heavy(n)).too_much for n in (2, 3)] == ["", IN_A_ROW]


def test_a_lighter_case_in_between_begins_the_count_anew() -> None:
    told = day(*heavy(2), case("light", 45, 50, "bullying"), case("h9", 60, 70))

    assert (told.in_a_row, told.too_much) == (1, "")


def test_so_does_a_break_but_not_one_that_still_lasts() -> None:
    assert day(*heavy(3), now=80, rested=75).too_much == ""
    assert day(*heavy(3), now=80, rested=90).too_much == IN_A_ROW


def test_in_a_whole_shift_there_is_an_end_breaks_or_not() -> None:
    assert day(*heavy(5), now=120, rested=115).too_much == PER_SHIFT


def test_the_next_day_begins_with_nothing() -> None:
    told = day(*heavy(5), now=24 * 60)

    assert (told.shift.heavy, told.too_much, told.week.heavy) == (0, "", 5)


def test_minutes_are_those_in_which_a_heavy_case_waited_for_her_and_two_at_once_count_once() -> None:
    told = day(case("one", 0, 40), case("two", 10, 30), case("light", 0, 100, "account"), now=101)

    assert (told.shift.heavy, told.shift.cases, told.shift.minutes) == (2, 3, 20)


def test_a_case_that_a_colleague_took_over_counts_until_then_and_one_she_still_has_until_now() -> None:
    moves = case("one", 0, 30)[:2]
    moves.append(HeldMove(CaseId("one"), at(30), "claimed", "P2", "self_harm", StaffId(2)))
    moves.append(HeldMove(CaseId("two"), at(40), "claimed", "P1", "account", MAX))

    one, two = held_by(MAX, moves, CARE, at(60))

    assert (one.ended, two.ended, two.heavy, two.busy) == (at(30), None, True, ((at(40), at(60)),))


@pytest.mark.parametrize(
    ("level", "category", "yes"), [("P1", "account", True), ("P4", "self_harm", True), ("P2", "bullying", False)]
)
def test_heavy_is_what_the_campaign_says_level_or_category(level: str, category: str, yes: bool) -> None:
    assert is_heavy(level, category, CARE) is yes


def test_a_supervisor_lets_her_go_on_for_a_while_and_is_never_kept_out_herself() -> None:
    full, next_one = Exposure(too_much=IN_A_ROW), a_case(category="self_harm")

    assert capped(VIEW, next_one, full, CARE, NOW, None) == IN_A_ROW
    assert capped(VIEW, next_one, full, CARE, NOW, at(1)) == ""
    assert capped(VIEW, next_one, full, CARE, NOW, at(-1)) == IN_A_ROW
    assert capped(VIEW, replace(next_one, category="account"), full, CARE, NOW, None) == ""
    assert capped(replace(VIEW, roles=("supervisor",)), next_one, full, CARE, NOW, None) == ""


@pytest.mark.parametrize(
    ("level", "left", "yes"), [("P2", 16, False), ("P2", 15, True), ("P3", 61, False), ("P3", 60, True)]
)
def test_a_grave_case_presses_when_half_its_time_is_gone_a_lower_one_after_three_quarters(
    level: str, left: int, yes: bool
) -> None:
    assert pressing(a_case(level, due_at=at(left)), NOW, CLOCKS) is yes


def test_what_she_carries_is_seen_by_her_and_who_supervises_her_and_by_nobody_else() -> None:
    def person(number: int, *roles: str, desks: tuple[str, ...] = ("KE",)) -> StaffView:
        return StaffView(StaffId(number), roles, desks, ("sw",))

    seeing = [
        person(1, "moderator"),
        person(2, "supervisor"),
        person(3, "lead"),
        person(4, "deputy"),
    ]
    blind = [
        person(5, "moderator"),
        person(6, "auditor"),
        person(7, "operator", "editor"),
        person(8, "supervisor", desks=("NP",)),
        person(9, "focal_point"),
        replace(person(2, "supervisor"), active=False),
    ]

    assert all(may_see_exposure(who, VIEW) for who in seeing)
    assert not any(may_see_exposure(who, VIEW) for who in blind)


def test_a_busy_week_of_a_large_desk_is_looked_through_once() -> None:
    moves = [m for n in range(40) for m in case(f"c{n}", n, n + 1)]
    moves += [replace(m, case=CaseId(f"o{m.case}"), claimed_by=StaffId(2)) for m in moves[:30]]

    shared = by_person(moves)

    assert {person: len({m.case for m in hers}) for person, hers in shared.items()} == {MAX: 40, StaffId(2): 10}
    assert exposure(shared[MAX], MAX, CARE, at(60)) == exposure(moves, MAX, CARE, at(60))
