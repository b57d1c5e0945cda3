"""What the detector makes of a set, counted: by language and by category, levels beside levels, and time a message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from time import thread_time
from typing import Final

from bot.detect import Hearing, assess
from bot.model.assessment import Assessment, Context
from tests.detect.sets import Message

LEVELS: Final = ("P1", "P2", "P3", "P4", "none")
_Z: Final = 1.959964


@dataclass(frozen=True, slots=True)
class Judged:
    """One message, what was heard in it, and how long that took."""

    message: Message
    heard: Assessment
    seconds: float

    @property
    def level(self) -> str:
        return "none" if self.heard.level is None else self.heard.level.value

    @property
    def was_heard(self) -> bool:
        return self.heard.level is not None

    @property
    def by_model(self) -> bool:
        return any(rule.startswith("model.") for rule in self.heard.rules)


def judged(hearing: Hearing, messages: Iterable[Message]) -> list[Judged]:
    """Return each message with its assessment; the bot knows her language, and nothing else."""
    return [_judged(hearing, message) for message in messages]


def _judged(hearing: Hearing, message: Message) -> Judged:
    context = Context(language=message.language)
    start = thread_time()
    heard = assess(hearing, message.text, context)
    return Judged(message, heard, thread_time() - start)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with the interval in which the true share lies 95 times of 100 (Wilson)."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float] | None:
        if not self.whole:
            return None
        share, n = self.part / self.whole, self.whole
        middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        width = _Z / (1 + _Z**2 / n) * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
        return max(0.0, middle - width), min(1.0, middle + width)


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one language, or of one category."""

    name: str
    heard: Share
    danger_heard: Share
    danger_as_danger: Share
    by_model: Share
    right_category: Share
    false_alarms: Share
    everyday: Share


def row(name: str, all_judged: Sequence[Judged]) -> Row:
    """Return the figures of these messages."""
    worrying = [j for j in all_judged if j.message.worrying]
    danger = [j for j in worrying if j.message.level == "P1"]
    harmless = [j for j in all_judged if not j.message.worrying]
    heard = [j for j in worrying if j.was_heard]
    return Row(
        name,
        _share(worrying, lambda j: j.was_heard),
        _share(danger, lambda j: j.was_heard),
        _share(danger, lambda j: j.level == "P1"),
        _share(heard, lambda j: j.by_model),
        _share(heard, lambda j: j.heard.category == j.message.category),
        _share([j for j in harmless if not j.message.everyday], lambda j: j.was_heard),
        _share([j for j in harmless if j.message.everyday], lambda j: j.was_heard),
    )


def _share(some: Sequence[Judged], holds: Callable[[Judged], bool]) -> Share:
    return Share(sum(holds(j) for j in some), len(some))


def by_language(all_judged: Sequence[Judged]) -> list[Row]:
    """Return a row for each language, and one for all."""
    names = sorted({j.message.language for j in all_judged})
    rows = [row(name, [j for j in all_judged if j.message.language == name]) for name in names]
    return [*rows, row("all", all_judged)] if len(rows) > 1 else rows


def by_category(all_judged: Sequence[Judged]) -> list[Row]:
    """Return a row for each category of worrying messages, and one for each kind of harmless ones."""
    groups: dict[str, list[Judged]] = {}
    for each in all_judged:
        message = each.message
        groups.setdefault(message.category if message.worrying else f"({message.kind})", []).append(each)
    return [row(name, groups[name]) for name in sorted(groups, key=lambda n: (n[0] == "(", n))]


def confusion(all_judged: Sequence[Judged]) -> dict[str, dict[str, int]]:
    """Return for each level as it is how often each level was heard."""
    counted = Counter((j.message.level or "none", j.level) for j in all_judged)
    return {true: {found: counted[true, found] for found in LEVELS} for true in LEVELS}


def times(all_judged: Sequence[Judged]) -> tuple[float, float]:
    """Return the 50th and the 99th of a hundred messages, in milliseconds."""
    ordered = sorted(j.seconds for j in all_judged)
    return (1000 * ordered[len(ordered) // 2], 1000 * ordered[len(ordered) * 99 // 100]) if ordered else (0.0, 0.0)
