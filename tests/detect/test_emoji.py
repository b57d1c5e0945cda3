"""Signs without a word are heard as a plea where they say one, and laughing faces are left in peace."""

from __future__ import annotations

import pytest

from bot.detect import Hearing, assess, hear
from bot.model.assessment import Context

PLEAS = {
    "😭🔪": ("P2", "self_harm"),
    "💊💊💊😢": ("P2", "self_harm"),
    "🆘😭💊": ("P1", "self_harm"),
    "👨👊😭🏠": ("P2", "violence_home"),
    "🛏😭": ("P2", "sexual_abuse"),
    "👴🎁🤫": ("P3", "gifts_money"),
    "🤰😭": ("P3", "health"),
}


@pytest.mark.parametrize("text", PLEAS)
def test_signs_that_say_a_plea_are_heard(hearing: Hearing, text: str) -> None:
    heard = assess(hearing, text, Context())

    assert (heard.level, heard.category) == PLEAS[text]
    assert heard.evidence[0].rule.startswith("emoji.") and heard.evidence[0].end == len(text)


@pytest.mark.parametrize(
    "text", ["😭", "😭😭😭", "😂💀", "🎂🔪🎉", "😂😭🔪", "🧅🔪😭", "💪", "❤️", "👊", "💊", "🤰", "🎁🎉", "⚽🥊😭", ""]
)
def test_laughing_and_ordinary_signs_are_left_in_peace(hearing: Hearing, text: str) -> None:
    assert assess(hearing, text, Context()).level is None


@pytest.mark.parametrize("text", ["🆘", "🆘🆘🆘", "🆘 🙏"])
def test_sos_is_the_word_help(hearing: Hearing, text: str) -> None:
    assert "help" in hear(hearing, text, Context()).word_lists


def test_a_recipe_with_signs_is_a_recipe(hearing: Hearing) -> None:
    assert assess(hearing, "cut the onions 🔪😭 and fry them", Context()).level is None
