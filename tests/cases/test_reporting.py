"""The duty to report: when its clock starts, who settles it, when the lead is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.cases.reporting import MISSED, SOON, must_settle, settles, started, telling, with_clock
from bot.model.campaign import Campaign, Country, DutyToReport, Source
from bot.model.case import CaseState
from tests.cases.given import NOW, a_case

HOUR = timedelta(hours=1)
DUTY = DutyToReport(("sexual_abuse", "P1"), "the police", 24 * HOUR, Source("the act"))
COUNTRIES = {code: Country(code, code, "UTC", duty=duty) for code, duty in (("KH", DUTY), ("KE", None))}
CAMPAIGN = Campaign("test", ("en",), {}, COUNTRIES, (), (), (), {})


def clocked(level: str, category: str, **more: Any) -> bool:
    given = {"category": category, "country": "KH", "desk": "KH", **more}
    return with_clock(a_case(level, **given), CAMPAIGN, NOW).report_by == NOW + 24 * HOUR


@pytest.mark.parametrize(("level", "category"), [("P2", "sexual_abuse"), ("P1", "sexual_abuse"), ("P1", "self_harm")])
def test_a_grave_case_with_a_trigger_starts_the_clock_at_once(level: str, category: str) -> None:
    assert clocked(level, category)


@pytest.mark.parametrize(
    ("level", "category", "more"),
    [
        ("P3", "sexual_abuse", {}),
        ("P2", "bullying", {}),
        ("P1", "sexual_abuse", {"country": "KE", "desk": "KE"}),
        ("P1", "sexual_abuse", {"source": "drill"}),
        ("P1", "sexual_abuse", {"state": CaseState.RESOLVED}),
    ],
)
def test_lower_other_closed_and_drill_cases_and_countries_without_the_duty_do_not(
    level: str, category: str, more: dict[str, Any]
) -> None:
    assert not clocked(level, category, **more)


def test_a_girl_whose_country_has_no_desk_comes_under_the_law_of_the_desk_that_has_her_case() -> None:
    assert clocked("P2", "sexual_abuse", country="unsaid")


def test_a_clock_that_runs_is_not_started_again_nor_stopped_by_a_lower_level() -> None:
    runs = a_case("P2", category="sexual_abuse", country="KH", report_by=NOW + HOUR)

    assert started(runs, DUTY, NOW).report_by == NOW + HOUR
    assert must_settle(replace(runs, category="bullying"))


@pytest.mark.parametrize(
    ("state", "open_"), [("", True), ("asked", True), ("reported", False), ("not_reported", False)]
)
def test_a_duty_is_open_until_it_is_reported_or_two_people_settled_it(state: str, open_: bool) -> None:
    assert must_settle(a_case(report_by=NOW, report=state)) is open_


@pytest.mark.parametrize(
    ("roles", "decides", "yes"),
    [
        (("lead",), "lead", True),
        (("deputy",), "lead", False),
        (("supervisor", "deputy"), "deputy", True),
        (("supervisor",), "supervisor", True),
        (("moderator",), "supervisor", False),
        (("focal_point",), "lead", True),
    ],
)
def test_the_role_that_the_country_names_decides_or_one_above_it(
    roles: tuple[str, ...], decides: str, yes: bool
) -> None:
    assert settles(roles, replace(DUTY, decides=decides)) is yes


@pytest.mark.parametrize(
    ("left", "told", "now"), [(7, 0, 0), (6, 0, SOON), (6, SOON, 0), (0, SOON, MISSED), (-9, 2, 0)]
)
def test_the_lead_is_told_once_in_the_last_quarter_and_once_when_it_is_missed(left: int, told: int, now: int) -> None:
    assert telling(a_case(report_by=NOW + left * HOUR, report_told=told), DUTY, NOW) == now
