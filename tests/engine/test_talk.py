"""From every question of a story a tap leads to a person."""

from __future__ import annotations

from dataclasses import replace

from bot.model.events import DeskView
from bot.model.flow import MOST_BUTTONS, Ask, Choice, Flow, Step
from tests.engine.campaign import CAMPAIGN, ON_DUTY, Ana, in_lesson, pick, w

LESSON = CAMPAIGN.flows["lesson"]


def with_lesson(lesson: Flow) -> Ana:
    ana = Ana(campaign=replace(CAMPAIGN, flows={**CAMPAIGN.flows, "lesson": replace(lesson, talk=True)}))
    ana.chat = in_lesson().chat
    return ana


def asking(*choices: Choice, **steps: Step) -> list[str]:
    """Return what the buttons of a question with these choices carry."""
    ask = Ask(id="ready", words=w("Ready?"), choices=choices)
    ana = with_lesson(replace(LESSON, steps={"ready": ask, **steps}))
    ana.does("/start s7")
    return [data.partition(".")[2] or data for data in ana.buttons]


def test_the_last_button_of_a_question_opens_the_door_to_a_person() -> None:
    ana = with_lesson(LESSON)
    ana.does("/start s7")

    assert ana.buttons[-1] == "!talk"
    assert ana.does("!talk")[-1] == "In line. {read_by}"
    assert ana.signals and not ana.crisis


def test_a_quiz_and_a_question_for_words_have_it_too() -> None:
    ana = with_lesson(LESSON)
    for what in ("/start s7", ">yes"):
        ana.does(what)
    assert (ana.at, ana.buttons[-1]) == (("lesson", "quiz"), "!talk")

    ana.does(">pressure")
    assert (ana.at, ana.buttons) == (("lesson", "friend"), ["!talk"])


def test_her_place_in_the_story_waits_for_her() -> None:
    ana = with_lesson(LESSON)
    ana.does("/start s7")
    ana.does("!talk")

    assert ana.chat.resume[-1].step == "ready"


def test_the_button_of_an_old_question_still_opens_the_door() -> None:
    ana = with_lesson(LESSON)
    for what in ("/start s7", ">yes"):
        ana.does(what)

    assert ana.does("!talk")[-1] == "In line. {read_by}"


def test_where_no_person_is_offered_the_button_leads_to_help() -> None:
    ana = with_lesson(LESSON)
    ana.desk = DeskView(persons=False)
    ana.does("/start s7")

    assert ana.buttons[-1] == "!help"
    assert ON_DUTY.persons


def test_eight_buttons_stay_eight() -> None:
    seven = [pick(f"c{number}") for number in range(MOST_BUTTONS - 1)]

    assert asking(*seven)[-1] == "!talk" and len(asking(*seven)) == MOST_BUTTONS
    assert "!talk" not in asking(*seven, pick("last"))


def test_a_question_that_leads_to_a_person_anyway_has_no_second_button_for_it() -> None:
    helper = LESSON.steps["helper"]

    assert asking(pick("yes", "helper"), pick("no"), helper=helper) == ["yes", "no"]
    assert asking(pick("yes", "@talk"), pick("no")) == ["yes", "no"]


def test_other_flows_have_no_such_button() -> None:
    ana = in_lesson()

    assert all(not data.startswith("!") for data in ana.buttons)
