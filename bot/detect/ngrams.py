"""What the model sees of a message: pieces of its words, its words with their neighbours, and which slots were heard.

Everything is whole numbers, so that training and hearing agree on every machine.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations, pairwise
from typing import Final
from zlib import crc32

BUCKETS: Final = 262_139
LONGEST: Final = 320
"""So many letters are looked at: more would cost time and says little more."""
MOST_SLOTS: Final = 14
_FACTOR: Final = 1_000_003
_MASK: Final = 0xFFFF_FFFF
_DIGITS: Final = str.maketrans("123456789", "000000000")


def words_of(text: str) -> list[str]:
    """Return the words that the model looks at; one digit is like another."""
    return text[:LONGEST].translate(_DIGITS).split()


def letter_pieces(word: str) -> list[int]:
    """Return the buckets of all pieces of two to five letters of a word; pieces know where the word begins and ends."""
    codes = [32, *map(ord, word), 32]
    found: list[int] = []
    pieces = codes
    for size in range(1, 5):
        pieces = [(piece * _FACTOR ^ code) & _MASK for piece, code in zip(pieces, codes[size:], strict=False)]
        found += [piece % BUCKETS for piece in pieces]
    return found


def word_pieces(words: Sequence[str]) -> list[int]:
    """Return the buckets of the words: each alone, with the next one, and with the one after that."""
    around = ["^", *words, "$"]
    pairs = [f"{one}|{two}" for one, two in pairwise(around)]
    apart = [f"{one}||{two}" for one, two in zip(words, words[2:], strict=False)]
    return [crc32(name.encode("utf-8", "replace")) % BUCKETS for name in (*words, *pairs, *apart)]


def slot_pieces(slots: Collection[str]) -> list[int]:
    """Return the buckets of the slots that were heard, alone and in pairs: "photo" beside "money" says more than each."""
    names = sorted(slots)[:MOST_SLOTS]
    pairs = [f"{one}&{two}" for one, two in combinations(names, 2)]
    return [crc32(name.encode()) % BUCKETS for name in (*names, *pairs)]
