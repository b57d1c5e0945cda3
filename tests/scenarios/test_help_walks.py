"""From any help flow to a person: by taps alone, and from a typed plea, in every language, for every age and country."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from bot import detect
from bot.flowfile.conversation_model import Given, Start
from bot.model.assessment import Context
from bot.model.campaign import Campaign
from bot.model.flow import Ask, Choice
from bot.model.levels import AGE_BANDS, CATEGORIES, COUNTRIES, Level
from bot.texts import say
from bot.work.live import Live
from bot.work.rehearsal.brought import Brought
from bot.work.rehearsal.rehearsal import Rehearsal

ROOT = Path(__file__).resolve().parents[2]
TO_A_PERSON = ("person", "read_yes", "talk")
"""What she may tap after help words; a P1 or P2 is with the desk already."""


@cache
def live() -> Live:
    return Live.start(ROOT)


def campaign() -> Campaign:
    return live().campaign


LANGUAGES = campaign().languages


def situations() -> Iterator[tuple[tuple[str, ...], Choice]]:
    """Return every button of help that tells what happened, with the taps that lead to it from /help."""
    flow = campaign().flows[campaign().doors["help"]]
    first = next(step.id for step in flow.steps.values() if isinstance(step, Ask))
    todo, seen = [(first, ())], set()
    while todo:
        name, taps = todo.pop()
        step = flow.steps[name]
        if name in seen or not isinstance(step, Ask):
            continue
        seen.add(name)
        for choice in step.choices:
            if choice.signal is not None:
                yield (*taps, choice.id), choice
            elif choice.to in flow.steps:
                todo.append((choice.to, (*taps, choice.id)))


SITUATIONS = tuple(situations())


def girl(language: str, **given: str) -> Rehearsal:
    return Rehearsal(campaign(), live().hearing, language, Given(**given))


def reaches_a_person(her: Rehearsal) -> bool:
    """Return whether her case is with the desk, after at most two taps on what stands in the chat."""
    for _ in range(2):
        if her.case is not None and her.case.shown_at is not None:
            return True
        names = {button.id for button in her.screen[-8:]}
        wanted = next((name for name in TO_A_PERSON if name in names), None)
        if wanted is None:
            return False
        her.tap(wanted)
    return her.case is not None and her.case.shown_at is not None


def walked(language: str, taps: tuple[str, ...], **given: str) -> Rehearsal:
    her = girl(language)
    her.start(Start("/help", Given(**given)))
    for name in taps:
        her.tap(name)
    return her


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_situation_of_help_leads_to_a_person_by_taps_alone(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lost = [taps for taps, _ in SITUATIONS if not reaches_a_person(walked(language, taps))]

    with capsys.disabled():
        print(f"\n{language}: {len(SITUATIONS)} situations walked from /help to a person by taps alone", end=" ")
    assert len(SITUATIONS) >= 28 and not lost, lost


def test_every_situation_of_help_has_words_before_anything_is_asked() -> None:
    for taps, choice in SITUATIONS:
        her = walked("en", taps[:-1])
        said = her.tap(taps[-1]).said
        assert said and len(said) >= 2, choice.id


def first_help(brought: Brought) -> str:
    return next((flow for flow, _ in brought.passed if flow.startswith("hit")), "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_on_each_button_of_help_may_be_typed_anywhere(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = []
    for taps, choice in SITUATIONS:
        tapped = walked(language, taps[:-1]).tap(taps[-1])
        her = girl(language)
        her.start(Start("lesson_telegram"))
        typed = her.type(say(campaign().catalogues, language, choice.label))
        if first_help(typed) != first_help(tapped) or not reaches_a_person(her):
            elsewhere.append(choice.id)

    with capsys.disabled():
        print(f"\n{language}: {len(SITUATIONS)} situations walked to a person by typing a button's words", end=" ")
    assert not elsewhere, elsewhere


def test_help_leads_to_a_person_at_every_age_and_in_every_country(capsys: pytest.CaptureFixture[str]) -> None:
    who = list(product((*AGE_BANDS, "none"), (*COUNTRIES, "none"), ("yes", "no", "none")))
    lost = [
        (age, country, opted_in, taps)
        for age, country, opted_in in who
        for taps, _ in SITUATIONS
        if not reaches_a_person(walked("en", taps, age=age, country=country, opted_in=opted_in))
    ]

    with capsys.disabled():
        print(f"\n{len(who)} kinds of girls × {len(SITUATIONS)} situations walked to a person", end=" ")
    assert not lost, lost[:5]


def pleas(language: str) -> Iterator[tuple[str, str]]:
    """Return for each category a sentence that stands beside a frame of this language: (category, sentence)."""
    words = next(file for file in campaign().words if file.language == language)
    for category in CATEGORIES:
        sentences = (s for frame in words.frames if frame.category == category for s in frame.catches)
        found = next((s for s in sentences if _heard(s) == category), None)
        if found is not None:
            yield category, found


def _heard(sentence: str) -> str:
    return detect.assess(live().hearing, sentence, Context()).category


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_typed_plea_of_every_category_leads_to_a_person(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = dict(pleas(language))
    lost = []
    for category, sentence in said.items():
        her = girl(language)
        her.start(Start("nothing yet", Given(age="13_15", country="KE", opted_in="yes")))
        her.type(sentence)
        if not reaches_a_person(her):
            lost.append(category)

    with capsys.disabled():
        print(f"\n{language}: typed pleas of {len(said)} categories led to a person", end=" ")
    assert not lost, lost
    assert set(CATEGORIES) - said.keys() <= {"wants_to_talk", "account"}, set(CATEGORIES) - said.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plea_before_anything_was_asked_gets_help_words_first(language: str) -> None:
    for category, sentence in pleas(language):
        level = detect.assess(live().hearing, sentence, Context()).level
        her = girl(language)
        her.start(Start("nothing yet", Given(age="none", country="none", opted_in="none")))
        her.type(sentence)
        assert level is not Level.P1 or (her.case is not None and her.case.shown_at is not None), category
        assert reaches_a_person(her), category
