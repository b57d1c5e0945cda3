"""What staff write in a frame, read into parts: `{slot}`, `…`, `(this | that)` and plain words. No regular expressions.

A pattern is a list of parts in a row with bounded gaps between them, so matching can never backtrack.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_PART: Final = re.compile(r"\{[^{}]*\}|\([^()]*\)|…|\.\.\.|[^\s{}()…]+")
_SLOT_NAME: Final = re.compile(r"(?:[a-z]{2,3}\.)?[a-z][a-z0-9_]*")
MOST_PARTS: Final = 8


class BadPattern(ValueError):
    """A pattern or a phrase that cannot be understood; the message is a sentence for campaign staff."""


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a pattern: a slot by name, or phrases of which one must stand there; `after_gap` says that words may
    stand before it."""

    slot: str = ""
    phrases: tuple[str, ...] = ()
    after_gap: bool = False


def parse_pattern(pattern: str) -> tuple[Part, ...]:
    """Return the parts of a pattern, or raise `BadPattern` with a sentence that says what to change."""
    parts: list[Part] = []
    gap = False
    words: list[str] = []
    for piece in [*_PART.findall(pattern), "…"]:
        if piece[0] in "{(…" or piece == "...":
            if words:
                parts.append(Part(phrases=(" ".join(words),), after_gap=gap))
                gap, words = False, []
            if piece[0] in "{(":
                parts.append(_part(piece, gap))
                gap = False
            else:
                gap = True
        else:
            words.append(piece)
    return _checked(pattern, tuple(parts))


def _part(piece: str, gap: bool) -> Part:
    inside = piece[1:-1].strip()
    if piece[0] == "(":
        phrases = tuple(p.strip() for p in inside.split("|") if p.strip())
        return Part(phrases=phrases, after_gap=gap)
    if not _SLOT_NAME.fullmatch(inside):
        raise BadPattern(f"'{piece}' is not a slot: write its name in small letters between braces, as in {{who}}.")
    return Part(slot=inside, after_gap=gap)


def _checked(pattern: str, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    if re.sub(_PART, "", pattern).strip():
        raise BadPattern(f"'{pattern}' has a brace or bracket that is not closed.")
    if not parts:
        raise BadPattern(f"'{pattern}' has no words in it.")
    if len(parts) > MOST_PARTS:
        raise BadPattern(f"'{pattern}' has {len(parts)} parts; the most is {MOST_PARTS}. Make two patterns of it.")
    return parts
