"""What is drawn, before anybody knows where: boxes, arrows between them, and the mistakes that mark them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal as OneOf

from bot.flowfile.problem import Problem

Kind = OneOf[
    "start", "say", "ask", "quiz", "decide", "set", "run", "handoff", "pick", "flow", "end", "missing", "broken"
]
"""The step kinds, and `start` (how one comes here), `flow` (another flow), `end`, `missing` (a target that does not
exist), `broken` (a step that cannot be read)."""

KIND_WORDS: dict[Kind, str] = {
    "start": "starts here",
    "end": "the end",
    "missing": "does not exist",
    "broken": "cannot be read",
}
"""How a kind is called in the picture, where its name alone says too little."""


@dataclass(frozen=True, slots=True)
class Node:
    """One box. `name` is what staff call it, `text` what a reader sees; `ends`: the flow ends after it."""

    id: str
    kind: Kind
    name: str = ""
    text: str = ""
    note: str = ""
    ends: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def heading(self) -> str:
        """Return the small line above the text: the kind in words, and the name."""
        return " · ".join(part for part in (KIND_WORDS.get(self.kind, self.kind), self.name) if part)


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way from one box to another. `labels` are the buttons or conditions that lead along it; `faint`: not by choice."""

    start: str
    end: str
    labels: tuple[str, ...] = ()
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """One flow, or the whole campaign. `problems` belong to no box."""

    title: str
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    problems: tuple[Problem, ...] = ()

    def described(self) -> str:
        """Return the picture in words, for those who do not see it."""
        names = {node.id: node.name or node.text or KIND_WORDS.get(node.kind, node.kind) for node in self.nodes}
        return " ".join(self._sentence(node, names) for node in self.nodes if node.kind != "end")

    def _sentence(self, node: Node, names: dict[str, str]) -> str:
        ways = [f"{' or '.join(a.labels) or 'then'}: {names[a.end]}" for a in self.arrows if a.start == node.id]
        parts = [node.heading, node.text, node.note, "; ".join(ways), *(f"{p.code} {p.message}" for p in node.problems)]
        return ". ".join(" ".join(part.split()).rstrip(".") for part in parts if part) + "."


@dataclass(slots=True)
class Sketch:
    """A picture while it grows. Arrows between the same two boxes become one; one back to itself becomes a note."""

    nodes: dict[str, Node] = field(default_factory=dict)
    arrows: dict[tuple[str, str, bool], Arrow] = field(default_factory=dict)

    def add(self, node: Node) -> None:
        """Add a box; one of that id that stands already is kept."""
        self.nodes.setdefault(node.id, node)

    def join(self, start: str, end: str, label: str = "", *, faint: bool = False) -> None:
        """Add a way."""
        if start == end:
            node = self.nodes[start]
            again = f"↻ {label}" if label else "↻ again"
            self.nodes[start] = replace(node, note=f"{node.note}  {again}".strip())
            return
        before = self.arrows.get((start, end, faint), Arrow(start, end, faint=faint))
        labels = (*before.labels, label) if label else before.labels
        self.arrows[start, end, faint] = replace(before, labels=tuple(dict.fromkeys(labels)))

    def finished(self, title: str, problems: Iterable[Problem] = ()) -> Picture:
        """Return the picture."""
        return Picture(title, tuple(self.nodes.values()), tuple(self.arrows.values()), tuple(problems))
