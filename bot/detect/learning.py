"""Training the model, in whole steps of plain arithmetic: the same sentences give the same file on every machine.

A linear support vector machine by dual coordinate descent, and word counts for the category. Pure: no disk, no chance.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from operator import itemgetter
from typing import Final, NamedTuple

from bot.detect.model import KIND_BUCKETS, Model, row
from bot.detect.ngrams import BUCKETS

ROUNDS: Final = 8
SOFTNESS: Final = 2.0
WORRYING_COUNTS: Final = 1.5
"""A plea that is missed costs more than a false alarm, so it pulls harder."""
_SMALL: Final = 127
_ODDS: Final = 24
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
    return Model(_small(_weights(rows)), _kinds(examples, rows), dict(thresholds), unsure, corpus)


def out_of_family(examples: Sequence[Example], folds: int) -> list[float]:
    """Return each sentence's score from a model that has seen nothing of its family."""
    families = {name: index % folds for index, name in enumerate(sorted({e.family for e in examples}, key=_mixed))}
    rows = [_row(e) for e in examples]
    scores = [0.0] * len(examples)
    for fold in range(folds):
        weights = [*_small(_weights([r for r in rows if families[r.family] != fold])), 0]
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
    sign, most = (1, SOFTNESS * WORRYING_COUNTS) if example.worrying else (-1, SOFTNESS)
    return _Row(groups, length or 1.0, sign, most, example.family)


def _weights(rows: Sequence[_Row]) -> list[int]:
    """Return weights that keep pleas and everything else apart by as wide a street as the softness allows."""
    weights, pulls = [0] * (BUCKETS + 1), [0.0] * len(rows)
    for turn in range(ROUNDS):
        for index in _shuffled(len(rows), turn):
            each = rows[index]
            score = each.score(weights) / _UNIT
            pull = min(max(pulls[index] - (each.sign * score - 1.0) / each.length, 0.0), each.most)
            step, pulls[index] = (pull - pulls[index]) * each.sign * _UNIT, pull
            for pieces, _, counts in each.groups if step else ():
                add = round(step * counts)
                for piece in pieces:
                    weights[piece] += add
    return weights


def _shuffled(count: int, turn: int) -> list[int]:
    """Return an order that looks random and is always the same."""
    return sorted(range(count), key=lambda i: ((i + 1) * (turn * 2 + 3) * _SEED * 7_919) % 1_000_003)


def _small(weights: Sequence[int]) -> array[int]:
    """Return the weights as whole numbers of one byte, with the same largest value for every corpus."""
    ordered = sorted(abs(w) for w in weights if w)
    top = ordered[int(len(ordered) * 0.9995)] if ordered else 1
    return array("b", [max(-_SMALL, min(_SMALL, round(w / top * _SMALL))) for w in weights[:BUCKETS]])


def _kinds(examples: Sequence[Example], rows: Sequence[_Row]) -> dict[str, array[int]]:
    """Return for each category how much more often a piece stands in it than elsewhere."""
    counts: dict[str, dict[int, int]] = {}
    for example, each in ((e, r) for e, r in zip(examples, rows, strict=True) if e.worrying):
        mine = counts.setdefault(example.category, {})
        for piece in {p % KIND_BUCKETS for group in each.groups for p in group.pieces}:
            mine[piece] = mine.get(piece, 0) + 1
    total = {p: sum(c.get(p, 0) for c in counts.values()) for p in range(KIND_BUCKETS)}
    return {name: _log_odds(mine, total) for name, mine in sorted(counts.items())}


def _log_odds(mine: Mapping[int, int], total: Mapping[int, int]) -> array[int]:
    inside, outside = sum(mine.values()) + KIND_BUCKETS, sum(total.values()) - sum(mine.values()) + KIND_BUCKETS
    base = log(outside / inside)
    odds = (log((mine.get(p, 0) + 1) / (total[p] - mine.get(p, 0) + 1)) + base for p in range(KIND_BUCKETS))
    return array("b", [max(-_SMALL, min(_SMALL, round(odd * _ODDS))) for odd in odds])
