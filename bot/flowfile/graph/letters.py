"""How wide words are, without a font at hand: a small table, a little generous, and breaking words into lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

NARROW, WIDE = frozenset("ijl.,:;'|!I()[]{}tfr·’"), frozenset("mwMWNOQGCD@%&—…ÆŒ")
SCRIPTS = ((0x0900, 0x0DFF, 0.64), (0x0E00, 0x0EFF, 0.62), (0x1000, 0x109F, 0.75), (0x1780, 0x17FF, 0.74))
"""Letters of South and South-East Asia are wider than Latin ones: first, last, width in ems."""
FULL = 0x2E80
COENG = "\u17d2"
SPACES = re.compile(r"([ \t\r\n\u200b]+)")


@cache
def width_of(letter: str) -> float:
    """Return a letter's width in ems."""
    category, code = unicodedata.category(letter), ord(letter)
    if category in ("Mn", "Me", "Cf"):
        return 0.0
    if category == "Mc":
        return 0.35
    for first, last, wide in SCRIPTS:
        if first <= code <= last:
            return wide
    if code >= FULL:
        return 1.1
    if letter == " ":
        return 0.28
    if letter in NARROW:
        return 0.36
    return 0.84 if letter in WIDE else 0.68 if letter.isupper() else 0.59


def width(text: str, size: float) -> float:
    """Return how wide a text is in letters of this size."""
    return sum(map(width_of, text)) * size


def wrapped(text: str, size: float, widest: float, most: int) -> list[str]:
    """Return a text as lines, at most so many; what is left out is an ellipsis."""
    lines = [""]
    for piece in _pieces(text, size, widest):
        if width(lines[-1] + piece.rstrip(), size) <= widest:
            lines[-1] += piece
        elif piece.strip():
            lines.append(piece.lstrip())
    lines = [line.rstrip() for line in lines]
    return lines if len(lines) <= most else [*lines[: most - 1], _cut(lines[most - 1], size, widest)]


def _cut(line: str, size: float, widest: float) -> str:
    pieces = list(_pieces(line, size, widest))
    while len(pieces) > 1 and width("".join(pieces) + "…", size) > widest:
        pieces.pop()
    return "".join(pieces).rstrip(" .,;") + "…"


def _pieces(text: str, size: float, widest: float) -> Iterable[str]:
    """Words with the space before them; what has no spaces (Khmer, long names) may be broken between syllables."""
    before = ""
    for part in SPACES.split(text):
        if SPACES.fullmatch(part):
            before = "" if part == "\u200b" else " "
        elif width(part, size) <= widest and not _is_khmer(part):
            yield before + part
            before = ""
        else:
            for cluster in _clusters(part):
                yield before + cluster
                before = ""


def _is_khmer(text: str) -> bool:
    return any("\u1780" <= letter <= "\u17ff" for letter in text)


def _clusters(text: str) -> Iterable[str]:
    """A letter with all that hangs on it: marks, and in Khmer the letters below."""
    cluster = ""
    for letter in text:
        hangs = unicodedata.category(letter)[0] in "MC" or cluster.endswith(COENG)
        if cluster and not hangs:
            yield cluster
            cluster = ""
        cluster += letter
    if cluster:
        yield cluster
