"""One YAML file as plain data (every scalar is a string) with the position of every key in a side table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Data = str | list["Data"] | dict[str, "Data"]
Path = tuple[str | int, ...]
Place = tuple[int, int]
"""Line and column, both from 1."""


@dataclass(frozen=True, slots=True)
class Document:
    """What one file says. `keys` is where an entry begins, `values` where its value begins; aliases have no own place."""

    file: str
    data: Data
    keys: Mapping[Path, Place] = field(default_factory=dict)
    values: Mapping[Path, Place] = field(default_factory=dict)
    lines: tuple[str, ...] = ()

    @property
    def has_comments(self) -> bool:
        """Return whether a '#' stands behind something on a line."""
        return any(" #" in line for line in self.lines)

    def place(self, path: Path) -> Place:
        """Return where the entry at this path begins, or the nearest entry around it."""
        while path and path not in self.keys:
            path = path[:-1]
        return self.keys.get(path, (1, 1))

    def value_place(self, path: Path) -> Place:
        """Return where the value at this path begins (an entry's right side)."""
        return self.values.get(path) or self.place(path)


def plain(data: Mapping[str, Data], key: str) -> str:
    """Return the text under a key, stripped; '' when there is none."""
    value = data.get(key, "")
    return value.strip() if isinstance(value, str) else ""


def texts(data: Mapping[str, Data], key: str) -> tuple[str, ...]:
    """Return the texts of the list under a key."""
    value = data.get(key)
    return tuple(item.strip() for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def group(data: Mapping[str, Data], key: str) -> dict[str, Data]:
    """Return the fields under a key; none when it holds none."""
    value = data.get(key)
    return value if isinstance(value, dict) else {}
