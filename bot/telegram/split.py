"""A text in parts that Telegram takes: at most so many UTF-16 units each, cut at the kindest border there is. Pure."""

from __future__ import annotations

import re
import unicodedata

MESSAGE = 4096
CAPTION = 1024

BORDERS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?…។။।])\s+"), re.compile(r"\s+"))
"""Where to cut, best first: between paragraphs, lines, sentences, words."""

JOINER = "\u200d"


def units(text: str) -> int:
    """Return the length as Telegram counts it: a letter outside the first 65,536 counts twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int = MESSAGE) -> tuple[str, ...]:
    """Return the text in order, in parts of at most `limit` units, none empty; joined emoji and letters stay whole."""
    parts = []
    rest = whole(text).strip()
    while units(rest) > limit:
        head, rest = _cut(rest, limit)
        parts.append(head)
    return (*parts, rest) if rest else tuple(parts)


def whole(text: str) -> str:
    """Return the text with half surrogate pairs made visible: they cannot be sent as UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


def _cut(text: str, limit: int) -> tuple[str, str]:
    """Return a first part that fits, and the rest."""
    room = _fitting(text, limit)
    for border in BORDERS:
        # A border in the first half would leave a scrap of a message: a finer one further on reads better.
        found = [m for m in border.finditer(text, room // 2, room + 1) if m.start() <= room]
        if found:
            return text[: found[-1].start()].rstrip(), text[found[-1].end() :].lstrip()
    at = next((i for i in range(room, 0, -1) if not _joined(text, i)), room)
    return text[:at], text[at:]


def _fitting(text: str, limit: int) -> int:
    """Return how many letters from the start fit."""
    used = 0
    for i, letter in enumerate(text):
        used += 2 if letter > "\uffff" else 1
        if used > limit:
            return i
    return len(text)


def _joined(text: str, at: int) -> bool:
    """Return whether the letters before and after this place belong together."""
    before, after = text[at - 1], text[at]
    if JOINER in (before, after) or "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return True
    if unicodedata.category(after).startswith("M") or unicodedata.combining(before) == 9:
        return True  # a mark on the letter before; a virama or coeng joins the letter behind
    return _is_flag(before) and _is_flag(after) and _flags_before(text, at) % 2 == 1


def _is_flag(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"


def _flags_before(text: str, at: int) -> int:
    """Return how many halves of flags stand right before this place: two make a flag."""
    count = 0
    while count < at and _is_flag(text[at - 1 - count]):
        count += 1
    return count
