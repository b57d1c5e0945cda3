"""W018: part of a text that YAML silently takes for a comment."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.checks.look import Look
from bot.flowfile.document import Data, Path
from bot.flowfile.draft import FlowDraft, Spot
from bot.flowfile.problem import Problem


def check(look: Look) -> Iterator[Problem]:
    """Return a warning for each text with ' #' behind it on the same line."""
    flow, lines = look.flow, look.flow.document.lines
    for spot in flow.spots if flow.document.has_comments else ():
        line, column = flow.document.value_place(spot.path)
        written = lines[line - 1][column - 1 :] if line <= len(lines) else ""
        if " #" in written and _is_cut(flow, spot, written):
            hint = "put quotes around the text; write a comment on a line of its own"
            yield flow.problem("W018", spot.path, "the text ends before ' #'", hint)


def _is_cut(flow: FlowDraft, spot: Spot, written: str) -> bool:
    before = written.split(" #", 1)[0].strip()
    return before == str(_value(flow.document.data, spot.path)).strip()


def _value(data: Data, path: Path) -> Data:
    for key in path:
        if isinstance(data, dict) and isinstance(key, str):
            data = data.get(key, "")
        elif isinstance(data, list) and isinstance(key, int):
            data = data[key]
    return data
