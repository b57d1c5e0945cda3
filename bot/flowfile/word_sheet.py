"""A word list as a sheet that a native reviewer opens in a spreadsheet, and the sheet read back. No disk, no YAML.

One line for each frame, each of its sentences and each slot; new lines may be added below with `what` and `name`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.detect.patterns import Part, parse_pattern
from bot.flowfile import spreadsheet
from bot.flowfile.spreadsheet import LONGEST_CELL, NO, YES, BadSheet
from bot.model.campaign import RiskFrame, WordFile

COLUMNS: Final = ("what", "name", "level", "category", "now", "accept", "correct", "comment")
FRAME, CATCHES, IGNORES, SLOT = "frame", "must hear", "must not hear", "words"
KINDS: Final = (FRAME, CATCHES, IGNORES, SLOT)
_MOST_SHOWN: Final = 6


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a sheet: `accept` is True, False or None (nothing said)."""

    line: int
    what: str
    name: str
    now: str
    accept: bool | None
    correct: str
    comment: str


def sheet(file: WordFile) -> bytes:
    """Return the sheet of a word list, as CSV that spreadsheets open with the right letters."""
    return spreadsheet.written(COLUMNS, _lines(file))


def _lines(file: WordFile) -> Iterator[tuple[str, ...]]:
    for frame in file.frames:
        name = frame.id.partition(".")[2]
        about = (name, frame.level.value, frame.category)
        yield FRAME, *about, _in_plain_words(file, frame), "", "", ""
        for kind, sentences in ((CATCHES, frame.catches), (IGNORES, frame.ignores)):
            yield from ((kind, *about, sentence, "", "", "") for sentence in sentences)
    for name, words in file.slots.items():
        yield SLOT, name, "", "", ", ".join(words), "", "", ""


def _in_plain_words(file: WordFile, frame: RiskFrame) -> str:
    ways = (" ".join(_part(file, part) for part in parse_pattern(pattern)) for pattern in frame.patterns)
    return "\n".join(ways) + ("\n(in any order)" if frame.any_order else "")


def _part(file: WordFile, part: Part) -> str:
    gap = "… " if part.after_gap else ""
    if not part.slot:
        return gap + (f"({' / '.join(part.phrases)})" if len(part.phrases) > 1 else part.phrases[0])
    words = file.slots.get(part.slot, ())
    more = ", …" if len(words) > _MOST_SHOWN else ""
    return f"{gap}[{part.slot}: {', '.join(words[:_MOST_SHOWN])}{more}]" if words else f"{gap}[{part.slot}]"


def read_sheet(raw: bytes) -> list[Row]:
    """Return the lines of a sheet, or raise `BadSheet` with all that is wrong."""
    problems: list[str] = []
    rows = [_row(line, cells, problems) for line, cells in spreadsheet.read(raw, COLUMNS)]
    if problems:
        raise BadSheet("\n".join(problems))
    return rows


def _row(line: int, cells: dict[str, str], problems: list[str]) -> Row:
    got = cells
    answer = got["accept"].lower()
    if got["what"] not in KINDS:
        problems.append(f"line {line}: 'what' is {' or '.join(KINDS)}.")
    if answer and answer not in YES | NO:
        problems.append(f"line {line}: 'accept' is yes or no, or empty.")
    if any(len(cell) > LONGEST_CELL for cell in got.values()):
        problems.append(f"line {line}: a cell is far too long.")
    correct = re.sub(r"\s+", " ", got["correct"])
    accept = None if not answer else answer in YES
    return Row(line, got["what"], got["name"], got["now"], accept, correct, got["comment"])
