"""What the model makes of a message in which no rule was heard: at most P3, and never lesson voice or a bare word.

Beside an urgent word of the lists (`raises`) it is no guess alone, and in doubt the higher level holds: danger now.
"""

from __future__ import annotations

from typing import Final

from bot.detect.hearing import Hearing
from bot.detect.verdict import RAISED_BY, Hearer, told_by
from bot.model.assessment import NOTHING_HEARD, Assessment, Evidence
from bot.model.levels import Level

_LOW: Final = frozenset({"account", "health"})
_OF_HERSELF: Final = frozenset({"first_person", "friend", "friendly", "i", "me", "mine", "my", "self"})
_LONG: Final = 60
"""A longer text in which nobody speaks of herself or of a friend is news or a story: the model does not judge it."""
_FEWEST_WORDS: Final = 3
_FEWEST_LETTERS_UNSPACED: Final = 10


def like_a_plea(hearing: Hearing, hearers: list[Hearer], language: str | None) -> Assessment:
    """Return what the model hears, or nothing."""
    model, view = hearing.model, hearers[0].view
    if model is None or not _enough(view.text):
        return NOTHING_HEARD
    slots = concepts(hearers)
    if len(view.text) > _LONG and not slots & _OF_HERSELF:
        return NOTHING_HEARD
    if model.score(view.text, slots) < model.threshold(language) or hearers[0].is_aside():
        return NOTHING_HEARD
    category = model.category(view.text, slots)
    urgent = _urgent(hearers, category, language)
    heard = Evidence(f"model.{language or 'any'}", *view.place(1, len(view.text) - 1))
    return Assessment(Level.P1 if urgent else _level(category), category, (heard, *urgent))


def _urgent(hearers: list[Hearer], category: str, language: str | None) -> tuple[Evidence, ...]:
    """Return the urgent words that make danger now of this category, in her language or in English."""
    own = {language, "en"}
    cues = (cue for h in hearers for cue in h.raises() if language is None or cue.language in own)
    return told_by(RAISED_BY.get(category, frozenset()), cues, language)


def concepts(hearers: list[Hearer]) -> frozenset[str]:
    """Return what was spoken of, whatever the language: the slots of the word lists that were heard in any view."""
    return frozenset().union(*[h.hits.concepts() for h in hearers])


def _enough(text: str) -> bool:
    return text.count(" ") > _FEWEST_WORDS or (not text.isascii() and len(text) > _FEWEST_LETTERS_UNSPACED)


def _level(category: str) -> Level:
    return Level.P4 if category in _LOW else Level.P3
