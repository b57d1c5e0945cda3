"""W706: every flow has a test, once a campaign has begun to write tests."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.draft import Draft
from bot.flowfile.problem import Problem


def check(draft: Draft) -> Iterator[Problem]:
    """Return a warning for each flow without a test file. Who has written none yet is not told of every flow."""
    for name, flow in draft.flows.items() if draft.tested else ():
        if name not in draft.tested:
            hint = f"play it once: safebot flows test flows/{name}.test.yaml --record"
            yield flow.problem("W706", ("flow",), "the flow has no test", hint)
