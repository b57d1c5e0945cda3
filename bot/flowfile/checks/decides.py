"""E201: a decision always has an answer."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.checks.look import Look
from bot.flowfile.document import Data
from bot.flowfile.draft import FlowDraft
from bot.flowfile.problem import Problem


def check(look: Look) -> Iterator[Problem]:
    """Return a problem for each `decide` whose last line is not the only `else`."""
    data = look.flow.document.data
    steps = data.get("steps") if isinstance(data, dict) else None
    for name, step in steps.items() if isinstance(steps, dict) else ():
        lines = step.get("decide") if isinstance(step, dict) and name not in look.flow.broken else None
        if isinstance(lines, list):
            yield from _lines(look.flow, ("steps", name, "decide"), lines)


def _lines(flow: FlowDraft, at: tuple[str, str, str], lines: list[Data]) -> Iterator[Problem]:
    others = [i for i, line in enumerate(lines) if str(line).split("->")[0].strip() == "else"]
    if not others:
        yield flow.problem("E201", at, "has no 'else'", "add a last line: else -> thanks")
    elif others[0] != len(lines) - 1:
        yield flow.problem("E201", (*at, others[0]), "lines below 'else' are never read", "'else' is the last line")
