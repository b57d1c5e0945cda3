"""What the model sees of a message: hashed pieces of two to five letters, and which slots of the word lists were heard.

Everything is whole numbers, so that training and hearing agree on every machine.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations
from typing import Final
from zlib import crc32

BUCKETS: Final = 262_139
LONGEST: Final = 320
"""So many letters are looked at: more would cost time and says little more."""
MOST_SLOTS: Final = 14
_FACTOR: Final = 1_000_003
_MASK: Final = 0xFFFF_FFFF
_DIGITS: Final = str.maketrans("123456789", "000000000")


def letter_pieces(text: str) -> set[int]:
    """Return the buckets of all pieces of two to five letters; a space is a letter, so pieces know where words end."""
    codes = [ord(c) for c in text[:LONGEST].translate(_DIGITS)]
    found: set[int] = set()
    pieces = codes
    for size in range(1, 5):
        pieces = [(piece * _FACTOR ^ code) & _MASK for piece, code in zip(pieces, codes[size:], strict=False)]
        found.update([piece % BUCKETS for piece in pieces])
    return found


def slot_pieces(slots: Collection[str]) -> set[int]:
    """Return the buckets of the slots that were heard, alone and in pairs: "photo" beside "money" says more than each."""
    names = sorted(slots)[:MOST_SLOTS]
    pairs = [f"{one}&{two}" for one, two in combinations(names, 2)]
    return {crc32(name.encode()) % BUCKETS for name in (*names, *pairs)}
