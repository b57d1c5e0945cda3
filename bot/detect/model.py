"""The model beside the rules: a table of small whole numbers that says how much a message is like a plea.

It listens only when no rule was heard, opens at most P3, and never lowers anything. Reading its file is not done here.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from math import sqrt
from typing import Final

from bot.detect.ngrams import letter_pieces, slot_pieces

SLOT_SHARE: Final = 1.0
"""How much the slots say beside the letters: chosen by cross-validation on the corpus."""
KIND_BUCKETS: Final = 16_381
_LETTERS: Final = 250
_SLOTS: Final = 30
"""From so many pieces on a longer message is not louder: news is long, a plea is short."""


@dataclass(frozen=True, slots=True)
class Model:
    """Weights per bucket for "worrying", per bucket and category for "what about", and a threshold per language."""

    weights: array[int] = field(repr=False)
    kinds: Mapping[str, array[int]] = field(repr=False)
    thresholds: Mapping[str, float]
    unsure: float
    corpus: str = ""

    def score(self, text: str, slots: Collection[str]) -> float:
        """Return how much a message is like a plea; compare it with `threshold`."""
        return sum([self.weights[piece] * value for piece, value in row(text, slots)])

    def threshold(self, language: str | None) -> float:
        """Return the score from which a message is heard; a girl whose language is not known gets the highest."""
        return self.thresholds.get(language or "", max(self.thresholds.values()))

    def category(self, text: str, slots: Collection[str]) -> str:
        """Return what the message is most likely about, or `wants_to_talk` where no category stands out."""
        pieces = [p % KIND_BUCKETS for p in (*letter_pieces(text), *slot_pieces(slots))]
        best = sorted(
            ((sum([w[p] for p in pieces]) / len(pieces), name) for name, w in self.kinds.items()), reverse=True
        )
        return best[0][1] if best[0][0] - best[1][0] >= self.unsure else "wants_to_talk"


def row(text: str, slots: Collection[str]) -> list[tuple[int, float]]:
    """Return the buckets of a message with what each counts."""
    letters, spoken = letter_pieces(text), slot_pieces(slots)
    one, other = _share(len(letters), _LETTERS), SLOT_SHARE * _share(len(spoken), _SLOTS)
    return [*((piece, one) for piece in sorted(letters)), *((piece, other) for piece in sorted(spoken))]


def _share(count: int, most: int) -> float:
    return sqrt(min(count, most)) / count if count else 0.0
