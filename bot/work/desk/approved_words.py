"""Ready replies as they were approved: whether a text is one of them, letter by letter, with only its blanks filled.

A moderator may change words in a language that she writes. In another language a changed word may say anything.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.model.campaign import Campaign, CannedReply
from bot.work.desk.reply_contacts import listed_values, unlisted

_BLANK = re.compile(r"<([a-z_ ]+)>|\{([a-z_]+)\}")
_SENTENCE = re.compile(r"(?<=[.?!។।])\s+|\n")
SHORTEST = 15
"""A shorter sentence ("Thank you.") may stand in anybody's own words."""
LONGEST_BLANK = 40
OF_THE_DIRECTORY = frozenset({"number", "line", "emergency", "child_helpline"})
"""Blanks that hold a number: only the directory's."""


@dataclass(frozen=True, slots=True)
class Approved:
    """The ready reply that a text is, in which language, and what its blanks were filled with."""

    reply: CannedReply
    language: str
    blanks: Mapping[str, str]


def approved(text: str, replies: Iterable[CannedReply]) -> Approved | None:
    """Return the ready reply that this text is, unchanged but for its blanks."""
    even = _even(text)
    for reply in replies:
        for language, words in reply.words.items():
            names, pattern = _pattern(words)
            if found := pattern.fullmatch(even):
                return Approved(reply, language, dict(zip(names, found.groups(), strict=True)))
    return None


def blanks_fit(found: Approved, campaign: Campaign) -> bool:
    """Return whether its blanks hold what they may: numbers of the directory, else a few words without any contact."""
    return all(_fits(name, value, campaign) for name, value in found.blanks.items())


def changed(text: str, replies: Iterable[CannedReply], writes: Iterable[str]) -> CannedReply | None:
    """Return the ready reply that was changed in a language this person does not write, None when there is none."""
    even, hers = _even(text), frozenset(writes)
    for reply in replies:
        for language, words in reply.words.items():
            if language not in hers and any(sentence in even for sentence in _sentences(words)):
                return reply
    return None


def _fits(name: str, value: str, campaign: Campaign) -> bool:
    if unlisted(value, campaign):
        return False
    if name not in OF_THE_DIRECTORY:
        return len(value) <= LONGEST_BLANK
    left = value
    for known in listed_values(campaign):
        left = left.replace(known, "")
    return not any(char.isalnum() for char in left)


@lru_cache(maxsize=4096)
def _pattern(words: str) -> tuple[tuple[str, ...], re.Pattern[str]]:
    parts, names, at, even = [], [], 0, _even(words)
    for blank in _BLANK.finditer(even):
        parts += [re.escape(even[at : blank.start()]), "(.+?)"]
        names.append(blank.group(1) or blank.group(2))
        at = blank.end()
    return tuple(names), re.compile("".join([*parts, re.escape(even[at:])]))


def _sentences(words: str) -> Iterator[str]:
    for sentence in _SENTENCE.split(words):
        if len(sentence) >= SHORTEST and not _BLANK.search(sentence):
            yield _even(sentence)


def _even(text: str) -> str:
    """Return the text as it reads: one blank between words, no invisible breaks, one way to write each letter."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\u200b", "").split())
