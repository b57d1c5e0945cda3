"""`decide`: go where the first true condition points."""

from __future__ import annotations

from bot.engine.expressions import true
from bot.engine.play import Play
from bot.engine.values import read
from bot.model.flow import Decide, Flow


def play(now: Play, flow: Flow, step: Decide) -> str | None:
    """Return the target of the first branch that holds."""
    for condition, target in step.branches:
        if condition is None or true(condition, lambda name: read(now, flow, name)):
            return target
    return None
