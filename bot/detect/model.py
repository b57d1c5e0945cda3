"""The model beside the rules: a small network that says how much a message is like a plea, and what about.

Pieces of the message add up to a few dozen sums (`rows`); these speak for classes, pleas of a category or harmless talk
of a kind (`voices`). It never lowers a rule. Reading its file is not done here, learning neither.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from math import sqrt
from typing import Final, NamedTuple

from bot.detect.ngrams import (
    letter_pieces,
    name_of,
    slot_pieces,
    spoken_words,
    stem_of,
    stem_pieces,
    word_pieces,
    words_of,
)
from bot.detect.rows import Rows
from bot.detect.voices import Sound, Voices

SHARES: Final = ((1.0, 250), (1.0, 60), (1.0, 40), (1.0, 30))
"""How much letters, words, stems and slots say, and from how many pieces on a longer message is not louder: news is long,
a plea is short. Chosen by cross-validation."""
_MOST_KEPT: Final = 20_000
_LONGEST_KEPT: Final = 24


class _Word(NamedTuple):
    letters: int
    pieces: int
    names: tuple[int, ...]
    stems: tuple[int, ...]


class _Words(dict[str, _Word]):
    """What the letters of a word add, how many pieces they make, and its number and stem (in Khmer those of its
    syllables): worked out once, most come again.

    Bounded, in memory only, single words of nobody.
    """

    def __init__(self, rows: Rows) -> None:
        self.rows = rows

    def __missing__(self, word: str) -> _Word:
        pieces = letter_pieces(word)
        known = _Word(self.rows.added(pieces), len(pieces), *_numbers(word))
        if len(word) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[word] = known
        return known


@dataclass(frozen=True)
class Model:
    """The rows of the buckets, where each sum starts, how sums speak for classes, and two limits per language.

    From `thresholds` on the model hears a plea where no rule does; under `consents` it plainly hears harmless talk, and
    a hint of the word lists does not count. The last sum goes into the score unchanged; `unit` is what a weight of 1 means.
    """

    rows: Rows = field(repr=False)
    unit: float
    start: tuple[float, ...] = field(repr=False)
    voices: Voices = field(repr=False)
    thresholds: Mapping[str, float]
    consents: Mapping[str, float]
    corpus: str = ""
    _words: _Words = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_words", _Words(self.rows))

    def sound(self, text: str, slots: Collection[str]) -> Sound:
        """Return what a message sounds like; compare its score with `threshold` or `consent`."""
        *sums, plain = self._sums(text, slots)
        return self.voices.sound(sums, plain)

    def threshold(self, language: str | None) -> float:
        """Return the score from which a message is heard; a girl whose language is not known gets the highest."""
        return self.thresholds.get(language or "", max(self.thresholds.values()))

    def consent(self, language: str | None) -> float:
        """Return the score under which a hint does not count; where her language is not known, the lowest."""
        return self.consents.get(language or "", min(self.consents.values()))

    def _sums(self, text: str, slots: Collection[str]) -> list[float]:
        known = self._words
        words = [known[word] for word in words_of(text)]
        others = (
            word_pieces([name for word in words for name in word.names]),
            stem_pieces([stem for word in words for stem in word.stems]),
            slot_pieces(slots),
        )
        added = [(sum([word.letters for word in words]), sum([word.pieces for word in words]))]
        added += [(self.rows.added(pieces), len(pieces)) for pieces in others]
        sums = list(self.start)
        for group, (all_sums, count) in enumerate(added):
            if all_sums:
                loud = share(group, count) * self.unit
                sums = [before + loud * each for before, each in zip(sums, self.rows.apart(all_sums), strict=True)]
        return sums


def _numbers(word: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    spoken = spoken_words(word)
    return tuple(map(name_of, spoken)), tuple(map(stem_of, spoken))


def groups(text: str, slots: Collection[str]) -> list[list[int]]:
    """Return the buckets of letters, of words, of stems and of slots of a message: what the model learns from."""
    words = words_of(text)
    numbers = [_numbers(word) for word in words]
    return [
        [piece for word in words for piece in letter_pieces(word)],
        word_pieces([name for names, _ in numbers for name in names]),
        stem_pieces([stem for _, stems in numbers for stem in stems]),
        slot_pieces(slots),
    ]


def share(group: int, count: int) -> float:
    """Return what one piece of a group counts where there are so many of them."""
    says, most = SHARES[group]
    return says * sqrt(min(count, most)) / count if count else 0.0
