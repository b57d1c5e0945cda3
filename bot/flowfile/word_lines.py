"""Changes in the text of a word file, place by place: comments and everything else stay as they were written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import yaml

Node = yaml.nodes.Node
_PLAIN: Final = re.compile(r"[^\W_](?:[^\n:#\[\]{}&*!|>'\"%@`]|:(?!\s|$)|'(?=\w))*")
_NOT_TEXT: Final = frozenset({"yes", "no", "true", "false", "null", "on", "off", "~"})


class WordText:
    """The text of one word file, with the places of its entries; each change gives a new one."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = yaml.compose(text, Loader=yaml.SafeLoader)

    def sentences(self, frame: str, section: str) -> list[str]:
        """Return the sentences under `catches` or `ignores` of a frame."""
        node = self._at("frames", frame, section)
        return [n.value.strip() for n in _items(node)] if node else []

    def words(self, slot: str) -> list[str]:
        """Return the words of a slot."""
        node = self._at("slots", slot)
        if isinstance(node, yaml.ScalarNode):
            return [word.strip() for word in node.value.split(",") if word.strip()]
        return [n.value.strip() for n in _items(node)] if node else []

    def reviews(self) -> dict[str, str]:
        """Return what was recorded for each frame: `accepted, NAME, DATE`."""
        node = self._at("reviewed")
        return {k.value: v.value for k, v in node.value} if isinstance(node, yaml.MappingNode) else {}

    def with_sentence(self, frame: str, section: str, old: str, new: str) -> WordText:
        """Return the text with one sentence replaced, removed (no `new`) or added (no `old`)."""
        node = self._at("frames", frame, section)
        found = next((n for n in _items(node) if n.value.strip() == old), None) if old and node else None
        if found is not None:
            return self._without_line(found) if not new else self._put(found, written(new))
        return self._added(frame, section, node, new) if new else self

    def with_pattern(self, frame: str, pattern: str) -> WordText:
        """Return the text with one more way of saying it in a frame."""
        return self._added(frame, "says", self._at("frames", frame, "says"), pattern)

    def with_words(self, slot: str, words: list[str]) -> WordText:
        """Return the text with other words in a slot, in the way they were written: a row, or one a line."""
        node = self._at("slots", slot)
        if isinstance(node, yaml.SequenceNode) and not node.flow_style:
            indent = " " * node.start_mark.column
            lines = f"\n{indent}".join(f"- {written(word)}" for word in words)
            return self._cut(node.start_mark.index, _end(self.text, node), lines)
        return self._put(node, written(", ".join(words))) if node is not None else self

    def with_reviews(self, reviews: dict[str, str]) -> WordText:
        """Return the text with this record of who accepted or rejected which frame."""
        lines = "".join(f"\n  {name}: {written(said)}" for name, said in sorted(reviews.items()))
        node = self._at("reviewed")
        if node is None:
            return WordText(f"reviewed:{lines}\n{self.text}")
        if isinstance(node, yaml.MappingNode) and not node.flow_style:
            start = self.text.rfind("\n", 0, node.start_mark.index)
            return self._cut(start, _end(self.text, node), lines)
        return self._cut(self.text.rfind(":", 0, node.start_mark.index) + 1, node.end_mark.index, lines)

    def _at(self, *path: str) -> Node | None:
        node: Node | None = self.root
        for name in path:
            entries = node.value if isinstance(node, yaml.MappingNode) else ()
            node = next((value for key, value in entries if key.value == name), None)
        return node

    def _put(self, node: Node, new: str) -> WordText:
        return self._cut(node.start_mark.index, _end(self.text, node), new)

    def _cut(self, start: int, end: int, new: str) -> WordText:
        return WordText(self.text[:start] + new + self.text[end:])

    def _without_line(self, node: Node) -> WordText:
        start = self.text.rfind("\n", 0, node.start_mark.index)
        stop = self.text.find("\n", _end(self.text, node))
        return self._cut(start, stop if stop >= 0 else len(self.text), "")

    def _added(self, frame: str, section: str, node: Node | None, new: str) -> WordText:
        items = list(_items(node))
        if items:
            column = items[-1].start_mark.column - 2
            stop = self.text.find("\n", _end(self.text, items[-1]))
            return self._cut(stop, stop, f"\n{' ' * column}- {written(new)}")
        body = self._at("frames", frame)
        if body is None:
            return self
        stop, column = _end(self.text, body), body.start_mark.column
        return self._cut(stop, stop, f"\n{' ' * column}{section}:\n{' ' * column}  - {written(new)}")


def _items(node: Node | None) -> Iterator[Node]:
    return iter(node.value if isinstance(node, yaml.SequenceNode) else [node] if node is not None else [])


def _end(text: str, node: Node) -> int:
    """Return where what is written ends: a mark may lie behind it, beyond blank lines and comments."""
    while not isinstance(node, yaml.ScalarNode) and not getattr(node, "flow_style", False) and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    start, end = node.start_mark.index, node.end_mark.index
    return start + len(text[start:end].rstrip())


def written(text: str) -> str:
    """Return a text as it stands in YAML: bare where that is safe, else between quotes."""
    bare = _PLAIN.fullmatch(text) and text.lower() not in _NOT_TEXT and text == text.strip()
    return text if bare else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
