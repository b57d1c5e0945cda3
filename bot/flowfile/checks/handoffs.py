"""E213: whoever finds nobody there at least finds a number."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.checks.look import Look
from bot.flowfile.problem import Problem
from bot.model.flow import Handoff


def check(look: Look) -> Iterator[Problem]:
    """Return a problem for each handoff whose `closed` shows no helpline."""
    for name, step in look.flow.flow.steps.items():
        if isinstance(step, Handoff) and "{helpline}" not in step.closed.source:
            message = "'closed' shows no {helpline}: nobody is there then, and she has no number to call"
            hint = 'as in closed: "Nobody is here until {opens_at}. {helpline}"'
            yield look.flow.problem("E213", ("steps", name, "closed"), message, hint)
