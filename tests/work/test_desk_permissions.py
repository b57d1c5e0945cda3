"""Who may do what with whose case. Ana writes, Max moderates her group, Olga another, Sam is a stranger."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.cases.permissions import ACTIONS, DESK_ROLES, may
from bot.model.case import Case, CaseState
from bot.model.ids import StaffId
from bot.model.levels import Level
from bot.model.staff import ROLES, StaffView
from tests.work.desk_room import NOON, a_case

MAX = StaffView(StaffId(1), ("moderator",), ("KE",), ("sw", "en"))
OLGA = StaffView(StaffId(2), ("moderator",), ("NP",), ("ne", "en"))
SAM = StaffView(StaffId(3), (), (), ())
ANA = StaffView(
    StaffId(0), (), ("KE",), ("sw",)
)  # she has no account: even with her country and language she is nobody
LENA = StaffView(StaffId(4), ("lead",), ("KE",), ("en",))
FOCAL = StaffView(StaffId(5), ("focal_point",), ("NL",), ("en",))

IN_LINE = a_case("one", NOON)
WITH_MAX = replace(IN_LINE, state=CaseState.CLAIMED, claimed_by=MAX.id, claimed_until=NOON + timedelta(minutes=10))
CLOSED = replace(WITH_MAX, state=CaseState.RESOLVED, closed_at=NOON)


def allowed(who: StaffView, case: Case) -> set[str]:
    return {action for action in ACTIONS if may(who, action, case, NOON)}


def test_in_line_the_moderator_of_her_group_sees_the_line_and_may_claim_and_no_more() -> None:
    assert allowed(MAX, IN_LINE) == {"line", "claim", "step_aside"}
    assert [allowed(who, IN_LINE) for who in (OLGA, SAM, ANA)] == [set(), set(), set()]


def test_with_max_only_he_answers_and_the_lead_watches() -> None:
    assert allowed(MAX, WITH_MAX) >= {
        "look",
        "reply",
        "release",
        "resolve",
        "refer",
        "raise_level",
        "note",
        "ask_lower",
    }
    assert allowed(LENA, WITH_MAX) >= {"look", "take_over", "release", "note", "raise_level"}
    assert not allowed(LENA, WITH_MAX) & {"reply", "resolve", "refer", "renew"}
    assert [allowed(who, WITH_MAX) for who in (OLGA, SAM, ANA)] == [set(), set(), set()]


def test_a_closed_case_is_a_coded_line_for_him_and_open_to_his_lead() -> None:
    assert allowed(MAX, CLOSED) == {"closed_line", "follow_up"}
    assert allowed(LENA, CLOSED) == {"closed_line", "look_closed", "reopen", "agree_identity", "follow_up"}
    assert [allowed(who, CLOSED) for who in (OLGA, SAM, ANA)] == [set(), set(), set()]


def test_a_moderator_never_reads_a_case_of_a_colleague_on_the_same_desk() -> None:
    mona = replace(MAX, id=StaffId(9))

    assert allowed(mona, WITH_MAX) == {"line", "step_aside"}


def test_a_complaint_about_staff_is_seen_by_a_focal_point_outside_the_country_only() -> None:
    complaint = replace(IN_LINE, category="staff_conduct", desk="focal")
    her_own_country = replace(FOCAL, desks=("KE",))

    assert "look" in allowed(FOCAL, complaint)
    assert [allowed(who, complaint) for who in (MAX, OLGA, LENA, SAM, ANA, her_own_country)] == [set()] * 6
    assert allowed(FOCAL, IN_LINE) == set()


def test_a_case_that_turns_into_a_complaint_is_taken_from_the_eyes_of_who_held_it() -> None:
    assert allowed(MAX, replace(WITH_MAX, category="staff_conduct")) == set()
    assert "take_over" in allowed(FOCAL, replace(WITH_MAX, category="staff_conduct"))


def test_one_who_left_sees_nothing() -> None:
    assert allowed(replace(MAX, active=False), WITH_MAX) == set()


def test_who_may_not_have_it_does_not_see_it() -> None:
    assert allowed(MAX, replace(IN_LINE, not_for=(MAX.id,))) == set()


@pytest.mark.parametrize("case", [replace(IN_LINE, shown_at=None), replace(CLOSED, state=CaseState.SHREDDED)])
def test_a_hidden_or_shredded_case_is_nobodys(case: Case) -> None:
    assert all(allowed(who, case) == set() for who in (MAX, OLGA, SAM, ANA, LENA, FOCAL))


def test_lowering_needs_a_second_person() -> None:
    asked = replace(WITH_MAX, lower_to=Level.P3, lower_by=LENA.id)

    assert not may(LENA, "lower_level", asked, NOON)
    assert may(replace(LENA, id=StaffId(8)), "lower_level", asked, NOON)
    assert not may(LENA, "lower_level", WITH_MAX, NOON)


@pytest.mark.parametrize("role", sorted(set(ROLES) - DESK_ROLES))
def test_roles_without_a_desk_reach_no_case(role: str) -> None:
    person = StaffView(MAX.id, (role,), ("KE", "focal", "ZZ"), ("sw", "en"))

    assert all(allowed(person, case) == set() for case in (IN_LINE, WITH_MAX, CLOSED))


def test_an_unknown_action_is_refused() -> None:
    assert not may(LENA, "read_everything", WITH_MAX, NOON)


def test_a_colleague_asked_for_a_second_opinion_reads_and_leaves_notes_and_no_more() -> None:
    nia = replace(MAX, id=StaffId(9))

    assert allowed(nia, replace(WITH_MAX, also=(nia.id,))) == {"line", "step_aside", "look", "note"}
