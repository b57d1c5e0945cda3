"""A quiz that is counted before and after a story."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from bot.model.effects import CountAnswer
from bot.model.flow import Counts, Quiz
from tests.engine.campaign import CAMPAIGN, GROWN, ONBOARDED, Ana, in_lesson, w, worrying

LESSON = CAMPAIGN.flows["lesson"]
QUIZ = LESSON.steps["quiz"]


def at_the_quiz(when: Literal["before", "after"], profile: dict[str, str] = ONBOARDED) -> Ana:
    assert isinstance(QUIZ, Quiz)
    said = {"love": w("Not love."), "pressure": w("Yes!")}
    counted = replace(QUIZ, counts=Counts("whose_fault", when), feedback=said)
    lesson = replace(LESSON, steps={**LESSON.steps, "quiz": counted})
    ana = in_lesson(">yes", profile=profile)
    ana.campaign = replace(CAMPAIGN, flows={**CAMPAIGN.flows, "lesson": lesson})
    return ana


def counted(ana: Ana) -> list[CountAnswer]:
    return [effect for effect in ana.effects if isinstance(effect, CountAnswer)]


def test_before_a_story_neither_right_nor_wrong_is_shown() -> None:
    ana = at_the_quiz("before", GROWN)
    said = ana.does(">pressure")

    assert "Yes!" not in said and "stars" not in {**ana.chat.answers, **ana.chat.profile}
    assert ana.at != ("lesson", "quiz")
    assert counted(ana) == [CountAnswer("lesson", "whose_fault", "before", "pressure", right=True)]


def test_after_a_story_it_is_a_quiz_like_any_other() -> None:
    ana = at_the_quiz("after", GROWN)

    assert ana.does(">love")[0] == "Not love."
    assert counted(ana) == [CountAnswer("lesson", "whose_fault", "after", "love", right=False)]


@pytest.mark.parametrize("band", ["under_13", "13_15", "18_plus"])
def test_a_count_is_no_profile_so_age_does_not_matter(band: str) -> None:
    ana = at_the_quiz("after", {**ONBOARDED, "age_band": band})
    ana.does(">pressure")

    assert len(counted(ana)) == 1


def test_after_a_worrying_message_nothing_is_counted() -> None:
    ana = at_the_quiz("before")
    ana.does(worrying("P2"))

    ana.does("pressure")
    assert counted(ana) == []
    ana.does(">pressure")
    assert counted(ana) == []


def test_a_quiz_that_does_not_say_counts_is_not_counted() -> None:
    ana = in_lesson(">yes", ">pressure")

    assert counted(ana) == []
