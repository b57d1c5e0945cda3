"""Whoever looks over her shoulder reads forty characters of a notification: in no language do they tell of a person's reply."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.texts import parse_po

ROOT = Path(__file__).parents[2]
LANGUAGES = ("en", "sw", "km", "ne", "nl", "fil")


def said(language: str) -> dict[str, str]:
    po = (ROOT / "locales" / language / "LC_MESSAGES" / "bot.po").read_bytes()
    return {key: forms[0] for (_, key), forms in parse_po(po).items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_moderators_words_begin_after_the_fortieth_character(language: str) -> None:
    assert len(said(language)["reply.person"]) >= 40


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_line_that_comes_unasked_is_short_and_the_same_for_everybody(language: str) -> None:
    neutral = said(language)["reply.neutral"]
    assert 0 < len(neutral) <= 40 and "{" not in neutral


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_she_is_asked_about_hours_and_help_tells_nothing_on_a_button(language: str) -> None:
    words = said(language)
    buttons = [text for key, text in words.items() if key.startswith(("button.hours", "button.helped"))]
    assert len(buttons) == 10 and all(len(text) <= 32 for text in buttons)
