"""`set`: remember what an expression gives."""

from __future__ import annotations

from bot.engine.expressions import evaluate
from bot.engine.play import Play
from bot.engine.values import read, remember
from bot.model.flow import Flow, Set


def play(now: Play, flow: Flow, step: Set) -> str | None:
    """Remember each value in turn; a later one sees the earlier."""
    for name, expr in step.values:
        remember(now, flow, name, evaluate(expr, lambda asked: read(now, flow, asked)))
    return None
