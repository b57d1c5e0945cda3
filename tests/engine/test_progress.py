"""Finished stories get a tick, a surprise is one she has not finished, and girls under the age of consent have no history."""

from __future__ import annotations

import dataclasses

import pytest

from bot.model.conversation import Conversation, Run
from bot.model.effects import Send
from bot.model.flow import Ask, Counts, Quiz, RunFlow, Starts
from tests.engine.campaign import CAMPAIGN, FLOWS, GROWN, NOON, ONBOARDED, Ana, flow, pick, w

STORIES = tuple(
    flow(
        name,
        Quiz(
            id="after",
            words=w(f"What did {name} teach?"),
            choices=(pick("one"), pick("two")),
            correct="one",
            feedback={"one": w("Yes."), "two": w("Nearly.")},
            counts=Counts("q", "after"),
            end=True,
        ),
        starts=Starts(menu="topics_a"),
    )
    for name in ("kite", "river", "lamp")
)
SHELF = flow(
    "shelf",
    Ask(
        id="which",
        words=w("Which?"),
        choices=(*(pick(s.id, f"@{s.id}") for s in STORIES), pick("any", "surprise")),
        go="which",
    ),
    RunFlow(id="surprise", menus=("topics_a",), stories=tuple(s.id for s in STORIES), go="which"),
)


def at_the_shelf(profile: dict[str, str]) -> Ana:
    campaign = dataclasses.replace(CAMPAIGN, flows={f.id: f for f in (*FLOWS, *STORIES, SHELF)})
    ana = Ana(Conversation(profile=profile, last_at=NOON, stack=(Run("shelf", "which"),)), campaign=campaign)
    ana.does("!go_on")
    return ana


def ticked(ana: Ana) -> list[str]:
    shown = [effect.bubble for effect in ana.effects if isinstance(effect, Send)][-1]
    return [button.label.source for row in shown.rows for button in row if button.done]


def test_a_finished_story_has_a_tick_in_the_menu() -> None:
    ana = at_the_shelf(GROWN)
    assert ticked(ana) == []
    ana.does(">river")
    ana.does(">two")
    assert ticked(ana) == ["River"]


@pytest.mark.parametrize("profile", [ONBOARDED, {**GROWN, "opted_in": "no"}])
def test_who_may_have_no_learning_profile_has_no_history(profile: dict[str, str]) -> None:
    ana = at_the_shelf(profile)
    ana.does(">river")
    ana.does(">one")
    assert ticked(ana) == []
    assert "finished" not in {**ana.chat.profile, **ana.chat.answers}


def test_a_surprise_is_a_story_she_has_not_finished() -> None:
    ana = at_the_shelf(GROWN)
    asked = []
    for _ in range(3):
        asked.append(ana.does(">any")[-1])
        ana.does(">one")
    assert sorted(asked) == sorted(f"What did {s.id} teach?" for s in STORIES)
    assert ana.does(">any")[-1] in asked


def test_a_surprise_without_stories_just_goes_on() -> None:
    ana = at_the_shelf(GROWN)
    empty = dataclasses.replace(SHELF.steps["surprise"], stories=())
    shelf = dataclasses.replace(SHELF, steps={**SHELF.steps, "surprise": empty})
    ana.campaign = dataclasses.replace(ana.campaign, flows={**ana.campaign.flows, "shelf": shelf})
    assert ana.does(">any")[-1] == "Which?"
