"""`pick`: one of several tips, by the turn's own chance, and none a second time before all were shown."""

from __future__ import annotations

from zlib import crc32

from bot.engine.play import Play
from bot.engine.values import fill, read, remember
from bot.model.flow import Flow, Pick
from bot.model.words import Bubble, Words


def play(now: Play, flow: Flow, step: Pick) -> str | None:
    """Say a tip she has not seen, and remember that she has."""
    now.bubble(Bubble((another(now, flow, step),)))
    return None


def another(now: Play, flow: Flow, step: Pick) -> Words:
    """Return a tip she has not seen, and remember that she has."""
    seen = [tip for tip in str(read(now, flow, step.save_as) or "").split() if tip in step.tips]
    tip = _chosen(step, seen, f"{now.event.nonce}/{flow.id}/{step.id}")
    kept = seen if len(seen) < len(step.tips) else []
    remember(now, flow, step.save_as, " ".join([*kept, tip]))
    return fill(now, flow, step.tips[tip])


def _chosen(step: Pick, seen: list[str], chance: str) -> str:
    """Return a tip she has not seen; when she has seen all, any but the last one."""
    left = [tip for tip in step.tips if tip not in seen] or [tip for tip in step.tips if tip != seen[-1]] or seen
    # The engine draws no lots: the nonce of the turn is fresh, so the same turn always shows the same tip.
    return left[crc32(chance.encode()) % len(left)]
