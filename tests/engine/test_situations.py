"""The words on the buttons of help, typed: they count like the tap, wherever she stands and whatever waits."""

from __future__ import annotations

from bot.model.assessment import Assessment, Evidence
from bot.model.events import Said
from bot.model.levels import Level
from tests.engine.campaign import in_lesson, onboarded
from tests.engine.states import stranger


def test_the_words_of_a_help_button_are_a_plea_in_the_middle_of_a_story() -> None:
    ana = in_lesson()
    ana.does(" outing! ")
    assert [(s.level, s.category, s.source) for s in ana.signals] == [("P2", "sextortion", "text")]
    assert ana.signals[0].rules == ("en.tap.help.what.outing",)
    assert ana.crisis


def test_a_first_message_with_these_words_gets_help_before_any_question() -> None:
    ana = stranger()
    ana.does("now")
    assert ana.crisis
    assert ana.signals[0].level is Level.P1


def test_what_the_detector_heard_is_never_lowered_by_them() -> None:
    danger = Assessment(Level.P1, "self_harm", (Evidence("en.self_harm.wish", 0, 3),))
    ana = onboarded()
    ana.does(Said("outing", heard=danger))
    assert [(s.level, s.category) for s in ana.signals] == [("P1", "self_harm")]


def test_an_ordinary_answer_of_the_question_that_waits_stays_an_answer() -> None:
    ana = in_lesson()
    assert ana.does("no") == ["Bye."]
    assert ana.signals == []


def test_long_words_are_no_button() -> None:
    ana = onboarded()
    ana.does("outing " * 200)
    assert ana.signals == []
