"""A simulated week keeps the clocks of the rules when the desk has 1.2 times the people it needs. Five weeks: `make desk-week`."""

from __future__ import annotations

from datetime import timedelta

from tests.desk import week_with_caps
from tests.desk.week import simulate, staffed_time
from tests.desk.week_world import MONDAY


def test_with_a_fifth_more_people_than_needed_every_clock_of_the_rules_is_kept() -> None:
    result = simulate([1])
    print(result.text())
    assert result.good, result.text()
    assert 1.1 < result.capacity < 1.35


def test_a_cap_on_heavy_cases_costs_no_girl_her_clock() -> None:
    result = week_with_caps.simulate([1])
    print(result.text())
    assert result.good, result.text()


def test_with_too_few_people_danger_now_still_comes_first_and_the_rest_is_late() -> None:
    result = simulate([2], margin=0.7)
    print(result.text())
    assert result.p2 < 0.95
    assert result.p1 >= 0.95


def test_a_wait_counts_while_the_desk_is_open() -> None:
    evening, morning = MONDAY + timedelta(hours=21), MONDAY + timedelta(hours=33)
    assert staffed_time(evening, morning) == timedelta(hours=2)
