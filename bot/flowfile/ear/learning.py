"""Training the model: a small network learnt sentence by sentence. The same sentences give the same file on every machine.

Only adding, multiplying, dividing and roots are used, one after another in a fixed order, so that no library's faster sum
or machine's own logarithm can change a bit; chance comes from a generator that is the same everywhere. Nothing here runs in the bot.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from math import log
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from bot.detect.model import Model, groups, share
from bot.detect.ngrams import BUCKETS
from bot.detect.rows import Rows
from bot.detect.voices import HARMLESS, NOW, Voices, is_harmless

Numbers = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]

KEPT: Final = 200_000
"""So many buckets, those met most often, have a row: pieces seen once or twice are learnt by heart and help nobody."""
SUMS: Final = 32
ROUNDS: Final = 6
STEP: Final = 0.05
PIECES_LEFT_OUT: Final = 0.4
SUMS_LEFT_OUT: Final = 0.3
"""So much of a sentence, and of the sums, is left out each time it is read: what is learnt must not hang on one word."""
WORRYING_COUNTS: Final = 1.5
DANGER_COUNTS: Final = 3.0
"""A plea that is missed costs more than a false alarm, so it pulls harder; one of danger now costs most."""
_LOUD: Final = 0.2
_FAR: Final = 20.0
_SURE: Final = 1e-6
_BEGIN: Final = 0.1
_SPREAD: Final = 0.17
_VOICE: Final = 0.5
_CHANCE: Final = 20_011
_SMALL: Final = 127
_DIGITS: Final = 4
_PARTS: Final = 64


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence to learn from: what it is about, its kind (`P1`, `idiom` …), and how much it counts."""

    text: str
    category: str
    kind: str = ""
    slots: Collection[str] = field(default=())
    counts: float = 1.0

    @property
    def worrying(self) -> bool:
        return self.category != HARMLESS

    @property
    def belongs(self) -> str:
        """Return the class it belongs to: a category, danger now of a category, or a kind of harmless talk."""
        if self.worrying:
            return self.category + (NOW if self.kind == "P1" else "")
        return f"{HARMLESS}.{self.kind or 'everyday'}"


class _Read(NamedTuple):
    """A sentence as the network reads it: its buckets' rows, how loud each is, and where it belongs."""

    places: Places
    loud: Numbers
    worrying: bool
    belongs: int
    counts: float


@dataclass(slots=True)
class _Network:
    """What is learnt, each table with the sum of squared moves that slows it down (AdaGrad, Duchi and others, 2011)."""

    rows: Numbers
    start: Numbers
    voices: Numbers
    base: Numbers
    moved_rows: Numbers
    moved_start: Numbers
    moved_voices: Numbers
    moved_base: Numbers
    pleas: npt.NDArray[np.bool_]


class Learnt(NamedTuple):
    """A trained network and what is needed to read a sentence with it."""

    kept: Places
    rare: Numbers
    network: _Network
    classes: tuple[str, ...]


def learn(examples: Sequence[Example]) -> Learnt:
    """Return the network that these sentences teach."""
    pieces = [_pieces(example) for example in examples]
    kept, rare = _telling([places for places, _ in pieces])
    classes = tuple(sorted({example.belongs for example in examples}))
    read = [_read(e, p, kept, rare, classes) for e, p in zip(examples, pieces, strict=True)]
    chance = np.random.RandomState(_CHANCE)
    network = _untaught(len(kept), classes, chance)
    for _ in range(ROUNDS):
        for index in chance.permutation(len(read)):
            _learn_from(network, read[index], chance)
    return Learnt(kept, rare, network, classes)


def _pieces(example: Example) -> tuple[Places, Numbers]:
    """Return the buckets of a sentence, each once, and how loud each is."""
    found = groups(example.text, example.slots)
    places = np.array([piece for group in found for piece in group], np.int64)
    loud = np.repeat([share(number, len(group)) for number, group in enumerate(found)], [len(group) for group in found])
    each, where = np.unique(places, return_inverse=True)
    return each, np.bincount(where, loud, len(each)).astype(np.float32)


def _telling(sentences: Sequence[Places]) -> tuple[Places, Numbers]:
    """Return the buckets that are kept, in order, and how rare each is (by the logarithm, rounded: its last digit is not
    the same on every machine)."""
    met = np.zeros(BUCKETS, np.int64)
    for places in sentences:
        met[places] += 1
    most = np.argsort(-met, kind="stable")[:KEPT]
    kept = np.sort(most[met[most] > 0])
    rare = {count: round(log((len(sentences) + 1) / (count + 1)), 4) * _LOUD for count in set(met[kept].tolist())}
    return kept, np.array([rare[count] for count in met[kept].tolist()], np.float32)


def _read(
    example: Example, pieces: tuple[Places, Numbers], kept: Places, rare: Numbers, classes: Sequence[str]
) -> _Read:
    places, loud = pieces
    at = np.minimum(np.searchsorted(kept, places), len(kept) - 1)
    known = kept[at] == places
    at = at[known]
    return _Read(at, loud[known] * rare[at], example.worrying, classes.index(example.belongs), _pull(example))


def _pull(example: Example) -> float:
    """Return how hard an example pulls at the network."""
    if not example.worrying:
        return example.counts
    return example.counts * (DANGER_COUNTS if example.kind == "P1" else WORRYING_COUNTS)


