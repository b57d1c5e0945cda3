"""E201: a decision always has an answer."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.draft import Draft
from bot.flowfile.problem import Problem


def check(draft: Draft) -> Iterator[Problem]:
    """Return a problem for each `decide` whose last line is not the only `else`."""
    for flow in draft.flows.values():
        data = flow.document.data
        steps = data.get("steps") if isinstance(data, dict) else None
        for name, step in steps.items() if isinstance(steps, dict) else ():
            if name in flow.broken or not isinstance(step, dict) or not isinstance(lines := step.get("decide"), list):
                continue
            others = [i for i, line in enumerate(lines) if str(line).split("->")[0].strip() == "else"]
            if not others:
                yield flow.problem(
                    "E201", ("steps", name, "decide"), "has no 'else'", "add a last line: else -> thanks"
                )
            elif others[0] != len(lines) - 1:
                at = ("steps", name, "decide", others[0])
                yield flow.problem("E201", at, "lines below 'else' are never read", "'else' is the last line")
