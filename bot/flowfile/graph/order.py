"""Who stands left of whom: layers are swept up and down, each box to the middle of its neighbours, fewest crossings win."""

from __future__ import annotations

import itertools
from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence

Layers = list[list[str]]
Links = Mapping[str, Sequence[str]]
SWEEPS = 16


def ordered(layers: Layers, above: Links, below: Links) -> Layers:
    """Return the layers, each in an order that lets few arrows cross."""
    best, fewest = layers, _crossings(layers, below)
    now = [list(layer) for layer in layers]
    for sweep in range(SWEEPS):
        if not fewest:
            break
        down = sweep % 2 == 0
        _sweep(now, above if down else below, down=down)
        _swap(now, above, below)
        crossed = _crossings(now, below)
        if crossed < fewest:
            best, fewest = [list(layer) for layer in now], crossed
    return best


def _sweep(layers: Layers, beside: Links, *, down: bool) -> None:
    places = range(1, len(layers)) if down else range(len(layers) - 2, -1, -1)
    for place in places:
        fixed = {node: at for at, node in enumerate(layers[place - 1 if down else place + 1])}
        own = {node: at for at, node in enumerate(layers[place])}
        layers[place].sort(key=lambda node: _middle(node, beside, fixed, own))


def _middle(node: str, beside: Links, fixed: Mapping[str, int], own: Mapping[str, int]) -> float:
    at = [fixed[other] for other in beside.get(node, ())]
    return sum(at) / len(at) if at else float(own[node])


def _swap(layers: Layers, above: Links, below: Links) -> None:
    """Exchange neighbours wherever that undoes a crossing."""
    for place, layer in enumerate(layers):
        up = {node: at for at, node in enumerate(layers[place - 1])} if place else {}
        down = {node: at for at, node in enumerate(layers[place + 1])} if place + 1 < len(layers) else {}
        for at in range(len(layer) - 1):
            left, right = layer[at], layer[at + 1]
            if _gain(left, right, above, up) + _gain(left, right, below, down) > 0:
                layer[at], layer[at + 1] = right, left


def _gain(left: str, right: str, beside: Links, fixed: Mapping[str, int]) -> int:
    """Return how many crossings fewer there are when these two change places."""
    lefts = [fixed[other] for other in beside.get(left, ())]
    rights = [fixed[other] for other in beside.get(right, ())]
    return sum((one > other) - (one < other) for one in lefts for other in rights)


def _crossings(layers: Layers, below: Links) -> int:
    count = 0
    for upper, lower in itertools.pairwise(layers):
        fixed = {node: at for at, node in enumerate(lower)}
        seen: list[int] = []
        for node in upper:
            ends = sorted(fixed[other] for other in below.get(node, ()))
            count += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return count
