"""A picture as Mermaid text, for pages that draw it themselves (most code hosts do)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.flowfile.graph.picture import Arrow, Kind, Node, Picture
from bot.flowfile.problem import ERROR

SHAPES: dict[Kind, tuple[str, str]] = {
    "start": ("([", "])"),
    "ask": ("(", ")"),
    "quiz": (">", "]"),
    "decide": ("{{", "}}"),
    "set": ("[/", "/]"),
    "run": ("[[", "]]"),
    "flow": ("[[", "]]"),
    "handoff": ("{{", "}}"),
    "end": ("((", "))"),
}
LONGEST = 90
PLAIN = re.compile(r"[^\w ,.!?'’+\-:;()/{}\[\]=<>&%*…·✓⚠↻]|[<>&\"]", re.UNICODE)


def as_mermaid(picture: Picture) -> str:
    """Return the picture as a Mermaid flowchart."""
    names = {node.id: f"n{place}" for place, node in enumerate(picture.nodes)}
    lines = ["---", f"title: {_plain(picture.title)}", "---", "flowchart TD"]
    lines += [f"    {_node(names[node.id], node)}" for node in picture.nodes]
    lines += [f"    {_arrow(names, arrow)}" for arrow in picture.arrows]
    lines += _marked(names, picture.nodes)
    lines += [f"    %% {_plain(str(problem))}" for problem in picture.problems]
    return "\n".join(lines) + "\n"


def _node(name: str, node: Node) -> str:
    first, last = SHAPES.get(node.kind, ("[", "]"))
    codes = " ".join(dict.fromkeys(p.code for p in node.problems))
    words = [node.heading, _short(node.text), node.note, f"⚠ {codes}" if codes else "", "■" if node.ends else ""]
    return f'{name}{first}"{"<br/>".join(_plain(word) for word in words if word)}"{last}'


def _arrow(names: dict[str, str], arrow: Arrow) -> str:
    line = "-.->" if arrow.faint else "-->"
    label = f'|"{"<br/>".join(_plain(_short(label)) for label in arrow.labels)}"|' if arrow.labels else ""
    return f"{names[arrow.start]} {line}{label} {names[arrow.end]}"


def _marked(names: dict[str, str], nodes: Iterable[Node]) -> list[str]:
    wrong = [names[n.id] for n in nodes if n.kind in ("missing", "broken") or _worst(n) == ERROR]
    worth = [names[n.id] for n in nodes if n.problems and names[n.id] not in wrong]
    lines = []
    for style, colour, marked in (("wrong", "#b3261e", wrong), ("worth", "#8a5a00", worth)):
        if marked:
            lines += [f"    classDef {style} stroke:{colour},stroke-width:3px", f"    class {','.join(marked)} {style}"]
    return lines


def _worst(node: Node) -> str:
    return ERROR if any(p.severity == ERROR for p in node.problems) else ""


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def _plain(text: str) -> str:
    """Return words that Mermaid cannot take for its own signs: entities in its spelling."""
    return PLAIN.sub(lambda found: f"#{ord(found[0])};", " ".join(text.split()))
