"""A phrase of a list as the matcher looks for it: a key for the automaton and what must hold around it.

`beat*` begins a word, `*ing` ends one, `*piga*` stands inside one, `ni*ua` begins and ends one.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final, NamedTuple

from bot.detect.letters import KHMER, fold
from bot.detect.patterns import BadPattern
from bot.detect.tokens import tokens

_SHORTEST_STEM: Final = 3
_SHORTEST_STEM_ELSEWHERE: Final = 2  # a letter of Devanagari is a syllable


class Edge(IntEnum):
    """How a phrase sits in a text: as whole words, as the beginning, end or inside of one, or in unspaced Khmer."""

    WORDS = 0
    BEGINS = 1
    ENDS = 2
    INSIDE = 3
    KHMER = 4
    BEGINS_AND_ENDS = 5


class Phrase(NamedTuple):
    """The string to look for, how it must sit, and for `ni*ua` how its word must end."""

    key: str
    edge: Edge
    tail: str = ""


def plain(text: str) -> str:
    """Return a text as the matcher sees it: plain words with single spaces."""
    return " ".join(t.word for t in tokens(text))


def parse_phrase(text: str) -> Phrase:
    """Return what to look for, or raise `BadPattern` with a sentence that says what to change."""
    before, star, after = text.strip("*").partition("*")
    if star:
        return _two_ended(text, before, after)
    words = plain(text.replace("*", ""))
    if not words:
        raise BadPattern(f"'{text}' has no letters in it.")
    return _one_ended(text, words)


def _one_ended(text: str, words: str) -> Phrase:
    open_left, open_right = text.startswith("*"), text.endswith("*")
    shortest = _SHORTEST_STEM if words.isascii() else _SHORTEST_STEM_ELSEWHERE
    if (open_left or open_right) and len(words) < shortest:
        raise BadPattern(f"'{text}' would match almost anything: keep at least {shortest} letters beside the star.")
    left = "" if open_left or is_khmer(words[0]) else " "
    right = "" if open_right or is_khmer(words[-1]) else " "
    return Phrase(left + words + right, _edge(open_left, open_right, words))


def _edge(open_left: bool, open_right: bool, words: str) -> Edge:
    if is_khmer(words[0]) or is_khmer(words[-1]):
        return Edge.KHMER
    if open_left:
        return Edge.INSIDE if open_right else Edge.ENDS
    return Edge.BEGINS if open_right else Edge.WORDS


def _two_ended(text: str, before: str, after: str) -> Phrase:
    if " " in text or "*" in after:
        raise BadPattern(f"'{text}': a star inside a phrase works only once, within one word.")
    head, tail = plain(before), plain(after)
    if len(head) < 2 or len(tail) < 2 or len(head) + len(tail) < 5:
        raise BadPattern(f"'{text}' would match almost anything: keep more letters beside the star.")
    return Phrase(" " + head, Edge.BEGINS_AND_ENDS, tail)


def is_khmer(char: str) -> bool:
    """Return whether a character belongs to Khmer script, which puts no spaces between words."""
    return fold(char)[0] == KHMER