def _untaught(rows: int, classes: Sequence[str], chance: np.random.RandomState) -> _Network:
    def some(shape: tuple[int, int], most: float) -> Numbers:
        return ((chance.random_sample(shape) * 2 - 1) * most).astype(np.float32)

    def moved(*shape: int) -> Numbers:
        return np.full(shape, _BEGIN, np.float32)

    table = np.zeros((rows, SUMS + 1), np.float32)
    table[:, :SUMS] = some((rows, SUMS), _SPREAD)
    pleas = np.array([not is_harmless(name) for name in classes])
    return _Network(
        table, np.zeros(SUMS + 1, np.float32), some((SUMS, len(classes)), _VOICE), np.zeros(len(classes), np.float32),
        moved(rows), moved(SUMS + 1), moved(SUMS, len(classes)), moved(len(classes)), pleas,
    )  # fmt: skip


def _learn_from(network: _Network, read: _Read, chance: np.random.RandomState) -> None:
    """Move everything a little, so that this sentence would be judged better the next time."""
    heard = chance.random_sample(len(read.places)) > PIECES_LEFT_OUT
    places, loud = read.places[heard], read.loud[heard] * np.float32(1 / (1 - PIECES_LEFT_OUT))
    before = network.rows[places]
    sums = _down(loud, before) + network.start
    alive = (sums[:SUMS] > 0) & (chance.random_sample(SUMS) > SUMS_LEFT_OUT)
    passes = alive * np.float32(1 / (1 - SUMS_LEFT_OUT))
    hidden = sums[:SUMS] * passes
    wrong, off = _mistake(network, hidden, sums[SUMS], read)
    back = _down(wrong, np.ascontiguousarray(network.voices.T)) * passes
    _move(network.voices, network.moved_voices, hidden[:, None] * wrong)
    _move(network.base, network.moved_base, wrong)
    pull = np.append(back, off).astype(np.float32)
    _move(network.start, network.moved_start, pull)
    network.moved_rows[places] += loud * loud * (_total(pull * pull) / np.float32(SUMS + 1))
    by_how_much = np.float32(STEP) * loud / np.sqrt(network.moved_rows[places])
    network.rows[places] = before - by_how_much[:, None] * pull


def _mistake(network: _Network, hidden: Numbers, plain: np.float32, read: _Read) -> tuple[Numbers, np.float32]:
    """Return how wrong each class is, and how wrong "like a plea" is: both are learnt at once, which helps both."""
    likely = _down(hidden, network.voices) + network.base
    likely = _exp(np.maximum(likely - likely.max(), np.float32(-_FAR)))
    likely = likely / _total(likely)
    pleas = network.pleas
    plea = np.clip(_total(likely * pleas), np.float32(_SURE), np.float32(1 - _SURE))
    lifted = plea * _exp(np.clip(plain, np.float32(-_FAR), np.float32(_FAR)))
    off = (lifted / (lifted + 1 - plea) - np.float32(read.worrying)) * np.float32(read.counts)
    wrong = np.where(pleas, likely / plea, -likely / (1 - plea)) * off + likely * np.float32(read.counts)
    wrong[read.belongs] -= np.float32(read.counts)
    return wrong.astype(np.float32), np.float32(off)


def _move(table: Numbers, moved: Numbers, pull: Numbers) -> None:
    moved += pull * pull
    table -= np.float32(STEP) * pull / np.sqrt(moved)


def _down(loud: Numbers, rows: Numbers) -> Numbers:
    """Return the sum of the rows, each as loud as told: row after row, so that the order of adding is always the same."""
    added: Numbers = (loud[:, None] * rows).sum(axis=0)
    return added


def _total(numbers: Numbers) -> np.float32:
    return np.float32(numbers[:, None].repeat(2, axis=1).sum(axis=0)[0])


def _exp(numbers: Any) -> Any:
    """Return e to the power of each number, by multiplying only: the machine's own differs in its last digit."""
    part = numbers / np.float32(_PARTS)
    one = np.float32(1)
    grown = one + part * (one + part * (np.float32(1 / 2) + part * (np.float32(1 / 6) + part / np.float32(24))))
    for _ in range(_PARTS.bit_length() - 1):
        grown = grown * grown
    return grown


def model_of(learnt: Learnt, thresholds: dict[str, float], consents: dict[str, float], corpus: str = "") -> Model:
    """Return the network as the bot hears with it: rows in whole numbers of one byte."""
    network = learnt.network
    rows: Numbers = network.rows * learnt.rare[:, None]
    ordered = np.sort(np.abs(rows), axis=None)
    unit = float(ordered[int(len(ordered) * 0.9999)]) / _SMALL or 1.0
    small = np.clip(np.rint(rows / np.float32(unit)), -_SMALL, _SMALL).astype(np.int8)
    voices = Voices(learnt.classes, _row(network.base), tuple(_row(row) for row in network.voices))
    kept = Rows(learnt.kept.tolist(), small.tobytes(), SUMS + 1)
    return Model(kept, round(unit, 9), _row(network.start), voices, thresholds, consents, corpus)


def _row(numbers: Numbers) -> tuple[float, ...]:
    return tuple(round(float(number), _DIGITS) for number in numbers)
