"""The model beside the rules: a table of small whole numbers that says how much a message is like a plea.

It listens only when no rule was heard, opens at most P3, and never lowers anything. Reading its file is not done here.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from struct import Struct
from typing import Final

from bot.detect.ngrams import letter_pieces, name_of, slot_pieces, spoken_words, word_pieces, words_of

KIND_BUCKETS: Final = 32_749
SHARES: Final = ((1.0, 250), (1.0, 60), (1.0, 30))
"""How much letters, words and slots say, and from how many pieces on a longer message is not louder: news is long, a
plea is short. Chosen by cross-validation."""
_MOST_KEPT: Final = 20_000
_LONGEST_KEPT: Final = 24
_ABOVE: Final = 128


class _Words(dict[str, tuple[int, int, tuple[int, ...]]]):
    """What the letters of a word weigh, how many pieces they make, and its number (in Khmer its syllables' numbers): worked
    out once, most come again.

    Bounded, in memory only, single words of nobody.
    """

    def __init__(self, weights: array[int]) -> None:
        self.weights = weights

    def __missing__(self, word: str) -> tuple[int, int, tuple[int, ...]]:
        pieces, weights = letter_pieces(word), self.weights
        weighed = sum([weights[piece] for piece in pieces]), len(pieces), _names(word)
        if len(word) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[word] = weighed
        return weighed


class _SideBySide:
    """The tables of all categories side by side: one whole number a bucket, four bytes of it for each category.

    One addition then adds up all categories. A weight is kept as 128 more than it is, so that none is below nothing.
    """

    def __init__(self, kinds: Mapping[str, array[int]]) -> None:
        size = 4 * len(kinds)
        rows = bytearray(size * KIND_BUCKETS)
        for number, table in enumerate(kinds.values()):
            rows[4 * number :: size] = bytes([weight + _ABOVE for weight in table])
        self.unpack = Struct(f"<{len(kinds)}I").unpack
        self.size = size
        self.rows = [int.from_bytes(rows[at : at + size], "little") for at in range(0, len(rows), size)]

    def sums(self, buckets: Sequence[int], counts: float) -> list[float]:
        """Return for each category what these buckets weigh together, times what each piece counts."""
        added = sum(map(self.rows.__getitem__, buckets)).to_bytes(self.size, "little")
        above = _ABOVE * len(buckets)
        return [(weighs - above) * counts for weighs in self.unpack(added)]


@dataclass(frozen=True)
class Model:
    """Weights per bucket for "worrying", per bucket and category for "what about", and a threshold per language.

    `start` is the score of a message before any of it is heard.
    """

    weights: array[int] = field(repr=False)
    start: float
    kinds: Mapping[str, array[int]] = field(repr=False)
    thresholds: Mapping[str, float]
    unsure: float
    corpus: str = ""
    _words: _Words = field(init=False, repr=False, compare=False)
    _kinds: _SideBySide = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_words", _Words(self.weights))
        object.__setattr__(self, "_kinds", _SideBySide(self.kinds))

    def score(self, text: str, slots: Collection[str]) -> float:
        """Return how much a message is like a plea; compare it with `threshold`."""
        weights, known = self.weights, self._words
        words = [known[word] for word in words_of(text)]
        spoken, meant = word_pieces([name for _, _, names in words for name in names]), slot_pieces(slots)
        return (
            self.start
            + sum([letters for letters, _, _ in words]) * _share(0, sum([count for _, count, _ in words]))
            + sum([weights[p] for p in spoken]) * _share(1, len(spoken))
            + sum([weights[p] for p in meant]) * _share(2, len(meant))
        )

    def threshold(self, language: str | None) -> float:
        """Return the score from which a message is heard; a girl whose language is not known gets the highest."""
        return self.thresholds.get(language or "", max(self.thresholds.values()))

    def category(self, text: str, slots: Collection[str]) -> str:
        """Return what the message is most likely about, or `wants_to_talk` where no category stands out."""
        groups = [self._kinds.sums(kind_buckets(pieces), counts) for pieces, counts in row(text, slots)]
        best = sorted(zip(map(sum, zip(*groups, strict=True)), self.kinds, strict=True), reverse=True)
        if len(best) < 2 or best[0][0] - best[1][0] < self.unsure:
            return "wants_to_talk"
        return best[0][1]


def _names(word: str) -> tuple[int, ...]:
    return tuple(map(name_of, spoken_words(word)))


def kind_buckets(pieces: Sequence[int]) -> list[int]:
    """Return the buckets of pieces in the tables of the categories, which are smaller."""
    return [piece % KIND_BUCKETS for piece in pieces]


def row(text: str, slots: Collection[str]) -> list[tuple[list[int], float]]:
    """Return the buckets of letters, of words and of slots of a message, with what each piece counts."""
    words = words_of(text)
    groups = (
        [p for word in words for p in letter_pieces(word)],
        word_pieces([name for word in words for name in _names(word)]),
        slot_pieces(slots),
    )
    return [(pieces, _share(number, len(pieces))) for number, pieces in enumerate(groups) if pieces]


def _share(group: int, count: int) -> float:
    says, most = SHARES[group]
    return says * sqrt(min(count, most)) / count if count else 0.0
