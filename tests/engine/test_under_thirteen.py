"""Sexual harm under thirteen is danger now, typed or tapped, whenever her age becomes known; nothing else is raised by it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from msgspec import structs

from bot.model.conversation import Conversation
from bot.model.events import DeskView
from bot.model.flow import Ask
from bot.model.levels import Level
from tests.engine.campaign import CAMPAIGN, NOON, ONBOARDED, WELCOME, Ana, in_lesson, pick, worrying

YOUNG = {**ONBOARDED, "age_band": "under_13"}
SEXUAL = ("sexual_abuse", "sextortion", "image_shared", "grooming", "gifts_money")


def young() -> Ana:
    return Ana(Conversation(profile=YOUNG, last_at=NOON))


@pytest.mark.parametrize("category", SEXUAL)
def test_serious_sexual_harm_that_she_writes_of_is_danger_now(category: str) -> None:
    ana = young()
    ana.does(worrying("P2", category))
    assert [(s.level, s.rules) for s in ana.signals] == [("P1", (f"en.{category}.made_up", "age.under_13"))]


def test_she_gets_the_words_for_danger_now() -> None:
    assert young().does(worrying("P2"))[0] == "Thank you. Go to people."


def test_a_tap_counts_the_same() -> None:
    ana = in_lesson(">yes", ">pressure", "b", "2", ">yes", profile=YOUNG)
    assert [(s.level, s.rules[-1]) for s in ana.signals] == [("P1", "age.under_13")]


def test_a_question_for_a_person_counts_the_same() -> None:
    ana = in_lesson(">yes", ">pressure", "b", "2", ">no", ">ok", profile=YOUNG)
    assert [(s.level, s.rules[-1]) for s in ana.signals] == [("P1", "age.under_13")]


@pytest.mark.parametrize("band", ["13_15", "16_17", "18_plus", ""])
def test_an_older_girl_keeps_the_level(band: str) -> None:
    ana = Ana(Conversation(profile={**ONBOARDED, "age_band": band}, last_at=NOON))
    ana.does(worrying("P2"))
    assert [s.level for s in ana.signals] == ["P2"]


@pytest.mark.parametrize(("level", "category"), [("P2", "bullying"), ("P3", "grooming"), ("P1", "sextortion")])
def test_what_is_not_serious_and_sexual_keeps_its_level(level: str, category: str) -> None:
    ana = young()
    ana.does(worrying(level, category))
    assert [(s.level, s.rules) for s in ana.signals] == [(level, (f"en.{category}.made_up",))]


def plea_before_the_age() -> Ana:
    age = WELCOME.steps["age"]
    assert isinstance(age, Ask)
    asked = replace(age, choices=(pick("under_13"), pick("13_15")))
    welcome = replace(WELCOME, steps={**WELCOME.steps, "age": asked})
    ana = Ana(campaign=replace(CAMPAIGN, flows={**CAMPAIGN.flows, "welcome": welcome}))
    for act in (worrying("P2"), "!go_on", ">en"):
        ana.does(act)
    return ana


def test_a_plea_before_her_age_was_asked_is_raised_when_she_tells_it() -> None:
    ana = plea_before_the_age()
    assert ana.does(">under_13")[0] == "Thank you. Go to people."
    assert [(s.level, s.rules) for s in ana.signals] == [("P1", ("en.sextortion.made_up", "age.under_13"))]


def test_so_is_a_case_that_is_open_already() -> None:
    ana = plea_before_the_age()
    ana.chat = structs.replace(ana.chat, careful=None, offered=None)
    ana.desk = DeskView(case_open=True, case_level=Level.P2, case_category="sexual_abuse", case_shown=True)
    ana.does(">under_13")
    assert [(s.level, s.category) for s in ana.signals] == [("P1", "sexual_abuse")]


def test_an_older_age_raises_nothing_and_the_welcome_goes_on() -> None:
    ana = plea_before_the_age()
    assert ana.does(">13_15") == ["Which country?"]
    assert ana.signals == []
