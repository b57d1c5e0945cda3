"""E211, E212: a quiz has one right answer and at least one that is not."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.checks.look import Look
from bot.flowfile.findings import did_you_mean
from bot.flowfile.problem import Problem
from bot.model.flow import Quiz


def check(look: Look) -> Iterator[Problem]:
    """Return a problem for each quiz that cannot be answered rightly, or only rightly."""
    for name, step in look.flow.flow.steps.items():
        if not isinstance(step, Quiz):
            continue
        at = ("steps", name)
        answers = [choice.id for choice in step.choices]
        if step.correct not in answers:
            message = f"'{step.correct[:60]}' is none of the answers"
            yield look.flow.problem("E211", (*at, "correct"), message, did_you_mean(step.correct, answers))
        elif len(answers) < 2:
            yield look.flow.problem("E212", (*at, "answers"), "has only right answers", "add one that is not right")
