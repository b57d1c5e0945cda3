"""Training the model, in whole steps of plain arithmetic: the same sentences give the same file on every machine.

A linear support vector machine by dual coordinate descent, and word counts for the category. Pure: no disk, no chance.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from typing import Final

from bot.detect.model import KIND_BUCKETS, Model, row
from bot.detect.ngrams import BUCKETS, letter_pieces, slot_pieces

ROUNDS: Final = 8
SOFTNESS: Final = 2.0
WORRYING_COUNTS: Final = 1.5
"""A plea that is missed costs more than a false alarm, so it pulls harder."""
_SMALL: Final = 127
_ODDS: Final = 24
_SEED: Final = 20_011


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


def train(examples: Sequence[Example], thresholds: Mapping[str, float], unsure: float, corpus: str = "") -> Model:
    """Return the model that these sentences teach."""
    return Model(_small(_weights(examples)), _kinds(examples), dict(thresholds), unsure, corpus)


def out_of_family(examples: Sequence[Example], folds: int) -> list[float]:
    """Return each sentence's score from a model that has seen nothing of its family."""
    families = {name: index % folds for index, name in enumerate(sorted({e.family for e in examples}, key=_mixed))}
    scores = [0.0] * len(examples)
    for fold in range(folds):
        model = Model(_small(_weights([e for e in examples if families[e.family] != fold])), {}, {}, 0.0)
        for index, example in enumerate(examples):
            if families[example.family] == fold:
                scores[index] = model.score(example.text, example.slots)
    return scores


def _mixed(name: str) -> tuple[int, str]:
    return (sum(name.encode()) * 2_654_435_761) % 1_000_003, name


def _weights(examples: Sequence[Example]) -> list[float]:
    """Return weights that keep pleas and everything else apart by as wide a street as the softness allows."""
    rows = [row(e.text, e.slots) for e in examples]
    signs = [1.0 if e.worrying else -1.0 for e in examples]
    most = [SOFTNESS * (WORRYING_COUNTS if e.worrying else 1.0) for e in examples]
    lengths = [sum(v * v for _, v in each) for each in rows]
    weights, pulls = [0.0] * BUCKETS, [0.0] * len(rows)
    for turn in range(ROUNDS):
        for index in _shuffled(len(rows), turn):
            pieces, sign = rows[index], signs[index]
            gradient = sign * sum([weights[p] * v for p, v in pieces]) - 1.0
            pull = min(max(pulls[index] - gradient / lengths[index], 0.0), most[index])
            step, pulls[index] = (pull - pulls[index]) * sign, pull
            if step:
                for piece, value in pieces:
                    weights[piece] += step * value
    return weights


def _shuffled(count: int, turn: int) -> list[int]:
    """Return an order that looks random and is always the same."""
    return sorted(range(count), key=lambda i: ((i + 1) * (turn * 2 + 3) * _SEED * 7_919) % 1_000_003)


def _small(weights: Sequence[float]) -> array[int]:
    """Return the weights as whole numbers of one byte, with the same largest value for every corpus."""
    ordered = sorted(abs(w) for w in weights if w)
    top = ordered[int(len(ordered) * 0.9995)] if ordered else 1.0
    return array("b", [max(-_SMALL, min(_SMALL, round(w / top * _SMALL))) for w in weights])


def _kinds(examples: Sequence[Example]) -> dict[str, array[int]]:
    """Return for each category how much more often a piece stands in it than elsewhere."""
    counts: dict[str, dict[int, int]] = {}
    for example in (e for e in examples if e.worrying):
        mine = counts.setdefault(example.category, {})
        for piece in {p % KIND_BUCKETS for p in (*letter_pieces(example.text), *slot_pieces(example.slots))}:
            mine[piece] = mine.get(piece, 0) + 1
    total = {p: sum(c.get(p, 0) for c in counts.values()) for p in range(KIND_BUCKETS)}
    return {name: _log_odds(mine, total) for name, mine in sorted(counts.items())}


def _log_odds(mine: Mapping[int, int], total: Mapping[int, int]) -> array[int]:
    inside, outside = sum(mine.values()) + KIND_BUCKETS, sum(total.values()) - sum(mine.values()) + KIND_BUCKETS
    base = log(outside / inside)
    odds = (log((mine.get(p, 0) + 1) / (total[p] - mine.get(p, 0) + 1)) + base for p in range(KIND_BUCKETS))
    return array("b", [max(-_SMALL, min(_SMALL, round(odd * _ODDS))) for odd in odds])
