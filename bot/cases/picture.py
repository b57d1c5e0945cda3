"""The life of a case as a picture, drawn from the table: the documentation cannot tell another story."""

from __future__ import annotations

from bot.cases.moves import MOVES


def mermaid() -> str:
    """Return the table of moves as a mermaid state diagram, in the order of the table."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for (state, step), after in MOVES.items():
        arrows.setdefault((state.value, after.value), []).append(step)
    lines = [f"    {start} --> {end}: {', '.join(steps)}" for (start, end), steps in arrows.items()]
    return "\n".join(["stateDiagram-v2", "    [*] --> new", *lines])
