"""What a sign or a word of hers does to her case."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.cases.decide import three_make_two
from bot.model.case import CaseState
from bot.model.effects import Effect, SheSays
from bot.model.ids import StaffId
from bot.model.levels import CATEGORIES, Level
from tests.cases.given import CLOCKS, NOW, a_case, after, decided, sign

MAX = StaffId(1)
LEVELS = tuple(level.value for level in Level)
WORDS = ("yes", "no", "too_late", "withdraw", "another_helper", "opened")


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("shown", [True, False])
@pytest.mark.parametrize("consented", [True, False])
def test_a_sign_opens_a_case_with_the_clock_of_its_level(level: str, shown: bool, consented: bool) -> None:
    made = decided(None, sign(level, shown=shown, consented=consented))
    case = made.case
    assert (made.step, made.adds_words, made.shred) == ("opened", True, False)
    assert (case.id, case.level, case.state, case.consented) == ("fresh", level, CaseState.NEW, consented)
    assert case.shown_at == (NOW if shown else None)
    assert case.due_at == (NOW + CLOCKS.by_level[Level(level)] if shown else None)


@pytest.mark.parametrize("before", LEVELS)
@pytest.mark.parametrize("sent", LEVELS)
def test_a_second_sign_joins_the_open_case_and_may_raise_it(before: str, sent: str) -> None:
    later = NOW + timedelta(minutes=1)
    made = decided(a_case(before), sign(sent, "grooming"), now=later)
    higher = sent < before
    assert made.case.id == "old" and made.case.level == min(before, sent)
    assert made.step == ("raised" if higher else "joined")
    assert made.case.category == ("grooming" if higher else "sextortion")
    assert made.case.rules == ("r1", f"rule.{sent}")
    assert made.case.due_at is not None and made.case.due_at <= NOW + CLOCKS.by_level[Level(before)]


@pytest.mark.parametrize("state", [CaseState.RESOLVED, CaseState.REFERRED, CaseState.SHREDDED])
def test_after_a_closed_case_a_sign_opens_a_new_one(state: CaseState) -> None:
    assert decided(a_case(state=state), sign("P2")).case.id == "fresh"
    assert after(a_case(state=state), "no", wrote=True) is None


@pytest.mark.parametrize("level", ["P1", "P2"])
def test_i_am_fine_changes_nothing_but_a_mark_when_it_is_serious(level: str) -> None:
    made = decided(a_case(level), "no")
    assert made.case.open and made.case.says_no and not made.shred


@pytest.mark.parametrize("level", ["P3", "P4"])
def test_i_am_fine_shreds_the_words_of_a_lesser_case_and_leaves_a_coded_row(level: str) -> None:
    made = decided(a_case(level, shown_at=None, due_at=None), "no")
    assert (made.case.state, made.shred, made.adds_words) == (CaseState.SHREDDED, True, False)


@pytest.mark.parametrize("word", ["yes", "too_late"])
def test_yes_or_ten_minutes_of_silence_show_a_hidden_case_and_start_its_clock(word: str) -> None:
    made = decided(a_case("P3", shown_at=None, due_at=None), word)
    assert made.case.shown_at == NOW and made.case.due_at == NOW + timedelta(hours=4)
    assert made.case.consented is (word == "yes")


def test_yes_to_a_case_that_a_person_has_starts_no_clock() -> None:
    held = a_case("P3", state=CaseState.CLAIMED, claimed_by=MAX, due_at=None)
    assert decided(held, "yes").case.due_at is None


def test_another_helper_puts_it_back_in_line_and_not_to_the_same_person() -> None:
    held = a_case(state=CaseState.CLAIMED, claimed_by=MAX, claimed_until=NOW, due_at=None)
    case = decided(held, "another_helper").case
    assert (case.state, case.claimed_by, case.not_for, case.another_helper) == (CaseState.NEW, None, (MAX,), True)
    assert case.due_at == NOW + timedelta(minutes=30)


def test_asking_for_another_helper_in_line_does_not_make_her_wait_longer() -> None:
    soon = NOW + timedelta(minutes=2)
    assert decided(a_case(due_at=soon), "another_helper").case.due_at == soon


def test_opening_a_reply_changes_no_case() -> None:
    assert after(a_case(), "opened") is None


def test_what_she_writes_joins_her_open_case_and_wakes_a_waiting_one() -> None:
    made = decided(a_case(state=CaseState.WAITING, claimed_by=MAX, blocked=True), wrote=True)
    assert (made.case.state, made.case.claimed_by, made.adds_words) == (CaseState.CLAIMED, MAX, True)
    assert not made.case.blocked
    assert after(None, wrote=True) is None


@pytest.mark.parametrize("level", LEVELS)
def test_a_complaint_about_our_people_is_serious_and_never_on_the_countrys_desk(level: str) -> None:
    case = decided(None, sign(level, "staff_conduct", shown=False)).case
    assert case.desk == "focal" and case.level <= "P2"
    assert (case.shown_at is not None) or level < "P3"


def test_a_case_that_turns_into_a_complaint_leaves_the_hands_it_is_in() -> None:
    held = a_case("P1", state=CaseState.CLAIMED, claimed_by=MAX, claimed_until=NOW, due_at=None)
    case = decided(held, sign("P2", "staff_conduct")).case
    assert (case.desk, case.category, case.level) == ("focal", "staff_conduct", "P1")
    assert (case.state, case.claimed_by) == (CaseState.NEW, None)
    assert case.due_at == NOW + timedelta(minutes=5)
    assert decided(case, sign("P1", "self_harm")).case.category == "staff_conduct"


def test_three_worrying_cases_in_two_weeks_make_a_serious_one() -> None:
    assert [three_make_two(Level.P3, n) for n in range(4)] == ["P3", "P3", "P2", "P2"]
    assert [three_make_two(Level(level), 5) for level in LEVELS] == ["P1", "P2", "P2", "P4"]


signs = some.builds(sign, some.sampled_from(LEVELS), some.sampled_from(CATEGORIES), shown=some.booleans())
words = some.builds(SheSays, some.sampled_from(WORDS))


@given(some.lists(some.tuples(some.one_of(signs, words), some.booleans()), max_size=12))
def test_no_signs_and_no_words_of_hers_ever_lower_a_level(events: list[tuple[Effect, bool]]) -> None:
    case, now = None, NOW
    for event, wrote in events:
        now += timedelta(minutes=1)
        made = after(case, event, now=now, wrote=wrote)
        if made is None:
            continue
        if case is not None and case.open:
            assert made.case.id == case.id and made.case.level <= case.level
            assert not (case.desk == "focal" and made.case.desk != "focal")
            assert case.shown_at is None or made.case.shown_at == case.shown_at
            assert made.case.open or case.level in ("P3", "P4"), "only a person closes a serious case"
        # A case that is shown and in nobody's hands always has a clock.
        if made.case.open and made.case.shown_at is not None and made.case.claimed_by is None:
            assert made.case.due_at is not None
        case = made.case


def test_a_danger_of_another_kind_in_a_p1_case_is_alerted_once() -> None:
    case = decided(a_case("P1", rules=("en.sextortion.x",)), sign("P1", "self_harm")).case
    assert case.alerts == 1
    known = a_case("P1", rules=("en.self_harm.x",))
    assert decided(known, sign("P1", "self_harm")).case.alerts == 0


def test_a_long_wait_is_alerted_and_a_wish_for_a_person_ends_the_withdrawal() -> None:
    assert decided(a_case("P2", state=CaseState.CLAIMED, claimed_by=MAX), "no_answer").case.alerts == 1
    assert not decided(a_case("P2", withdrawn=True), sign("P2", consented=True)).case.withdrawn
    assert decided(a_case("P2", withdrawn=True), sign("P2")).case.withdrawn
