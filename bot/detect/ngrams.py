"""What the model sees of a message: pieces of its words, its words and their stems with their neighbours, and which slots
were heard.

Everything is whole numbers, so that training and hearing agree on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Final
from zlib import crc32

BUCKETS: Final = 1_048_573
"""So many that two pieces seldom share one. The model keeps a row only for those that are met often."""
LONGEST: Final = 320
"""So many letters are looked at: more would cost time and says little more."""
MOST_SLOTS: Final = 14
_FACTOR: Final = 1_000_003
_MASK: Final = 0xFFFF_FFFF
_APART: Final = 2_000_003
_FIRST: Final = 1
_LAST: Final = 2
_STEM: Final = 5
_STEM_OTHER: Final = 4
"""Letters of a stem: the endings of most of our languages come behind; other scripts write more in a letter."""
_KHMER: Final = re.compile("[\u1780-\u17ff]")
_SYLLABLES: Final = re.compile(
    "[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b4-\u17d1\u17d3\u17dd])*|[^\u1780-\u17ff]+|[\u1780-\u17ff]"
)
"""A Khmer cluster: a letter with its subscripts, vowels and signs. It never backtracks: each part begins differently."""
_DIGITS: Final = str.maketrans("123456789", "000000000")


def words_of(text: str) -> list[str]:
    """Return the words that the model looks at; one digit is like another."""
    return text[:LONGEST].translate(_DIGITS).split()


def spoken_words(word: str) -> list[str]:
    """Return what stands beside each other in a word: itself, or its syllables where words are not written apart (Khmer)."""
    return _SYLLABLES.findall(word) if _KHMER.search(word) else [word]


def letter_pieces(word: str) -> list[int]:
    """Return the buckets of all pieces of two to five letters of a word; pieces know where the word begins and ends."""
    codes = [32, *map(ord, word), 32]
    found: list[int] = []
    pieces = codes
    for size in range(1, 5):
        pieces = [(piece * _FACTOR ^ code) & _MASK for piece, code in zip(pieces, codes[size:], strict=False)]
        found += [piece % BUCKETS for piece in pieces]
    return found


def stem_of(word: str) -> int:
    """Return the number of how a word begins, which many of its forms share."""
    return crc32(b"stem:" + word[: _STEM if word.isascii() else _STEM_OTHER].encode("utf-8", "replace"))


def name_of(word: str) -> int:
    """Return the number a word goes by."""
    return crc32(word.encode("utf-8", "replace"))


def word_pieces(names: Sequence[int]) -> list[int]:
    """Return the buckets of words by their numbers: each alone, with the next one, and with the one after that."""
    found = [name % BUCKETS for name in names]
    found += [(one * _FACTOR ^ two) % BUCKETS for one, two in pairwise((_FIRST, *names, _LAST))]
    found += [(one * _APART ^ two) % BUCKETS for one, two in zip(names, names[2:], strict=False)]
    return found


def stem_pieces(names: Sequence[int]) -> list[int]:
    """Return the buckets of stems by their numbers: each alone, and with the next one."""
    return [name % BUCKETS for name in names] + [(one * _FACTOR ^ two) % BUCKETS for one, two in pairwise(names)]


def slot_pieces(slots: Collection[str]) -> list[int]:
    """Return the buckets of the slots that were heard, alone and in pairs: "photo" beside "money" says more than each."""
    names = [_slot_name(slot) for slot in sorted(slots)[:MOST_SLOTS]]
    return [name % BUCKETS for name in names] + [(a * _FACTOR ^ b) % BUCKETS for a, b in combinations(names, 2)]


@lru_cache(maxsize=512)
def _slot_name(slot: str) -> int:
    return crc32(b"slot:" + slot.encode())
