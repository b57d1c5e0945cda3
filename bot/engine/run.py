"""`run`: another flow, then back here. Or one story of some menus, chosen for her."""

from __future__ import annotations

from zlib import crc32

from bot.engine import progress
from bot.engine.play import Play
from bot.model.flow import Flow, RunFlow


def play(now: Play, flow: Flow, step: RunFlow) -> str | None:
    """Return the other flow as the target; the walk comes back."""
    return f"@{step.flow or _surprise(now, flow, step)}" if step.flow or step.stories else None


def _surprise(now: Play, flow: Flow, step: RunFlow) -> str:
    """Return a story she has not finished; when she has finished all, any of them."""
    done = progress.finished(now)
    left = [story for story in step.stories if story not in done] or list(step.stories)
    # The engine draws no lots: the nonce of the turn is fresh, so the same turn always begins the same story.
    return left[crc32(f"{now.event.nonce}/{flow.id}/{step.id}".encode()) % len(left)]
