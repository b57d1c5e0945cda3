"""How the sums of the model speak for classes: pleas of a category, danger now of a category, harmless talk of a kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp, log
from typing import Final, NamedTuple

from bot.detect.rows import Lanes

NOW: Final = ".now"
"""Behind a category: pleas of danger now are a class of their own, because they sound different."""
HARMLESS: Final = "none"
NOW_COUNTS: Final = 3.0
"""So many times over counts what sounds like danger now: of all that may be missed it costs most."""
_LEAST: Final = 1e-12
_PARTS: Final = 10_000
_LOUD_PARTS: Final = 1 << 12
_LOUDEST: Final = 1 << 20


class Sound(NamedTuple):
    """What the model makes of a message: how much it is like a plea, most of all one of danger now, what about, and how
    likely danger now if it is one."""

    score: float
    category: str
    danger: float


@dataclass(frozen=True)
class Voices:
    """`weights` has a row for each sum and a column for each of `classes`; `base` is what a class begins with."""

    classes: tuple[str, ...]
    base: tuple[float, ...]
    weights: tuple[tuple[float, ...], ...] = field(repr=False)
    _lanes: Lanes = field(init=False, repr=False, compare=False)
    _columns: _Columns = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        rows = [[round(weight * _PARTS) for weight in row] for row in self.weights]
        object.__setattr__(self, "_lanes", Lanes(rows, len(self.classes)))
        object.__setattr__(self, "_columns", _columns(self.classes))

    def sound(self, sums: Sequence[float], plain: float) -> Sound:
        """Return what these sums sound like; sums below nothing say nothing, `plain` goes into the score as it is."""
        loud = [min(int(each * _LOUD_PARTS), _LOUDEST) if each > 0 else 0 for each in sums]
        part = 1 / (_PARTS * _LOUD_PARTS)
        likely = [base + lane * part for base, lane in zip(self.base, self._lanes.added(loud), strict=True)]
        top = max(likely)
        how = [exp(each - top) for each in likely]
        return self._columns.sound(how, plain)


class _Columns(NamedTuple):
    """Which classes are harmless, which danger now, and which belong to each category."""

    harmless: tuple[int, ...]
    now: tuple[int, ...]
    pleas: tuple[tuple[str, tuple[int, ...]], ...]

    def sound(self, how: Sequence[float], plain: float) -> Sound:
        harmless = sum([how[column] for column in self.harmless])
        about = [(sum([how[column] for column in columns]), category) for category, columns in self.pleas]
        worrying = sum([much for much, _ in about]) + _LEAST
        danger = sum([how[column] for column in self.now])
        dreaded = worrying + (NOW_COUNTS - 1) * danger
        return Sound(log(dreaded / (harmless + _LEAST)) + plain, max(about)[1], danger / worrying)


def _columns(classes: Sequence[str]) -> _Columns:
    pleas: dict[str, list[int]] = {}
    for column, name in enumerate(classes):
        if not is_harmless(name):
            pleas.setdefault(name.removesuffix(NOW), []).append(column)
    harmless = tuple(column for column, name in enumerate(classes) if is_harmless(name))
    now = tuple(column for column, name in enumerate(classes) if name.endswith(NOW))
    return _Columns(harmless, now, tuple((category, tuple(columns)) for category, columns in pleas.items()))


def is_harmless(name: str) -> bool:
    """Return whether a class is harmless talk."""
    return name.partition(".")[0] == HARMLESS
