"""Writing into flows/helplines.yaml: one entry's line changes, and every comment and blank line stays as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping

ENTRY = re.compile(r"^(?P<indent>\s*)-\s+id:\s*(?P<id>\S+)\s*$")


class NoSuchEntry(Exception):
    """No entry has this id."""

    def __init__(self, wanted: str, known: list[str]) -> None:
        super().__init__(f"helplines.yaml has no entry {wanted!r}. It has: {', '.join(known)}.")


def with_fields(text: str, wanted: str, fields: Mapping[str, str]) -> str:
    """Return the file's text with these fields of one entry set. Raises NoSuchEntry. A value is written as it is given:
    the caller sees to it that it is one word, a date or a quoted text."""
    lines = text.splitlines(keepends=True)
    start, end, indent = _entry(lines, wanted)
    for field, value in fields.items():
        line = f"{indent}  {field}: {value}\n" if value else f"{indent}  {field}:\n"
        place = next((n for n in range(start + 1, end) if _field_of(lines[n], indent) == field), None)
        if place is None:
            lines.insert(end, line)
            end += 1
        else:
            lines[place] = line
    return "".join(lines)


def _entry(lines: list[str], wanted: str) -> tuple[int, int, str]:
    """Return where the entry begins and ends (the line after its last field), and how far it is indented."""
    begins = [(n, match) for n, line in enumerate(lines) if (match := ENTRY.match(line)) is not None]
    found = next(((n, match["indent"]) for n, match in begins if match["id"].strip("\"'") == wanted), None)
    if found is None:
        raise NoSuchEntry(wanted, [match["id"] for _, match in begins])
    start, indent = found
    end = next((n for n, _ in begins if n > start), len(lines))
    while end > start + 1 and _field_of(lines[end - 1], indent) is None:
        end -= 1  # what stands between two entries (a heading, a blank line) is not part of the first
    return start, end, indent


def _field_of(line: str, indent: str) -> str | None:
    match = re.match(rf"{indent}  ([a-z_]+):", line)
    return match[1] if match else None
