"""A picture with a place for everything: boxes in layers, arrows as lines through them, labels on the way.

Long arrows to the same box share one line, as roads to the same town do.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import isqrt

from bot.flowfile.graph.layers import ranks
from bot.flowfile.graph.letters import width, wrapped
from bot.flowfile.graph.order import ordered
from bot.flowfile.graph.picture import Arrow, Node, Picture
from bot.flowfile.graph.places import columns

TEXT, SMALL = 13.0, 11.0
LINE, SMALL_LINE = 17.0, 15.0
BOX, LABEL = 216.0, 170.0
PILL_AIR = 3.0
PAD = 12.0
GAP, AIR = 22.0, 19.0
"""Between boxes of a layer, and between layers."""
MOST_LINES = 4
MOST_IN_LAYER = 6
DOT = 16.0


@dataclass(frozen=True, slots=True)
class Box:
    """A box (`node`), the `labels` of an arrow, or a point that a line goes through."""

    width: float
    height: float
    node: Node | None = None
    lines: tuple[str, ...] = ()
    note: tuple[str, ...] = ()
    labels: tuple[tuple[str, ...], ...] = ()
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of an arrow, from one thing's edge to the next one's; `head`: it ends in a point."""

    start: tuple[float, float]
    end: tuple[float, float]
    head: bool
    faint: bool


@dataclass(slots=True)
class Layout:
    """What can be drawn: things with their middle and top, and lines."""

    picture: Picture
    boxes: dict[str, Box] = field(default_factory=dict)
    middles: dict[str, float] = field(default_factory=dict)
    tops: dict[str, float] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    width: float = 0.0
    height: float = 0.0


def laid_out(picture: Picture) -> Layout:
    """Return the picture with a place for everything."""
    return _Laying(picture).result()


def box_of(node: Node) -> Box:
    """Return the box that holds a node's words."""
    if node.kind == "end":
        return Box(DOT, DOT, node)
    room = BOX - 2 * PAD - (16 if node.kind == "decide" else 0)
    lines = tuple(wrapped(node.text, TEXT, room, MOST_LINES)) if node.text else ()
    note = tuple(wrapped(node.note, SMALL, room, 3)) if node.note else ()
    marks = 1 if node.problems else 0
    height = 2 * PAD - 4 + SMALL_LINE * (1 + len(note) + marks) + LINE * len(lines)
    return Box(BOX, height, node, lines, note)


def _label_of(arrow: Arrow) -> Box:
    labels = tuple(tuple(wrapped(label, SMALL, LABEL, 2)) for label in arrow.labels)
    widest = max(width(line, SMALL) for label in labels for line in label)
    high = sum(pill_height(label) + PILL_AIR for label in labels) - PILL_AIR
    return Box(widest + 18, high, labels=labels, faint=arrow.faint)


def pill_height(label: tuple[str, ...]) -> float:
    """Return how tall one button's label is."""
    return len(label) * SMALL_LINE + 6


