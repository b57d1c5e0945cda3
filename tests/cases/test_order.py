"""In which order cases wait: level, then time; nothing starves; doubtful low ones below all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.cases.order import AGEING, in_order, rank
from bot.model.case import Case
from bot.model.ids import CaseId
from tests.cases.given import NOW, a_case


def waiting(name: str, level: str, hours: float = 0, **changes: object) -> Case:
    since = NOW - timedelta(hours=hours)
    return replace(a_case(level, opened_at=since, shown_at=since, **changes), id=CaseId(name))


def names(*cases: Case) -> list[str]:
    return [case.id for case in in_order(cases, NOW)]


def test_the_graver_case_comes_first_and_among_equals_who_waits_longest() -> None:
    assert names(waiting("low", "P4", 5), waiting("new", "P2"), waiting("old", "P2", 1), waiting("now", "P1")) == [
        "now", "old", "new", "low",
    ]  # fmt: skip


def test_a_low_case_rises_while_it_waits_but_never_before_danger_now() -> None:
    assert names(waiting("fresh", "P2", 1), waiting("old", "P4", 17)) == ["old", "fresh"]
    assert names(waiting("old", "P4", 500), waiting("now", "P1")) == ["now", "old"]


@pytest.mark.parametrize("level", ["P3", "P4"])
def test_after_three_pranks_a_low_case_waits_below_all_others_and_still_rises(level: str) -> None:
    assert names(waiting("doubtful", level, 7, doubtful=True), waiting("low", "P4")) == ["low", "doubtful"]
    assert names(waiting("doubtful", level, 9, doubtful=True), waiting("low", "P4")) == ["doubtful", "low"]
    assert rank(waiting("doubtful", level, 100, doubtful=True), NOW) == 2


@pytest.mark.parametrize("level", ["P1", "P2"])
def test_danger_and_serious_cases_are_never_put_below_whoever_sends_them(level: str) -> None:
    assert rank(waiting("any", level, doubtful=True), NOW) == rank(waiting("any", level), NOW)


def test_a_case_waits_from_when_the_desk_could_see_it() -> None:
    hidden = waiting("hidden", "P3", 10)
    shown_late = replace(hidden, shown_at=NOW)
    assert rank(hidden, NOW) == 2
    assert rank(shown_late, NOW) == 3
    assert timedelta(hours=8) == AGEING
