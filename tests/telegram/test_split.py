"""Long texts in parts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.split import split, units


def test_a_short_text_is_one_part() -> None:
    assert split(" hello ") == ("hello",)
    assert split(" \n ") == ()


def test_a_long_text_is_cut_between_paragraphs() -> None:
    one, two = "a " * 1500, "b " * 1500
    assert split(f"{one}\n\n{two}") == (one.strip(), two.strip())


def test_without_paragraphs_it_is_cut_between_sentences_then_words() -> None:
    assert split("One two. Three four five.", 16) == ("One two.", "Three four five.")
    assert split("one two three", 8) == ("one two", "three")


@pytest.mark.parametrize("joined", ["👩🏽‍👩🏿‍👧", "🇰🇪", "👍🏾", "क्ष", "ស្ត្រី", "é"])
def test_what_belongs_together_is_never_cut(joined: str) -> None:
    for space in range(1, 12):
        parts = split("x" * space + joined * 3, limit=max(12, units(joined)))
        assert "".join(parts) == "x" * space + joined * 3
        assert sum(part.count(joined) for part in parts) == 3


def test_half_a_surrogate_pair_is_made_sendable() -> None:
    assert split("a\ud83db")[0].encode() == b"a?b"


@settings(deadline=None)
@given(st.text(st.sampled_from("ab .\n😀🇰👩\u200d\u0301\u17d2ក"), max_size=200), st.integers(2, 40))
def test_no_part_is_too_long_or_empty_and_no_word_is_lost(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(part and units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
