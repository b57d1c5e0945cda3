"""What follows a worrying message, by level, before and after her yes to begin: the only table of the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from msgspec import structs

from bot.model.assessment import Assessment, Evidence
from bot.model.events import Commanded, Said, SentMedia, TimerRang, Unreadable
from bot.model.levels import Level
from tests.engine.campaign import GROWN, NOBODY, ONBOARDED, Ana, heard, in_lesson, onboarded, worrying
from tests.engine.states import mid_quiz, plea_first, stranger

REFUSED = {**ONBOARDED, "opted_in": "no"}


@pytest.mark.parametrize("profile", [{}, REFUSED, ONBOARDED])
def test_p1_is_signalled_at_once_before_and_after_her_yes(profile: dict[str, str]) -> None:
    ana = Ana()
    ana.chat = structs.replace(ana.chat, profile=profile)
    said = ana.does(worrying("P1"))
    assert said == ["Thank you. Go to people.", "Are you safe?", "hit.p1.after / hit.in_line / safe_word"]
    assert [(s.level, s.shown, s.source, s.rules) for s in ana.signals] == [
        ("P1", True, "text", ("en.sextortion.made_up",))
    ]


def test_p2_after_her_yes_is_signalled_at_once() -> None:
    ana = onboarded()
    assert ana.does(worrying("P2"))[-1] == "hit.p2.after / hit.in_line / safe_word"
    assert [s.level for s in ana.signals] == ["P2"]


@pytest.mark.parametrize("profile", [{}, REFUSED])
def test_p2_before_her_yes_waits_for_her_word(profile: dict[str, str]) -> None:
    ana = Ana()
    ana.chat = structs.replace(ana.chat, profile=profile)
    assert ana.does(worrying("P2"))[-1] == "hit.p2.consent / safe_word"
    assert ana.signals == []
    assert ana.buttons == ["!person", "!fine"]
    assert ana.does("!person") == ["read_yes / hit.in_line / safe_word"]
    assert [(s.level, s.category, s.consented, s.rules) for s in ana.signals] == [
        ("P2", "sextortion", True, ("en.sextortion.made_up",))
    ]


def test_a_country_may_open_p2_before_her_yes() -> None:
    ana = Ana()
    ana.chat = structs.replace(ana.chat, profile={**GROWN, "opted_in": "no"})
    ana.does(worrying("P2"))
    assert [s.level for s in ana.signals] == ["P2"]


def test_p2_and_no_keeps_nothing() -> None:
    ana = stranger()
    ana.does(worrying("P2"))
    assert ana.does("!fine") == ["fine.nothing / safe_word"]
    assert (ana.signals, ana.says, ana.chat.offered) == ([], [], None)


def test_p3_is_hidden_until_she_says_yes_or_ten_minutes_pass() -> None:
    ana = onboarded()
    assert ana.does(worrying("P3", "bullying")) == ["Thank you for writing. {helpline}", "hit.p3.ask / safe_word"]
    assert [(s.level, s.shown) for s in ana.signals] == [("P3", False)]
    assert ana.timers == {"p3_shown": ana.now + timedelta(minutes=10)}
    ana.case("P3", shown=False)
    assert ana.does("!read_yes")[0].startswith("read_yes")
    assert ana.says == ["yes"]


def test_p3_and_fine_shreds() -> None:
    ana = onboarded()
    ana.does(worrying("P3"))
    assert ana.case("P3", shown=False).does("!fine") == ["fine.gone / safe_word"]
    assert ana.says == ["no"]


def test_ten_minutes_of_silence_show_a_p3_without_a_word_to_her() -> None:
    ana = onboarded()
    ana.does(worrying("P3"))
    assert ana.case("P3", shown=False).does(TimerRang("p3_shown")) == []
    assert ana.says == ["too_late"]


@pytest.mark.parametrize("level", ["P1", "P2"])
def test_fine_does_not_close_what_is_serious(level: str) -> None:
    ana = onboarded()
    ana.does(worrying(level))
    assert ana.case(level).does("!fine") == ["fine.stays / safe_word"]
    assert ana.says == ["no"]


def test_p4_is_a_lesson_and_an_offer() -> None:
    ana = onboarded()
    assert ana.does(worrying("P4", "health"))[-1] == "hit.p4.offer / safe_word"
    assert ana.signals == []
    ana.does("!person")
    assert [(s.level, s.category) for s in ana.signals] == [("P4", "health")]


def test_nobody_on_duty_is_said_plainly_with_numbers() -> None:
    ana = onboarded(desk=NOBODY)
    assert "hit.closed" in ana.does(worrying("P1"))[-1]
    ana.desk = structs.replace(NOBODY, opens_at=None)
    assert "hit.closed_no_time" in ana.does(worrying("P1", "grooming"))[-1]


@pytest.mark.parametrize(("level", "signals"), [("P1", 1), ("P2", 1), ("P3", 0), ("P4", 0)])
def test_where_no_person_is_offered_she_gets_helplines(level: str, signals: int) -> None:
    ana = onboarded(desk=structs.replace(NOBODY, persons=False))
    assert "hit.helplines_only" in ana.does(worrying(level))[-1]
    assert len(ana.signals) == signals
    assert not {"!person", "!read_yes"} & set(ana.buttons)


def test_a_tap_with_a_signal_counts_like_text() -> None:
    typed = in_lesson(">yes", ">pressure", "b", "2")
    tapped = in_lesson(">yes", ">pressure", "b", "2")
    assert tapped.does(">yes") == typed.does(worrying("P2", "grooming"))
    assert [s.level for s in tapped.signals] == ["P2"]
    assert tapped.signals[0].source == "tap"


def test_a_tap_within_the_help_words_goes_on_with_them_and_a_rise_is_signalled() -> None:
    ana = onboarded()
    ana.does(worrying("P2"))
    said = ana.case("P2").does(">no")
    assert said == ["{helpline}", "hit.p1.after / hit.in_line / safe_word"]
    assert [s.level for s in ana.signals] == ["P1"]


def test_by_taps_alone_she_gets_from_help_to_a_person() -> None:
    ana = stranger()
    ana.does("/help")
    ana.does(">now")
    assert [s.level for s in ana.signals] == ["P1"]


def test_the_same_worry_again_joins_without_the_whole_speech() -> None:
    ana = onboarded()
    ana.does(worrying("P2"))
    assert ana.case("P2").does(worrying("P2")) == ["hit.again / status.new"]
    assert [s.level for s in ana.signals] == ["P2"]
    assert ana.does(worrying("P1"))[0] == "Thank you. Go to people."


def test_a_first_message_that_is_a_plea_gets_help_before_any_question_and_she_can_go_on() -> None:
    ana = plea_first()
    assert ana.does("!go_on") == ["Which language?"]


def test_never_straight_back_into_the_same_topic() -> None:
    ana = mid_quiz()
    ana.does(worrying("P4", "health"))
    assert ana.does("!go_on") == ["Love or pressure?"]
    sensitive = mid_quiz()
    lesson = replace(sensitive.campaign.flows["lesson"], sensitive=True)
    sensitive.campaign = replace(sensitive.campaign, flows={**sensitive.campaign.flows, "lesson": lesson})
    sensitive.does(worrying("P4", "health"))
    assert sensitive.does("!go_on") == ["Stories"]


def test_careful_leaves_the_choice_to_her_and_has_no_quiz() -> None:
    ana = mid_quiz()
    ana.does(worrying("P3", "bullying"))
    assert ana.does("hm") == ["careful.here / careful.choose"]
    assert ana.buttons == ["!help", "!rest", "!go_on", "!else"]
    assert ana.does(">pressure")[0] == "passed"


def test_a_caption_an_edit_and_an_unreadable_message_are_judged_like_text() -> None:
    for what, source in [
        (SentMedia("photo", "made up", heard("P1")), "media"),
        (structs.replace(worrying("P1"), edited=True), "edit"),
        (Unreadable(heard("P1")), "text"),
    ]:
        ana = mid_quiz()
        assert ana.does(what)[0] == "Thank you. Go to people."
        assert [s.source for s in ana.signals] == [source]
    assert mid_quiz().does(Unreadable()) == ["failed"]


def test_a_situation_that_is_heard_has_words_of_its_own() -> None:
    ana = onboarded()
    said = ana.does(
        Said("made up", heard=Assessment(Level.P2, "sextortion", (Evidence("sw.sextortion.outing", 0, 4),)))
    )
    assert said[0] == "Whom you love is yours to tell."


def test_a_situation_that_is_tapped_has_words_of_its_own_even_after_those_of_its_category() -> None:
    ana = onboarded()
    ana.does(worrying("P2"))
    ana.does(Commanded("help"))
    assert ana.does("outing")[0] == "Whom you love is yours to tell."


def test_a_rule_of_another_category_does_not_choose_the_words() -> None:
    ana = onboarded()
    found = (Evidence("en.sextortion.outing", 0, 4), Evidence("en.self_harm.wish", 5, 9))
    assert ana.does(Said("made up", heard=Assessment(Level.P1, "self_harm", found)))[0].startswith("Thank you for")
