"""One character at a time: what kind it is, and the plain form it is compared in. Nothing here knows words."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

LETTER: Final = "l"
DEVANAGARI: Final = "d"
KHMER: Final = "k"
SYMBOL: Final = "e"
SPACE: Final = "s"
STOP: Final = "."
QUESTION: Final = "?"
NOTHING: Final = ""

COENG: Final = "\u17d2"
_NUKTA: Final = "\u093c"

# Spellings that vary from hand to hand in Devanagari: vowel length, the three s, nasal signs, b and v.
_DEVANAGARI_FOLD: Final = str.maketrans("ईऊीूशषँवॆॊ", "इउिुससंबेो", _NUKTA + "\u200c\u200d\u0951\u0952")
_KHMER_FOLD: Final = str.maketrans({"\u17b1": "\u17b2", "\u17d3": None, "\u17cc": None, "\u17dd": None})

LOOK_ALIKES: Final = str.maketrans("аеорсухіѕјԁһкмтвνοαεικρτυχη", "aeopcyxisjdhkmtbvoaeikptuxn")
"""Cyrillic and Greek letters that look like Latin ones; used only inside words that mix both."""


def is_khmer_dependent(char: str) -> bool:
    """Return whether a Khmer sign leans on the letter before it, so that no word can start or end just there."""
    return "\u17b4" <= char <= "\u17d3" or char == "\u17dd"


@lru_cache(maxsize=8192)
def fold(char: str) -> tuple[str, str]:
    """Return the kind of a character and its folded form (perhaps several letters, perhaps none)."""
    category = unicodedata.category(char)
    if category in ("Cf", "Cs", "Cn", "Co") or "\ufe00" <= char <= "\ufe0f":
        return NOTHING, ""
    if category in ("Zs", "Zl", "Zp", "Cc"):
        return SPACE, ""
    plain = unicodedata.normalize("NFKD", char).casefold()
    return _fold_plain(char, plain, category)


def _fold_plain(char: str, plain: str, category: str) -> tuple[str, str]:
    if char in "?؟":
        return QUESTION, ""
    if char in ".!।॥។៕":
        return STOP, ""
    if category == "Nd":
        return LETTER, str(unicodedata.digit(char))
    if "\u1780" <= char <= "\u17dd":
        # ៗ says the word before again, and the other marks are punctuation.
        return (SPACE, "") if category == "Po" or char == "ៗ" else (KHMER, plain.translate(_KHMER_FOLD))
    if "\u0900" <= char <= "\u097f":
        return DEVANAGARI, plain.translate(_DEVANAGARI_FOLD)
    return _fold_other(plain, category)


def _fold_other(plain: str, category: str) -> tuple[str, str]:
    if category[0] == "M":
        return NOTHING, ""
    if category in ("So", "Sc"):
        return SYMBOL, plain
    letters = "".join(c for c in plain if c.isalnum())
    return (LETTER, letters) if letters else (SPACE, "")
