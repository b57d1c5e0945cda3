"""Keys by which spellings of Nepali and Khmer in Latin letters meet: everybody writes them by ear."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

_NEPALI: Final = (
    ("chh", "c"), ("ch", "c"), ("sh", "s"), ("ph", "f"), ("bh", "b"), ("dh", "d"), ("th", "t"), ("kh", "k"),
    ("gh", "g"), ("jh", "j"), ("z", "j"), ("v", "b"), ("w", "b"), ("aa", "a"), ("ee", "i"), ("ii", "i"), ("oo", "u"),
    ("uu", "u"), ("x", "c"), ("ai", "e"), ("ei", "e"), ("ye", "e"), ("au", "o"), ("ou", "o"), ("q", "k"),
)  # fmt: skip
_KHMER: Final = (
    ("kh", "k"), ("ch", "j"), ("th", "t"), ("ph", "p"), ("gn", "n"), ("nh", "n"), ("ng", "n"), ("v", "w"), ("z", "s"),
    ("ay", "ai"), ("ey", "ai"), ("ei", "ai"), ("ae", "e"), ("ea", "e"), ("eu", "e"), ("er", "e"), ("or", "o"),
    ("ou", "o"), ("oo", "o"), ("au", "o"), ("av", "o"), ("ar", "a"), ("aa", "a"), ("ah", "a"), ("r", "l"), ("c", "k"),
)  # fmt: skip
_DOUBLE: Final = re.compile(r"(.)\1")
SHORTEST_KEY: Final = 4


def nepali_key(word: str) -> str:
    """Return how a Nepali word sounds, as far as Latin spellings of it agree."""
    return _key(word, _NEPALI)


def khmer_key(word: str) -> str:
    """Return how a Khmer word sounds, as far as Latin spellings of it agree."""
    return _key(word, _KHMER)


def _key(word: str, rules: tuple[tuple[str, str], ...]) -> str:
    for spelling, sound in rules:
        if spelling in word:
            word = word.replace(spelling, sound)
    return _DOUBLE.sub(r"\1", word)


KEYS: Final[Mapping[str, Callable[[str], str]]] = {"ne": nepali_key, "km": khmer_key}
"""Languages that are typed by ear."""
