"""Sentences as a hurried thumb types them: letters left out, doubled or changed about, words run together, vowels dropped.

The same sentence always comes out the same, on every machine.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final
from zlib import crc32

SHARE: Final = 0.6
"""So many sentences are also read as a thumb types them."""
_WORDS: Final = 0.5
_WORDS_ELSEWHERE: Final = 0.25
"""So many longer words of a sentence are typed wrong; in other scripts each letter says more."""
_RUN_TOGETHER: Final = 0.25
_VOWELS: Final = frozenset("aeiou")

Slip = Callable[[str, Random], str]


def hurried(text: str) -> str:
    """Return a sentence as typed in a hurry, or as it is: not every sentence gets a slip."""
    chance = Random(crc32(text.encode("utf-8", "replace")))  # noqa: S311 — typing slips, no secrets
    if chance.random() >= SHARE:
        return text
    words = [_typed(word, chance) for word in text.split(" ")]
    if len(words) > 3 and chance.random() < _RUN_TOGETHER:
        at = _one_of(len(words) - 1, chance)
        words[at : at + 2] = [words[at] + words[at + 1]]
    return " ".join(words)


def _typed(word: str, chance: Random) -> str:
    latin = word.isascii()
    if len(word) <= (3 if latin else 4) or chance.random() >= (_WORDS if latin else _WORDS_ELSEWHERE):
        return word
    return _SLIPS[_one_of(len(_SLIPS), chance)](word, chance) if latin else _one_left_out(word, chance)


def _one_left_out(word: str, chance: Random) -> str:
    at = _inside(word, chance)
    return word[:at] + word[at + 1 :]


def _doubled(word: str, chance: Random) -> str:
    at = _inside(word, chance)
    return word[:at] + word[at] + word[at:]


def _changed_about(word: str, chance: Random) -> str:
    at = _inside(word, chance)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _a_vowel_less(word: str, chance: Random) -> str:
    vowels = [at for at in range(1, len(word)) if word[at] in _VOWELS]
    at = vowels[_one_of(len(vowels), chance)] if vowels else _inside(word, chance)
    return word[:at] + word[at + 1 :]


def _no_vowels(word: str, _chance: Random) -> str:
    return word[0] + "".join(letter for letter in word[1:-1] if letter not in _VOWELS) + word[-1]


_SLIPS: Final[tuple[Slip, ...]] = (
    _a_vowel_less, _a_vowel_less, _one_left_out, _no_vowels, _changed_about, _doubled,
)  # fmt: skip
"""What thumbs do, as often as they stand here; a vowel goes most easily."""


def _inside(word: str, chance: Random) -> int:
    return 1 + _one_of(len(word) - 2, chance)


def _one_of(many: int, chance: Random) -> int:
    return int(chance.random() * many)  # `randrange` may draw otherwise in another Python