class _Laying:
    def __init__(self, picture: Picture) -> None:
        self.out = Layout(picture, {node.id: box_of(node) for node in picture.nodes})
        names, edges = [node.id for node in picture.nodes], [(arrow.start, arrow.end) for arrow in picture.arrows]
        # A great many boxes make a wide picture rather than an endless one with long lines.
        self.rank = ranks(names, edges, max(MOST_IN_LAYER, isqrt(len(names))))
        self.roads: list[tuple[list[str], bool]] = [(self._road(arrow), arrow.faint) for arrow in picture.arrows]

    def _road(self, arrow: Arrow) -> list[str]:
        """Return what the arrow goes through: its label first, then points of the line to its end."""
        first, last = self.rank[arrow.start], self.rank[arrow.end]
        step = 1 if last > first else -1
        road = [arrow.start]
        for rank in range(first + step, last, step):
            labelled = bool(arrow.labels) and rank == first + step
            name = f"#{arrow.start}>{arrow.end}>{arrow.faint}" if labelled else f"~{step}{arrow.end}@{rank}"
            self.out.boxes.setdefault(name, _label_of(arrow) if labelled else Box(2, 0))
            self.rank[name] = rank
            road.append(name)
        return [*road, arrow.end]

    def result(self) -> Layout:
        above, below = self._links()
        rows: dict[int, list[str]] = defaultdict(list)
        for name, rank in self.rank.items():
            rows[rank].append(name)
        layers = ordered([rows[rank] for rank in sorted(rows)], above, below)
        widths = {name: box.width for name, box in self.out.boxes.items()}
        self.out.middles = columns(layers, widths, self._pulls(above, below), GAP, self._chains(above, below))
        self._heights(layers)
        self._lines()
        self.out.width = max((self.out.middles[n] + box.width / 2 for n, box in self.out.boxes.items()), default=0.0)
        return self.out

    def _links(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        above: dict[str, dict[str, None]] = defaultdict(dict)
        below: dict[str, dict[str, None]] = defaultdict(dict)
        for road, _ in self.roads:
            for one, other in itertools.pairwise(road):
                upper, lower = (one, other) if self.rank[one] < self.rank[other] else (other, one)
                above[lower][upper] = below[upper][lower] = None
        return {k: list(v) for k, v in above.items()}, {k: list(v) for k, v in below.items()}

    def _pulls(self, *links: Mapping[str, Iterable[str]]) -> dict[str, list[tuple[str, float]]]:
        pulls: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for side in links:
            for name, others in side.items():
                pulls[name] += [(other, self._straightness(name, other)) for other in others]
        return pulls

    def _straightness(self, one: str, other: str) -> float:
        """Long lines should be straight before all; a label hangs on its box."""
        points = sum(name.startswith("~") for name in (one, other))
        return (1.0, 3.0, 12.0)[points]

    def _chains(self, above: Mapping[str, list[str]], below: Mapping[str, list[str]]) -> list[list[str]]:
        """Return the points of each shared line from its first layer to its last, and boxes that follow each other alone."""
        chains: dict[str, list[str]] = defaultdict(list)
        heads: dict[str, str] = {}
        for name in sorted((n for n in self.rank if n.startswith("~")), key=self.rank.__getitem__):
            chains[name.rpartition("@")[0]].append(name)
        for name in sorted(self.rank, key=self.rank.__getitem__):
            if not name.startswith("~"):
                up = above.get(name, [])
                alone = len(up) == 1 and len(below[up[0]]) == 1 and not up[0].startswith("~")
                head = heads[up[0]] if alone else name
                heads[name] = head
                chains[head].append(name)
        return [chain for chain in chains.values() if len(chain) > 1]

    def _heights(self, layers: Iterable[list[str]]) -> None:
        y, solid = 0.0, {name for road, faint in self.roads if not faint for name in road}
        for layer in layers:
            tallest = max(self.out.boxes[name].height for name in layer)
            for name in layer:
                # Points are as tall as their layer: a line passes a box beside it straight.
                if name.startswith("~"):
                    self.out.boxes[name] = Box(2, tallest, faint=name not in solid)
                height = self.out.boxes[name].height
                self.out.tops[name] = y + (0 if name.startswith("~") else (tallest - height) / 2)
            y += tallest + AIR
        self.out.height = max(0.0, y - AIR)

    def _lines(self) -> None:
        pieces: dict[tuple[str, str], tuple[bool, bool]] = {}
        for road, faint in self._direct():
            for place, piece in enumerate(itertools.pairwise(road)):
                head = place == len(road) - 2
                known_head, known_faint = pieces.get(piece, (False, True))
                pieces[piece] = (head or known_head, faint and known_faint)
        ports = self._ports([*pieces, *((end, start) for start, end in pieces)])
        for (start, end), (head, faint) in pieces.items():
            down = self.rank[start] < self.rank[end]
            out = (ports[start, end], self._edge(start, lower=down))
            into = (ports[end, start], self._edge(end, lower=not down))
            self.out.lines.append(Line(out, into, head, faint))

    def _direct(self) -> list[tuple[list[str], bool]]:
        """Return the roads without points that bend a line for nothing: of no height, and on one road only."""
        used = Counter(name for road, _ in self.roads for name in road)
        for name in [n for n in used if n.startswith("~") and used[n] == 1 and not self.out.boxes[n].height]:
            del self.out.boxes[name]
        return [([name for name in road if name in self.out.boxes], faint) for road, faint in self.roads]

    def _edge(self, name: str, *, lower: bool) -> float:
        return self.out.tops[name] + (self.out.boxes[name].height if lower else 0)

    def _ports(self, pieces: Iterable[tuple[str, str]]) -> dict[tuple[str, str], float]:
        """Return where on a thing's edge each line begins or ends: side by side, in the order of where they lead."""
        sides: dict[tuple[str, bool], list[str]] = defaultdict(list)
        for one, other in dict.fromkeys(pieces):
            sides[one, self.rank[other] > self.rank[one]].append(other)
        ports = {}
        for (one, _), others in sides.items():
            others.sort(key=lambda name: self.out.middles[name])
            room = 0 if one.startswith(("~", "#")) else min(26.0, self.out.boxes[one].width / (len(others) + 1))
            for place, other in enumerate(others):
                ports[one, other] = self.out.middles[one] + (place - (len(others) - 1) / 2) * room
        return ports
