"""Training the model, in whole steps of plain arithmetic: the same sentences give the same file on every machine.

A linear support vector machine by dual coordinate descent, and word counts for the category. Pure: no disk, no chance.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final, NamedTuple

from bot.detect.model import KIND_BUCKETS, Model, kind_buckets, row
from bot.detect.ngrams import BUCKETS

ROUNDS: Final = 6
SOFTNESS: Final = 2.0
WORRYING_COUNTS: Final = 1.5
"""A plea that is missed costs more than a false alarm, so it pulls harder."""
KIND_ROUNDS: Final = 3
KIND_SOFTNESS: Final = 1.0
_SMALL: Final = 127
_SEED: Final = 20_011
_UNIT: Final = 1 << 24
"""Weights are whole numbers of this part while they are learnt: the order of adding cannot change a sum."""


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence to learn from; `family` holds the variants of one sentence together, so that none is tested on itself."""

    text: str
    language: str
    category: str
    family: str
    slots: Collection[str] = field(default=())
    counts: float = 1.0

    @property
    def worrying(self) -> bool:
        return self.category != "none"


class _Group(NamedTuple):
    """Pieces of one kind: how to look up their weights, and what each counts."""

    pieces: Sequence[int]
    weights_in: Callable[[Sequence[int]], Iterable[int]]
    counts: float


class _Row(NamedTuple):
    groups: tuple[_Group, ...]
    length: float
    sign: int
    most: float
    family: str

    def score(self, weights: Sequence[int]) -> float:
        return sum([sum(g.weights_in(weights)) * g.counts for g in self.groups])


def train(examples: Sequence[Example], thresholds: Mapping[str, float], unsure: float, corpus: str = "") -> Model:
    """Return the model that these sentences teach."""
    rows = [_row(e) for e in examples]
    return Model(_smaller(_weights(rows)), _kinds(examples, rows), dict(thresholds), unsure, corpus)


def out_of_family(examples: Sequence[Example], folds: int) -> list[float]:
    """Return each sentence's score from a model that has seen nothing of its family."""
    families = {name: index % folds for index, name in enumerate(sorted({e.family for e in examples}, key=_mixed))}
    rows = [_row(e) for e in examples]
    scores = [0.0] * len(examples)
    for fold in range(folds):
        weights = [*_smaller(_weights([r for r in rows if families[r.family] != fold])), 0]
        for index, each in enumerate(rows):
            if families[each.family] == fold:
                scores[index] = each.score(weights)  # as `Model.score` does
    return scores


def _mixed(name: str) -> tuple[int, str]:
    return (sum(name.encode()) * 2_654_435_761) % 1_000_003, name


def _row(example: Example) -> _Row:
    seen = row(example.text, example.slots)
    # One bucket too many that is always empty: a getter of a single place would not give a row.
    groups = tuple(_Group(pieces, itemgetter(*pieces, BUCKETS), counts) for pieces, counts in seen)
    length = sum(n * n * g.counts * g.counts for g in groups for n in Counter(g.pieces).values())
    sign, most = (1, SOFTNESS * WORRYING_COUNTS) if example.worrying else (-1, SOFTNESS * example.counts)
    return _Row(groups, length or 1.0, sign, most, example.family)


def _weights(rows: Sequence[_Row], buckets: int = BUCKETS, rounds: int = ROUNDS) -> list[int]:
    """Return weights that keep two sides apart by as wide a street as the softness allows."""
    weights, pulls = [0] * (buckets + 1), [0.0] * len(rows)
    for turn in range(rounds):
        for index in _shuffled(len(rows), turn):
            each = rows[index]
            score = each.score(weights) / _UNIT
            pull = min(max(pulls[index] - (each.sign * score - 1.0) / each.length, 0.0), each.most)
            step, pulls[index] = (pull - pulls[index]) * each.sign * _UNIT, pull
            for pieces, _, counts in each.groups if step else ():
                add = round(step * counts)
                for piece in pieces:
                    weights[piece] += add
    return weights[:buckets]


def _shuffled(count: int, turn: int) -> list[int]:
    """Return an order that looks random and is always the same."""
    return sorted(range(count), key=lambda i: ((i + 1) * (turn * 2 + 3) * _SEED * 7_919) % 1_000_003)


def _top(weights: Sequence[int]) -> int:
    ordered = sorted(abs(w) for w in weights if w)
    return ordered[int(len(ordered) * 0.9995)] if ordered else 1


def _small(weights: Sequence[int], top: int) -> array[int]:
    """Return the weights as whole numbers of one byte, where `top` and more is the largest."""
    return array("b", [max(-_SMALL, min(_SMALL, round(w / top * _SMALL))) for w in weights])


def _smaller(weights: Sequence[int]) -> array[int]:
    return _small(weights, _top(weights))


def _kinds(examples: Sequence[Example], rows: Sequence[_Row]) -> dict[str, array[int]]:
    """Return weights for each category against all others, on one scale."""
    pleas = [(e.category, _folded(r)) for e, r in zip(examples, rows, strict=True) if e.worrying]
    learnt: dict[str, list[int]] = {}
    for name in sorted({category for category, _ in pleas}):
        sided = [r._replace(sign=1 if category == name else -1, most=KIND_SOFTNESS) for category, r in pleas]
        learnt[name] = _weights(sided, KIND_BUCKETS, KIND_ROUNDS)
    top = max((_top(weights) for weights in learnt.values()), default=1)
    return {name: _small(weights, top) for name, weights in learnt.items()}


def _folded(row: _Row) -> _Row:
    """Return a row whose pieces lie in the smaller table of the categories."""
    groups = ((kind_buckets(g.pieces), g.counts) for g in row.groups)
    return row._replace(groups=tuple(_Group(p, itemgetter(*p, KIND_BUCKETS), counts) for p, counts in groups))
