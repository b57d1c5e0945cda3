"""Typed words that mean a button: its label in any of our languages, or a word list."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bot.engine.play import Play
from bot.model.flow import Choice
from bot.model.words import Words

MARKS = "".join(chr(code) for code in range(0x300, 0x3100) if unicodedata.category(chr(code)).startswith("M"))
"""Vowel signs and the like: in Nepali and Khmer a word is another one without them, and `\\w` does not know them."""
NOISE = re.compile(rf"(?:[^\w{MARKS}]|_)+")
UNSEEN = dict.fromkeys((0x200B, 0x200C, 0x200D, 0xFEFF))
"""Joiners that some keyboards write within words."""


def meant(play: Play, choices: tuple[Choice, ...], text: str, lists: frozenset[str]) -> Choice | None:
    """Return the choice that typed words mean: by word list first, then by label."""
    listed = next((c for c in choices if c.typed and c.typed in lists), None)
    if listed is not None:
        return listed
    typed = plain(text) if choices else ""
    return next((c for c in choices if typed and typed in _labels(play, c.label)), None)


def _labels(play: Play, words: Words) -> set[str]:
    key = (words.context, words.source)
    said = {_label(words.source)}
    for catalogues in play.campaign.catalogues.values():
        said.update(_label(text) for text in catalogues.get("flows", {}).get(key, ()))
    return said


@lru_cache(maxsize=4096)
def _label(text: str) -> str:
    """Labels are few and asked for at every typed answer, in every language. What she wrote is never kept here."""
    return plain(text)


def plain(text: str) -> str:
    """Return words without case, signs, emoji and doubled spaces, so that "yes!" is "Yes"."""
    return NOISE.sub(" ", unicodedata.normalize("NFKC", text).casefold().translate(UNSEEN)).strip()
