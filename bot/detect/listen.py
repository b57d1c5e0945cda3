"""What the bot calls: hear one message. Pure: the same ear, text and context always give the same answer."""

from __future__ import annotations

from bot.detect.hearing import Hearing
from bot.detect.lists import word_lists
from bot.detect.tokens import tokens
from bot.detect.verdict import verdict
from bot.detect.views import views
from bot.model.assessment import Assessment, Context, Heard


def assess(hearing: Hearing, text: str, context: Context) -> Assessment:
    """Return how worrying a text is, what it is about, and which rules matched where."""
    return verdict(views(hearing, tokens(text)), hearing, context)


def hear(hearing: Hearing, text: str, context: Context) -> Heard:
    """Return the assessment, and the word lists that this text is as a whole."""
    seen = views(hearing, tokens(text))
    return Heard(verdict(seen, hearing, context), word_lists(hearing, seen))
