"""Every step kind does what the flow says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from msgspec import structs

from bot.model.events import Said, Tapped
from bot.model.flow import Ask, Decide, Flow, RunFlow, Say, Starts
from tests.engine.campaign import CAMPAIGN, GROWN, NOBODY, Ana, flow, in_lesson, onboarded, pick, w

LINKED = Starts(link="s7")
TO_QUIZ = (">yes",)
TO_LETTER = (*TO_QUIZ, ">pressure")
TO_APPS = (*TO_LETTER, "b")
TO_PUSHED = (*TO_APPS, "2")
TO_EXTRA = (*TO_PUSHED, ">no")


def test_say_goes_on_and_ask_waits_with_a_button_a_choice() -> None:
    ana = onboarded()
    assert ana.does("/start s7") == ["A story.", "Ready?"]
    assert ana.buttons == ["n00001.yes", "n00001.no"]


def test_a_typed_word_list_or_label_is_as_good_as_a_tap() -> None:
    assert in_lesson(">yes").at == ("lesson", "quiz")
    ana = in_lesson()
    ana.does(Said("yep", word_lists=frozenset({"yes_words"})))
    assert ana.at == ("lesson", "quiz")
    assert in_lesson("  YES!! ").at == ("lesson", "quiz")
    assert in_lesson("ndiyo").at == ("lesson", "quiz")


def test_words_that_fit_no_button_are_asked_again_with_a_way_to_help_then_go_where_the_flow_says() -> None:
    ana = in_lesson()
    assert ana.does("purple") == ["not_understood", "Ready?"]
    assert "!help" in [b.data for row in ana.sent[0].bubble.rows for b in row]
    assert ana.does("purple") == ["Bye."]


def test_a_right_answer_gets_kind_words_and_a_star_for_those_who_may_have_a_profile() -> None:
    ana = in_lesson(*TO_LETTER, profile=GROWN)
    assert ana.chat.profile["stars"] == "1"
    assert in_lesson(">yes", ">love", profile=GROWN).chat.profile.get("stars") is None


def test_under_the_age_of_consent_no_star_outlives_the_lesson() -> None:
    ana = in_lesson(*TO_EXTRA)
    assert "1 star" in ana.does(">ok")[-2:][0]
    assert "stars" not in {**ana.chat.profile, **ana.chat.answers}


def test_a_free_answer_is_kept_and_put_into_texts_once() -> None:
    ana = in_lesson(*TO_LETTER, "{helpline}")
    assert ana.chat.answers["letter"] == "{helpline}"
    assert "20 is a lot, {helpline}." in ana.does("10")


def test_a_number_must_be_a_number_in_its_range() -> None:
    ana = in_lesson(*TO_APPS)
    assert ana.does("many") == ["not_a_number", "How many apps?"]
    assert ana.does("51") == ["not_a_number", "How many apps?"]
    assert ana.does("٣")[0] == "Only 3."


def test_set_counts_and_decide_goes_where_it_points() -> None:
    assert "Only 2." in in_lesson(*TO_APPS).does("2")
    assert "14 is a lot, b." in in_lesson(*TO_APPS).does("7")


def test_run_comes_back_and_handoff_tells_the_truth_about_the_line() -> None:
    ana = in_lesson(*TO_EXTRA)
    assert ana.at == ("extra", "sure")
    assert ana.does(">ok") == ["In line.", "1 star", "Bye."]
    assert [(s.level, s.category, s.source, s.consented) for s in ana.signals] == [("P2", "grooming", "handoff", True)]


def test_nobody_on_duty_is_said_in_the_handoff() -> None:
    ana = in_lesson(*TO_EXTRA)
    ana.desk = NOBODY
    assert "Closed." in ana.does(">ok")


def test_where_no_person_is_offered_the_handoff_gives_helplines() -> None:
    ana = onboarded(desk=structs.replace(NOBODY, persons=False))
    assert ana.does("/talk") == ["hit.helplines_only"]
    assert ana.signals == []


def test_the_end_of_a_lesson_leaves_buttons() -> None:
    ana = in_lesson()
    assert ana.does(">no") == ["Bye."]
    assert ana.buttons == ["!menu", "!help"]


def test_a_turn_sends_at_most_three_bubbles_and_loses_no_words() -> None:
    talk = flow("lesson", *(Say(id=f"s{i}", words=w(f"part {i}")) for i in range(9)), starts=LINKED)
    said = with_flows(talk).does("/start s7")
    assert len(said) == 3
    assert [f"part {i}" for i in range(9)] == " / ".join(said).split(" / ")


def test_flows_that_run_in_a_circle_end_with_words() -> None:
    circle = flow(
        "lesson", Decide(id="a", branches=((None, "b"),)), Say(id="b", words=w("Again"), go="a"), starts=LINKED
    )
    assert with_flows(circle).does("/start s7")
    first = flow("lesson", RunFlow(id="a", flow="extra", go="a"), starts=LINKED)
    second = flow("extra", RunFlow(id="b", flow="lesson", go="b"))
    assert with_flows(first, second).does("/start s7") == ["here"]


@pytest.mark.parametrize("tap", ["n00001.nothing", "zzzzzz.yes", "", "n00001.", ".yes", "!nothing", "n00001.#7"])
def test_a_forged_or_old_button_has_passed_and_the_present_question_is_shown(tap: str) -> None:
    ana = in_lesson(">yes")
    assert ana.does(Tapped(tap))[0] == "passed"
    assert ana.at == ("lesson", "quiz")
    assert ana.does(">love")[0] == "Real love waits."


def test_a_choice_name_too_long_for_a_button_travels_by_its_place() -> None:
    long = "x" * 80
    ana = with_flows(flow("lesson", Ask(id="a", words=w("?"), choices=(pick("no"), pick(long, "done"))), starts=LINKED))
    ana.does("/start s7")
    assert all(len(data.encode()) <= 64 for data in ana.buttons)
    assert ana.does(">#1") == ["here"]


def with_flows(*flows: Flow) -> Ana:
    return onboarded(campaign=replace(CAMPAIGN, flows={**CAMPAIGN.flows, **{f.id: f for f in flows}}))


def test_where_no_person_is_offered_nothing_after_the_handoff_speaks_of_one() -> None:
    ana = onboarded(desk=structs.replace(NOBODY, persons=False))
    tell = Say(id="tell", words=w("Write a few words for the person."), end=True)
    talk = ana.campaign.flows["talk"]
    line = replace(talk.steps["line"], end=False)
    ana.campaign = replace(
        ana.campaign, flows={**ana.campaign.flows, "talk": replace(talk, steps={"line": line, "tell": tell})}
    )
    assert ana.does("/talk") == ["hit.helplines_only"]
