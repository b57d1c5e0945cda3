"""Which box comes in which layer: below everything that leads to it. Ways that lead back are turned round for this.

Boxes stand in even layers; the odd ones between them belong to the labels of arrows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

Edge = tuple[str, str]


def ranks(nodes: Sequence[str], edges: Iterable[Edge], most: int) -> dict[str, int]:
    """Return the layer of each box; no layer has more than `most`, and boxes without arrows come last."""
    edges = list(edges)
    joined = {end for edge in edges for end in edge}
    down = _forward(nodes, edges)
    depth = _depths([node for node in nodes if node in joined], down)
    layers: dict[int, list[str]] = defaultdict(list)
    for node, rank in depth.items():
        layers[rank].append(node)
    rows = [row for rank in sorted(layers) for row in _rows(layers[rank], most)]
    rows += _rows([node for node in nodes if node not in joined], most)
    return {node: 2 * place for place, row in enumerate(rows) for node in row}


def _rows(nodes: Sequence[str], most: int) -> list[Sequence[str]]:
    return [nodes[start : start + most] for start in range(0, len(nodes), most)]


def _forward(nodes: Sequence[str], edges: Iterable[Edge]) -> dict[str, list[str]]:
    """Return where each box leads, without the ways that close a circle. Does not recurse."""
    leads: dict[str, list[str]] = defaultdict(list)
    for start, end in edges:
        leads[start].append(end)
    back: set[Edge] = set()
    state: dict[str, int] = {}
    for root in nodes:
        if root in state:
            continue
        trail, todo = [root], [iter(leads[root])]
        state[root] = 1
        while trail:
            ahead = next(todo[-1], None)
            if ahead is None:
                state[trail.pop()] = 2
                todo.pop()
            elif state.get(ahead) == 1:
                back.add((trail[-1], ahead))
            elif ahead not in state:
                state[ahead] = 1
                trail.append(ahead)
                todo.append(iter(leads[ahead]))
    return _turned(leads, back)


def _turned(leads: Mapping[str, Sequence[str]], back: set[Edge]) -> dict[str, list[str]]:
    down: dict[str, list[str]] = defaultdict(list)
    for start, ends in leads.items():
        for end in ends:
            one, other = (end, start) if (start, end) in back else (start, end)
            down[one].append(other)
    return down


def _depths(nodes: Sequence[str], down: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return for each box the length of the longest way to it."""
    waiting: dict[str, int] = defaultdict(int)
    for ends in down.values():
        for end in ends:
            waiting[end] += 1
    depth = {node: 0 for node in nodes if not waiting[node]}
    ready = list(depth)
    for node in ready:
        for end in down.get(node, ()):
            depth[end] = max(depth.get(end, 0), depth[node] + 1)
            waiting[end] -= 1
            if not waiting[end]:
                ready.append(end)
    return {node: depth[node] for node in nodes}
