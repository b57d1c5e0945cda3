"""E211, E212: a quiz has one right answer and at least one that is not."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.draft import Draft
from bot.flowfile.findings import did_you_mean
from bot.flowfile.problem import Problem
from bot.model.flow import Quiz


def check(draft: Draft) -> Iterator[Problem]:
    """Return a problem for each quiz that cannot be answered rightly, or only rightly."""
    for flow in draft.flows.values():
        for name, step in flow.flow.steps.items():
            if not isinstance(step, Quiz):
                continue
            at = ("steps", name)
            answers = [choice.id for choice in step.choices]
            if step.correct not in answers:
                message = f"'{step.correct[:60]}' is none of the answers"
                yield flow.problem("E211", (*at, "correct"), message, did_you_mean(step.correct, answers))
            elif len(answers) < 2:
                yield flow.problem("E212", (*at, "answers"), "has only right answers", "add one that is not right")
