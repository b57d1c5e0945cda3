"""The parser's events put together to plain data, with everything refused that would be too much, at the event where it
becomes too much. Aliases are counted at the size they unfold to.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml

from bot.flowfile.document import Data, Path, Place
from bot.flowfile.problem import Problem

MAX_DEPTH = 32
MAX_ALIASES = 1_000
MAX_NODES = 80_000
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""Signs nobody can see and Telegram does not take."""


class Refused(Exception):
    """Reading stops here: the code and place of the one problem that says why."""

    def __init__(self, code: str, place: Place, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.place, self.message, self.hint = code, place, message, hint


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being filled."""

    data: list[Data] | dict[str, Data]
    path: Path
    anchor: str | None
    key: str | None = None
    skip: bool = False
    size: int = 1
    height: int = 1
    named: bool = False


class Builder:
    """Puts events together; refuses what would be too much at the event where it becomes too much."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Data | None = None
        self.keys: dict[Path, Place] = {}
        self.values: dict[Path, Place] = {}
        self.problems: list[Problem] = []
        self._stack: list[_Open] = []
        self._anchors: dict[str, tuple[Data, int, int]] = {}
        self._documents = self._aliases = self._nodes = 0

        self._takes: dict[type[yaml.Event], Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: lambda event: self._start(event, {}),
            yaml.SequenceStartEvent: lambda event: self._start(event, []),
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }

    def take(self, event: yaml.Event) -> None:
        """Put one event where it belongs."""
        if (handle := self._takes.get(type(event))) is not None:
            handle(event)

    def _document(self, event: yaml.Event) -> None:
        self._documents += 1
        if self._documents > 1:
            raise Refused("E016", _at(event), "a second document begins here", "delete the line '---'")

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if event.tag is not None:
            self._refuse_tag(event)
        value: str = event.value
        # The file as a whole was looked through before: only an escape in double quotes can make such a sign now.
        if event.style == '"' and UNSEEN.search(value):
            raise Refused("E004", _at(event), "holds an invisible character here", "delete the part with \\0 or \\x")
        top = self._stack[-1] if self._stack else None
        if top is not None and top.named and top.key is None:
            self._key(top, value, event)
        else:
            self._put(value, event, 1, 0)
        if event.anchor:
            self._anchors[event.anchor] = (value, 1, 0)

    def _key(self, top: _Open, key: str, event: yaml.NodeEvent) -> None:
        self._count(event)
        top.key, top.skip = key, key in top.data
        path = (*top.path, key)
        if top.skip:
            line, column = _at(event)
            step = str(path[1]) if len(path) > 1 and path[0] == "steps" else ""
            first = self.keys[path][0]
            hint = f"it stands in line {first} already; rename or delete one"
            self.problems.append(Problem("E014", self.file, line, column, step, f"'{key[:80]}' stands twice", hint))
        else:
            self.keys[path] = _at(event)

    def _start(self, event: yaml.CollectionStartEvent, data: list[Data] | dict[str, Data]) -> None:
        self._refuse_tag(event)
        if len(self._stack) >= MAX_DEPTH:
            raise Refused("E005", _at(event), f"is nested more than {MAX_DEPTH} deep", "flows need five or six levels")
        self._count(event)
        path = self._here(event)
        self.values[path] = _at(event)
        if path not in self.keys:
            self.keys[path] = _at(event)
        self._stack.append(_Open(data, path, event.anchor, named=isinstance(data, dict)))
        if event.anchor:
            self._anchors.pop(event.anchor, None)

    def _here(self, event: yaml.Event) -> Path:
        if not self._stack:
            return ()
        top = self._stack[-1]
        if isinstance(top.data, list):
            return (*top.path, len(top.data))
        if top.key is None:
            hint = "put quotes around texts that begin with { or ["
            raise Refused("E011", _at(event), "a name cannot be a list or a group of fields", hint)
        return (*top.path, "" if top.skip else top.key)

    def _end(self, event: yaml.Event) -> None:
        done = self._stack.pop()
        if done.anchor:
            self._anchors[done.anchor] = (done.data, done.size, done.height)
        self._attach(done.data, event, done.size, done.height)

    def _alias(self, event: yaml.AliasEvent) -> None:
        self._aliases += 1
        name = str(event.anchor)
        known = self._anchors.get(name)
        if self._aliases > MAX_ALIASES:
            raise Refused("E006", _at(event), f"has more than {MAX_ALIASES} aliases", "write the texts out")
        if known is None:
            hint = "put the text in quotes if it begins with *"
            raise Refused("E012", _at(event), f"'*{name[:40]}' repeats something that is not there", hint)
        if (top := self._awaits_key()) is not None and isinstance(known[0], str):
            self._key(top, known[0], event)
        else:
            self._put(known[0], event, known[1], known[2])

    def _awaits_key(self) -> _Open | None:
        """Return the mapping that wants a name next, if one does."""
        top = self._stack[-1] if self._stack else None
        return top if top is not None and top.named and top.key is None else None

    def _put(self, value: Data, event: yaml.Event, size: int, height: int) -> None:
        self._count(event, size)
        path = self._here(event)
        self.values[path] = place = _at(event)
        self.keys.setdefault(path, place)
        self._attach(value, event, size, height)

    def _attach(self, value: Data, event: yaml.Event, size: int, height: int) -> None:
        if not self._stack:
            self.root = value
            return
        top = self._stack[-1]
        top.size += size
        if height >= top.height:
            top.height = height + 1
        if top.size > MAX_NODES or len(self._stack) + height > MAX_DEPTH:
            raise Refused("E005", _at(event), "unfolds to more than a campaign can hold", "write the texts out")
        if isinstance(top.data, list):
            top.data.append(value)
            return
        if not top.skip and top.key is not None:
            top.data[top.key] = value
        top.key, top.skip = None, False

    def _count(self, event: yaml.Event, size: int = 1) -> None:
        self._nodes += size
        if self._nodes > MAX_NODES:
            raise Refused("E005", _at(event), f"holds more than {MAX_NODES} entries", "split it into several files")

    def _refuse_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.tag is not None:
            hint = "put quotes around a text that begins with '!'"
            raise Refused("E007", _at(event), "begins with '!', which YAML takes for a tag", hint)


def _at(event: yaml.Event) -> Place:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
