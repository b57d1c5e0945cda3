"""Where boxes stand from left to right: as near as they can to the middle of their neighbours, none upon another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

ROUNDS, FEW_ROUNDS = 24, 6
MANY = 3000
"""From so many boxes and points on, a rougher picture has to do: it must not take longer than staff wait."""
Weighted = Mapping[str, Sequence[tuple[str, float]]]
"""box -> its neighbours above and below, and how straight the line between them should be."""


def columns(
    layers: Sequence[Sequence[str]],
    widths: Mapping[str, float],
    beside: Weighted,
    gap: float,
    chains: Iterable[Sequence[str]] = (),
) -> dict[str, float]:
    """Return the middle of each box, from left to right; the leftmost edge is at 0.

    `chains` are points of one long line, in order: they are put under each other wherever there is room.
    """
    at = _packed(layers, widths, gap)
    for turn in range(ROUNDS if len(at) < MANY else FEW_ROUNDS):
        for layer in layers if turn % 2 else reversed(layers):
            _settle(layer, widths, beside, gap, at)
    neighbours = _neighbours(layers)
    for chain in chains:
        _straighten(chain, _free(chain, neighbours, widths, gap, at), at)
    left = min((at[node] - widths[node] / 2 for node in at), default=0.0)
    return {node: middle - left for node, middle in at.items()}


def _packed(layers: Sequence[Sequence[str]], widths: Mapping[str, float], gap: float) -> dict[str, float]:
    at: dict[str, float] = {}
    for layer in layers:
        x = -sum(widths[node] + gap for node in layer) / 2
        for node in layer:
            at[node] = x + (widths[node] + gap) / 2
            x += widths[node] + gap
    return at


def _settle(
    layer: Sequence[str], widths: Mapping[str, float], beside: Weighted, gap: float, at: dict[str, float]
) -> None:
    """Put one layer where its neighbours want it, keeping order and distances (least squares: pool what collides)."""
    offsets, before = [0.0], layer[0] if layer else ""
    for node in layer[1:]:
        offsets.append(offsets[-1] + (widths[before] + widths[node]) / 2 + gap)
        before = node
    wanted = [_wanted(node, beside, at) for node in layer]
    pools: list[tuple[float, float, int]] = []  # middle, weight, how many
    for (middle, weight), offset in zip(wanted, offsets, strict=False):
        pool = (middle - offset, weight, 1)
        while pools and pools[-1][0] > pool[0]:
            last = pools.pop()
            total = last[1] + pool[1]
            pool = ((last[0] * last[1] + pool[0] * pool[1]) / total, total, last[2] + pool[2])
        pools.append(pool)
    middles = [middle for middle, _, many in pools for _ in range(many)]
    at.update({node: m + offset for node, m, offset in zip(layer, middles, offsets, strict=False)})


def _wanted(node: str, beside: Weighted, at: Mapping[str, float]) -> tuple[float, float]:
    """Return where a box would like to stand, and how much."""
    others = beside.get(node, ())
    total = sum(weight for _, weight in others)
    if not total:
        return at[node], 0.01
    return sum(at[other] * weight for other, weight in others) / total, total


Span = tuple[float, float]
Pair = tuple[str, str]


def _free(
    chain: Sequence[str], beside: Mapping[str, Pair], widths: Mapping[str, float], gap: float, at: Mapping[str, float]
) -> list[Span]:
    """Return between where and where each point of a chain may move."""
    spans = []
    for node in chain:
        (left, right), half = beside[node], widths[node] / 2 + gap
        low = at[left] + widths[left] / 2 + half if left else float("-inf")
        high = at[right] - widths[right] / 2 - half if right else float("inf")
        spans.append((min(low, at[node]), max(high, at[node])))
    return spans


def _neighbours(layers: Sequence[Sequence[str]]) -> dict[str, Pair]:
    """Return who stands left and right of each box; '' at the ends."""
    rows = (["", *layer, ""] for layer in layers)
    return {node: (row[place - 1], row[place + 1]) for row in rows for place, node in enumerate(row) if node}


def _straighten(chain: Sequence[str], spans: Sequence[Span], at: dict[str, float]) -> None:
    """Put as many points as possible upon one line, beginning with the first."""
    start = 0
    while start < len(chain):
        low, high, end = *spans[start], start + 1
        while end < len(chain) and max(low, spans[end][0]) <= min(high, spans[end][1]):
            low, high, end = max(low, spans[end][0]), min(high, spans[end][1]), end + 1
        middle = sum(at[node] for node in chain[start:end]) / (end - start)
        for node in chain[start:end]:
            at[node] = min(max(middle, low), high)
        start = end
