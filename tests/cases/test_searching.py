"""A search by coded fields: what is asked must fit, what is not asked does not count."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.cases.searching import Wanted, in_found_order, matches
from bot.model.case import CaseState
from bot.model.ids import StaffId
from tests.cases.given import NOW, a_case

CASE = a_case("P2", pseudonym="Blue Heron", age_band="13_15", outcome="real", claimed_by=StaffId(3))


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"level": "P2", "category": "sextortion", "language": "sw", "state": "new", "age_band": "13_15"},
        {"outcome": "real"},
        {"name": "heron"},
        {"name": " OLD "},
        {"holder": StaffId(3)},
    ],
)
def test_a_case_is_found_by_what_it_is(wanted: dict[str, Any]) -> None:
    assert matches(CASE, Wanted(**wanted))


@pytest.mark.parametrize(
    "wanted",
    [{"level": "P1"}, {"category": "bullying"}, {"state": "resolved"}, {"name": "ol"}, {"holder": StaffId(4)}],
)
def test_and_not_by_what_it_is_not(wanted: dict[str, Any]) -> None:
    assert not matches(CASE, Wanted(**wanted))


def test_the_audit_learns_which_fields_were_asked_and_no_value() -> None:
    assert Wanted(name="Heron", since=date(2026, 1, 1)).asked == ("name", "since")


def test_open_cases_stand_first() -> None:
    closed = a_case(state=CaseState.RESOLVED, opened_at=NOW)

    assert in_found_order([closed, CASE]) == [CASE, closed]
