"""Training the model, in whole steps of plain arithmetic: the same sentences give the same file on every machine.

Linear support vector machines with squared loss by dual coordinate descent (Hsieh and others, 2008); a piece counts by how
rare it is. Pure: no disk, no chance.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from operator import itemgetter
from typing import Final, NamedTuple

from bot.detect.model import KIND_BUCKETS, Model, kind_buckets, row
from bot.detect.ngrams import BUCKETS

ROUNDS: Final = 4
SOFTNESS: Final = 0.02
WORRYING_COUNTS: Final = 1.5
"""A plea that is missed costs more than a false alarm, so it pulls harder."""
KIND_ROUNDS: Final = 3
KIND_SOFTNESS: Final = 0.02
_SMALL: Final = 127
_NEAR: Final = 0.25
"""A sentence so near to where it belongs is left there: moving it again would cost time and change nothing."""
_START_MOVES: Final = 100
"""How easily the start moves, beside a piece that stands in every second sentence (0.5)."""
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
    sign: int
    most: float
    family: str

    def score(self, weights: Sequence[int]) -> float:
        return sum([sum(g.weights_in(weights)) * g.counts for g in self.groups])


def train(examples: Sequence[Example], thresholds: Mapping[str, float], unsure: float, corpus: str = "") -> Model:
    """Return the model that these sentences teach."""
    rows = [_row(e) for e in examples]
    weights, start = _smaller(_weights(rows, _ground(rows, BUCKETS), ROUNDS))
    return Model(weights, start, _kinds(examples, rows), dict(thresholds), unsure, corpus)


def out_of_family(examples: Sequence[Example], folds: int) -> list[float]:
    """Return each sentence's score from a model that has seen nothing of its family."""
    families = {name: index % folds for index, name in enumerate(sorted({e.family for e in examples}, key=_mixed))}
    rows = [_row(e) for e in examples]
    scores = [0.0] * len(examples)
    for fold in range(folds):
        others = [r for r in rows if families[r.family] != fold]
        small, start = _smaller(_weights(others, _ground(others, BUCKETS), ROUNDS))
        weights = [*small, 0]
        for index, each in enumerate(rows):
            if families[each.family] == fold:
                scores[index] = start + each.score(weights)  # as `Model.score` does
    return scores


def _mixed(name: str) -> tuple[int, str]:
    return (sum(name.encode()) * 2_654_435_761) % 1_000_003, name


def _row(example: Example) -> _Row:
    seen = row(example.text, example.slots)
    # One bucket too many that is always empty: a getter of a single place would not give a row.
    groups = tuple(_Group(pieces, itemgetter(*pieces, BUCKETS), counts) for pieces, counts in seen)
    sign, most = (1, SOFTNESS * WORRYING_COUNTS) if example.worrying else (-1, SOFTNESS * example.counts)
    return _Row(groups, sign, most, example.family)


@dataclass(frozen=True, slots=True)
class _Learnt:
    """What each bucket weighs, and where a message begins: most talk is harmless, whatever its words."""

    weights: list[int]
    start: int


class _Ground(NamedTuple):
    """What does not depend on what is to be told apart: how telling each bucket is (squared), how long each sentence."""

    rarity: list[float]
    lengths: list[float]


def _ground(rows: Sequence[_Row], buckets: int) -> _Ground:
    rarity = _squared_rarity(rows, buckets)
    return _Ground(rarity, [_length(each, rarity) for each in rows])


def _weights(rows: Sequence[_Row], ground: _Ground, rounds: int) -> _Learnt:
    """Return weights that keep two sides apart by as wide a street as the softness allows.

    A piece that is `rarity` times as telling moves by the square of it: that is the same as hearing it so much louder.
    """
    weights, pulls, start = [0] * len(ground.rarity), [0.0] * len(rows), 0
    for turn in range(rounds):
        for index in _shuffled(len(rows), turn):
            each, before = rows[index], pulls[index]
            soft = 0.5 / each.most
            gap = each.sign * (start + each.score(weights)) / _UNIT - 1.0 + before * soft
            if abs(gap) < _NEAR:
                continue
            pulls[index] = max(before - gap / (ground.lengths[index] + _START_MOVES + soft), 0.0)
            if step := (pulls[index] - before) * each.sign * _UNIT:
                start += round(step * _START_MOVES)
                _move(weights, each, step, ground.rarity)
    return _Learnt(weights[:-1], start)


def _move(weights: list[int], row: _Row, step: float, rarity: Sequence[float]) -> None:
    for pieces, _, counts in row.groups:
        add = step * counts
        for piece in pieces:
            weights[piece] += round(add * rarity[piece])


def _squared_rarity(rows: Sequence[_Row], buckets: int) -> list[float]:
    """Return for each bucket the square of how rare it is among the sentences, by the logarithm as always."""
    seen = [0] * (buckets + 1)
    for each in rows:
        for piece in {piece for group in each.groups for piece in group.pieces}:
            seen[piece] += 1
    # Rounded, because the last digit of a logarithm is not the same on every machine.
    rare = {count: round(log((len(rows) + 1) / (count + 1)), 6) for count in set(seen)}
    return [rare[count] ** 2 for count in seen]


def _length(row: _Row, rarity: Sequence[float]) -> float:
    """Return the squared length of a sentence; a piece that comes more than once is longer."""
    return sum(n * n * g.counts**2 * rarity[p] for g in row.groups for p, n in Counter(g.pieces).items())


def _shuffled(count: int, turn: int) -> list[int]:
    """Return an order that looks random and is always the same."""
    return sorted(range(count), key=lambda i: ((i + 1) * (turn * 2 + 3) * _SEED * 7_919) % 1_000_003)


def _top(weights: Sequence[int]) -> int:
    ordered = sorted(abs(w) for w in weights if w)
    return ordered[int(len(ordered) * 0.9999)] if ordered else 1


def _small(weights: Sequence[int], top: int) -> array[int]:
    """Return the weights as whole numbers of one byte, where `top` and more is the largest."""
    return array("b", [max(-_SMALL, min(_SMALL, round(w / top * _SMALL))) for w in weights])


def _smaller(learnt: _Learnt) -> tuple[array[int], float]:
    top = _top(learnt.weights)
    return _small(learnt.weights, top), round(learnt.start / top * _SMALL, 1)


def _kinds(examples: Sequence[Example], rows: Sequence[_Row]) -> dict[str, array[int]]:
    """Return weights for each category against all others, on one scale."""
    pleas = [(e.category, _folded(r)) for e, r in zip(examples, rows, strict=True) if e.worrying]
    learnt: dict[str, list[int]] = {}
    ground = _ground([r for _, r in pleas], KIND_BUCKETS)
    for name in sorted({category for category, _ in pleas}):
        sided = [r._replace(sign=1 if category == name else -1, most=KIND_SOFTNESS) for category, r in pleas]
        learnt[name] = _weights(sided, ground, KIND_ROUNDS).weights
    top = max((_top(weights) for weights in learnt.values()), default=1)
    return {name: _small(weights, top) for name, weights in learnt.items()}


def _folded(row: _Row) -> _Row:
    """Return a row whose pieces lie in the smaller table of the categories."""
    groups = ((kind_buckets(g.pieces), g.counts) for g in row.groups)
    return row._replace(groups=tuple(_Group(p, itemgetter(*p, KIND_BUCKETS), counts) for p, counts in groups))
