"""Which pieces of a passphrase everybody would try first: 10,000 common passwords, and rows of digits.

`common.bin` holds them as five bytes of BLAKE2b each, sorted: the 10,000 most frequent (four letters or more) and all of 13 letters
or more of the list in zxcvbn 4.5 (MIT). Many are vulgar, so they are not kept in clear.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

SIZE = 5
SHORTEST, LONGEST = 4, 20

_SWAPS = str.maketrans("@4310$5!7", "aaeiossit")
"""How people dress a common word up: p@ssw0rd."""


def pieces(plain: str) -> int:
    """Return in how few pieces a text can be had: a common password or a row of digits is one, any other letter one each."""
    fewest = [0]
    for end in range(1, len(plain) + 1):
        starts = range(max(0, end - LONGEST), end)
        fewest.append(1 + min(fewest[start] for start in starts if end - start == 1 or _one(plain[start:end])))
    return fewest[-1]


def _one(piece: str) -> bool:
    if piece.isdecimal():
        return True
    return len(piece) >= SHORTEST and (_known(piece) or _known(piece.translate(_SWAPS)))


def _known(piece: str) -> bool:
    return hashlib.blake2b(piece.encode(), digest_size=SIZE, person=b"common").digest() in _common()


@cache
def _common() -> frozenset[bytes]:
    raw = (files("bot.vault") / "common.bin").read_bytes()
    return frozenset(raw[place : place + SIZE] for place in range(0, len(raw), SIZE))
