"""W706: every flow has a test, once a campaign has begun to write tests."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.checks.look import Look
from bot.flowfile.problem import Problem


def check(look: Look) -> Iterator[Problem]:
    """Return a warning for a flow without a test file. Who has written none yet is not told of every flow."""
    name = look.flow.flow.id
    if look.around.tested and name not in look.around.tested:
        hint = f"play it once: safebot flows test flows/{name}.test.yaml --record"
        yield look.flow.problem("W706", ("flow",), "the flow has no test", hint)
