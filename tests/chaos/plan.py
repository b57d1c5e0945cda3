"""Which points a run has: where the bot is killed, how it was started, how it receives. All from one seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

KINDS = (
    "at random, under load",
    "while it starts",
    "before a turn's commit",
    "inside a turn's transaction",
    "after a turn's commit",
    "before a sent row is written down",
    "after a sent row is written down",
    "before a commit of keys",
    "after a commit of keys",
)
"""Where a point kills first. All but the first two are hit exactly, at the commit of the statement they name."""

TRAPS = {
    "before a turn's commit": ("turn", "before"),
    "inside a turn's transaction": ("turn", "inside"),
    "after a turn's commit": ("turn", "after"),
    "before a sent row is written down": ("sent", "before"),
    "after a sent row is written down": ("sent", "after"),
    "before a commit of keys": ("keys", "before"),
    "after a commit of keys": ("keys", "after"),
}

POLLING_EVERY = 4
TWO_KILLS_EVERY = 3
COLD_EVERY = 13


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill: `kind` of the list above, at the `nth` commit of its kind, or `delay` seconds after it begins to work."""

    kind: str
    nth: int = 1
    delay: float = 0.0


@dataclass(frozen=True, slots=True)
class Point:
    """One point: a fresh database, load, one or more kills with restarts on it, and a last start that must make it good.

    `weak` names what a control build lacks: 'early' acknowledges before it commits, 'twice' forgets which updates acted.
    `pauses` is how long the bot stays down after each kill.
    """

    number: int
    seed: str
    kills: tuple[Kill, ...]
    pauses: tuple[float, ...]
    polling: bool = False
    cold: bool = False
    weak: str = ""
    girls: int = 10
    faults: float = 0.04

    @property
    def kind(self) -> str:
        return self.kills[0].kind


def points(seed: int, count: int) -> list[Point]:
    """Return the points of a run: all kinds in turn, some by polling, some killed twice, some started cold."""
    return [_point(seed, number) for number in range(count)]


def few(seed: int) -> list[Point]:
    """Return six points for every day: by webhook and polling, one killed twice, none started cold."""
    return [_point(seed, number) for number in (0, 2, 3, 4, 6, 7)]


def controls(seed: int) -> list[Point]:
    """Return the points of builds that must fail: two that acknowledge early, one that skips de-duplication."""
    early = [
        Point(number, f"{seed}:early:{number}", (Kill("before a turn's commit", nth),), (0.0,), weak="early")
        for number, nth in enumerate((15, 40))
    ]
    twice = Point(0, f"{seed}:twice", (Kill("at random, under load", delay=0.5),), (0.0,), weak="twice", faults=0.2)
    return [*early, twice]


def _point(seed: int, number: int) -> Point:
    dice = Random(f"{seed}:{number}")
    kinds = [KINDS[number % len(KINDS)]]
    if (number + number // len(KINDS)) % TWO_KILLS_EVERY == 2:  # not the same kinds in each round
        kinds.append(dice.choice(KINDS[:-2]))  # by then every chat has its key
    kills = tuple(_kill(dice, kind, first=place == 0) for place, kind in enumerate(kinds))
    return Point(
        number,
        f"{seed}:{number}",
        kills,
        pauses=tuple(dice.uniform(0.0, 0.3) for _ in kills),
        polling=number % POLLING_EVERY == 3,
        cold=number % COLD_EVERY == 5,
    )


def _kill(dice: Random, kind: str, *, first: bool) -> Kill:
    """A second kill comes soon after the restart, while the backlog is worked off."""
    if kind == "while it starts":
        return Kill(kind, delay=dice.uniform(0.01, 0.6))
    if kind == "at random, under load":
        return Kill(kind, delay=dice.uniform(0.0, 1.0 if first else 0.2))
    most = 3 if "keys" in kind else 60 if first else 8
    return Kill(kind, nth=dice.randint(1, most))
