"""What each kind of step looks like: the shape tells it, the colour only helps."""

from __future__ import annotations

from collections.abc import Callable

from bot.flowfile.graph.picture import Kind, Node

COLOURS: dict[Kind, tuple[str, str]] = {
    "start": ("#ffffff", "#5d6f80"),
    "say": ("#ffffff", "#7f919f"),
    "ask": ("#e3f0fb", "#2a6391"),
    "quiz": ("#fdf3d3", "#8a6a00"),
    "decide": ("#efe9f8", "#65489b"),
    "set": ("#eef0f2", "#54616e"),
    "run": ("#e6f3ea", "#2f6f45"),
    "handoff": ("#fde7e3", "#8f3b2b"),
    "pick": ("#fbeef5", "#8d3f6b"),
    "flow": ("#e6f3ea", "#2f6f45"),
    "end": ("#1c2733", "#1c2733"),
    "missing": ("#fff1f0", "#b3261e"),
    "broken": ("#fff1f0", "#b3261e"),
}
"""Inside and edge."""
SLANT = 10.0
Draw = Callable[[float, float, float, float], str]


def outline(node: Node, x: float, top: float, wide: float, high: float, fill: str, stroke: str) -> str:
    """Return the shape of a box around its middle line."""
    left, paint = x - wide / 2, f'fill="{fill}" {stroke}'
    shape = SHAPES.get(node.kind, _sheet)(left, top, wide, high).replace("/>", f" {paint}/>")
    return shape + (_bar(left, top, wide, high) if node.ends else "")


def _sheet(left: float, top: float, wide: float, high: float) -> str:
    return _rect(left, top, wide, high, 4)


def _pill(left: float, top: float, wide: float, high: float) -> str:
    return _rect(left, top, wide, high, 16)


def _rect(left: float, top: float, wide: float, high: float, round_by: float) -> str:
    return f'<rect x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{high:.1f}" rx="{round_by:g}"/>'


def _bubble(left: float, top: float, wide: float, high: float) -> str:
    """A speech bubble: round, with one sharp corner."""
    right, low = left + wide, top + high
    return (
        f'<path d="M{left:.1f} {low:.1f}V{top + 12:.1f}a12 12 0 0 1 12 -12H{right - 12:.1f}a12 12 0 0 1 12 12'
        f'V{low - 12:.1f}a12 12 0 0 1 -12 12z"/>'
    )


def _folded(left: float, top: float, wide: float, high: float) -> str:
    """A card with a cut corner."""
    right = left + wide
    return f'<path d="M{left:.1f} {top:.1f}H{right - 14:.1f}l14 14V{top + high:.1f}H{left:.1f}z"/>'


def _diamond(left: float, top: float, wide: float, high: float) -> str:
    right, low, middle = left + wide, top + high, top + high / 2
    points = [(left, middle), (left + 14, top), (right - 14, top), (right, middle), (right - 14, low), (left + 14, low)]
    return _polygon(points)


def _slanted(left: float, top: float, wide: float, high: float) -> str:
    right, low = left + wide, top + high
    return _polygon([(left + SLANT / 2, top), (right, top), (right - SLANT / 2, low), (left, low)])


def _octagon(left: float, top: float, wide: float, high: float) -> str:
    right, low = left + wide, top + high
    cut = 10.0
    points = [(left + cut, top), (right - cut, top), (right, top + cut), (right, low - cut)]
    return _polygon([*points, (right - cut, low), (left + cut, low), (left, low - cut), (left, top + cut)])


def _polygon(points: list[tuple[float, float]]) -> str:
    return f'<polygon points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>'


def _double(left: float, top: float, wide: float, high: float) -> str:
    """A box in a box: another flow."""
    inner = f'<path d="M{left + 5:.1f} {top:.1f}v{high:.1f}M{left + wide - 5:.1f} {top:.1f}v{high:.1f}"/>'
    return _rect(left, top, wide, high, 3) + inner


def _dot(left: float, top: float, wide: float, _high: float) -> str:
    return f'<circle cx="{left + wide / 2:.1f}" cy="{top + wide / 2:.1f}" r="{wide / 2 - 1:.1f}"/>'


def _bar(left: float, top: float, wide: float, high: float) -> str:
    """The flow ends here: a thick line below."""
    low = top + high + 4
    return f'<path d="M{left + 20:.1f} {low:.1f}H{left + wide - 20:.1f}" stroke="#1c2733" stroke-width="4"/>'


def _stack(left: float, top: float, wide: float, high: float) -> str:
    """Several cards, of which one is dealt."""
    behind = f'<path d="M{left + 5:.1f} {top + high:.1f}v4h{wide - 1:.1f}V{top + 5:.1f}h-4"/>'
    return behind + _rect(left, top, wide, high, 4)


SHAPES: dict[Kind, Draw] = {
    "start": _pill,
    "say": _bubble,
    "ask": _pill,
    "quiz": _folded,
    "decide": _diamond,
    "set": _slanted,
    "run": _double,
    "flow": _double,
    "handoff": _octagon,
    "pick": _stack,
    "end": _dot,
}
