"""Typed words that mean a button: its label in any of our languages, the number it begins with, or a word list."""

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
LONGEST_NUMBER = 9
UNSEEN = dict.fromkeys((0x200B, 0x200C, 0x200D, 0xFEFF))
"""Joiners that some keyboards write within words."""


def meant(play: Play, choices: tuple[Choice, ...], text: str, lists: frozenset[str]) -> Choice | None:
    """Return the choice that typed words mean: by word list first, then by label."""
    listed = next((c for c in choices if c.typed and c.typed in lists), None)
    if listed is not None:
        return listed
    typed = _counted(plain(text)) if choices else ""
    return next((c for c in choices if typed and typed in _labels(play, c.label)), None)


def _labels(play: Play, words: Words) -> set[str]:
    key = (words.context, words.source)
    said = {words.source}
    for catalogues in play.campaign.catalogues.values():
        said.update(catalogues.get("flows", {}).get(key, ()))
    return {way for text in said for way in _ways(text)}


@lru_cache(maxsize=4096)
def _ways(label: str) -> tuple[str, ...]:
    """Return what may be typed for a label: all of it, or the number it begins with, as 2 for "2 People".

    Labels are few and asked for at every typed answer, in every language. What she wrote is never kept here.
    """
    whole = plain(label)
    first = _counted(whole.split(" ", 1)[0])
    return (_counted(whole), first) if first.isdecimal() else (whole,)


def _counted(text: str) -> str:
    """Return a number in the digits of any script as the same in 0 to 9; other words as they are."""
    return str(int(text)) if text.isdecimal() and len(text) < LONGEST_NUMBER else text


def plain(text: str) -> str:
    """Return words without case, signs, emoji and doubled spaces, so that "yes!" is "Yes"."""
    return NOISE.sub(" ", unicodedata.normalize("NFKC", text).casefold().translate(UNSEEN)).strip()
