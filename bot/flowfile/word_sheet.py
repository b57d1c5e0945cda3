"""A word list as a sheet that a native reviewer opens in a spreadsheet, and the sheet read back. No disk, no YAML.

One line for each frame, each of its sentences and each slot; new lines may be added below with `what` and `name`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from bot.detect.patterns import Part, parse_pattern
from bot.model.campaign import RiskFrame, WordFile

COLUMNS: Final = ("what", "name", "level", "category", "now", "accept", "correct", "comment")
FRAME, CATCHES, IGNORES, SLOT = "frame", "must hear", "must not hear", "words"
KINDS: Final = (FRAME, CATCHES, IGNORES, SLOT)
YES: Final = frozenset({"yes", "y", "ok", "x", "1"})
NO: Final = frozenset({"no", "n", "0"})
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_GUARD: Final = "'"
_MOST_SHOWN: Final = 6
_LONGEST: Final = 20_000


class BadSheet(ValueError):
    """A sheet that cannot be understood: every line that is wrong, with what to do."""


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
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for cells in _lines(file):
        writer.writerow([_guarded(cell) for cell in cells])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


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


def _guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return _GUARD + cell if cell.startswith(_FORMULA) else cell


def _bare(cell: str) -> str:
    cell = cell.strip()
    return cell[1:].strip() if cell.startswith(_GUARD) and cell[1:].startswith(_FORMULA) else cell


def read_sheet(raw: bytes) -> list[Row]:
    """Return the lines of a sheet, or raise `BadSheet` with all that is wrong."""
    table = list(csv.reader(io.StringIO(_text(raw), newline=""), delimiter=_delimiter(raw)))
    heads = [head.strip().lower() for head in table[0]] if table else []
    if missing := [name for name in COLUMNS if name not in heads]:
        raise BadSheet(f"the first line must name the columns; it lacks: {', '.join(missing)}.")
    problems: list[str] = []
    rows = [_row(line, dict(zip(heads, cells, strict=False)), problems) for line, cells in _filled(table)]
    if problems:
        raise BadSheet("\n".join(problems))
    return rows


def _filled(table: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
    return ((n, cells) for n, cells in enumerate(table, 1) if n > 1 and any(cell.strip() for cell in cells))


def _text(raw: bytes) -> str:
    try:
        text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadSheet("the file is not UTF-8: save it again as 'CSV UTF-8'.") from error
    if "\0" in text or not text.strip():
        raise BadSheet("this is no CSV file: save the sheet as 'CSV UTF-8'.")
    csv.field_size_limit(1_000_000)
    return text


def _delimiter(raw: bytes) -> str:
    """Return what parts the cells: spreadsheets of some countries write ; or tabs."""
    head = _text(raw).partition("\n")[0]
    return max(",;\t", key=head.count)


def _row(line: int, cells: dict[str, str], problems: list[str]) -> Row:
    got = {name: _bare(cells.get(name, "")) for name in COLUMNS}
    answer = got["accept"].lower()
    if got["what"] not in KINDS:
        problems.append(f"line {line}: 'what' is {' or '.join(KINDS)}.")
    if answer and answer not in YES | NO:
        problems.append(f"line {line}: 'accept' is yes or no, or empty.")
    if any(len(cell) > _LONGEST for cell in got.values()):
        problems.append(f"line {line}: a cell is far too long.")
    correct = re.sub(r"\s+", " ", got["correct"])
    accept = None if not answer else answer in YES
    return Row(line, got["what"], got["name"], got["now"], accept, correct, got["comment"])
