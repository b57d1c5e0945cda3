"""What the counted quizzes show: how many answered rightly before a story, and how many after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from bot.store.operator_records import AnswerCount

FEW = 5
"""Fewer answers than this are not shown: a handful of girls could be known to whoever reads the figures."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was answered at one time."""

    answers: int
    right_percent: int


@dataclass(frozen=True, slots=True)
class Learnt:
    """One question of one flow; None where too few have answered to say."""

    flow: str
    question: str
    before: Asked | None
    after: Asked | None


def learnt(counts: Iterable[AnswerCount]) -> list[Learnt]:
    """Return what each question shows, by flow and question."""
    known = list(counts)
    questions = sorted({(count.flow, count.question) for count in known})
    return [
        Learnt(*question, _asked(known, question, "before"), _asked(known, question, "after")) for question in questions
    ]


def _asked(counts: list[AnswerCount], question: tuple[str, str], when: str) -> Asked | None:
    said = [count for count in counts if (count.flow, count.question, count.when) == (*question, when)]
    answers = sum(count.count for count in said)
    right = sum(count.count for count in said if count.right)
    return Asked(answers, round(100 * right / answers)) if answers >= FEW else None


def as_data(rows: Iterable[Learnt]) -> list[dict[str, Any]]:
    """Return the rows for programs; null stands where too few have answered."""
    return [asdict(row) for row in rows]


def as_table(rows: Iterable[Learnt]) -> str:
    """Return the rows for people."""
    listed = list(rows)
    if not listed:
        return "No counted question was answered yet. A quiz is counted when it says 'counts:'."
    head = f"{'flow':24} {'question':24} {'right before':>20} {'right after':>20}"
    lines = [f"{row.flow:24} {row.question:24} {_share(row.before):>20} {_share(row.after):>20}" for row in listed]
    return "\n".join([head, *lines, f"'few': fewer than {FEW} answers, which are not shown."])


def _share(asked: Asked | None) -> str:
    return "few" if asked is None else f"{asked.right_percent} % of {asked.answers}"
