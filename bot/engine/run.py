"""`run`: another flow, then back here."""

from __future__ import annotations

from bot.engine.play import Play
from bot.model.flow import Flow, RunFlow


def play(_now: Play, _flow: Flow, step: RunFlow) -> str | None:
    """Return the other flow as the target; the walk comes back."""
    return f"@{step.flow}"
