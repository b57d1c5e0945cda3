"""Sheets (CSV) that people open in a spreadsheet: the right letters, no formulas, and read back whatever program wrote them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
GUARD: Final = "'"
LONGEST_CELL: Final = 20_000
YES: Final = frozenset({"yes", "y", "ok", "x", "1"})
NO: Final = frozenset({"no", "n", "0"})


class BadSheet(ValueError):
    """A sheet that cannot be understood: every line that is wrong, with what to do."""


def written(columns: Sequence[str], rows: Iterable[Iterable[str]]) -> bytes:
    """Return a sheet as CSV. A mark at its head tells spreadsheets that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for cells in rows:
        writer.writerow([_guarded(cell) for cell in cells])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def read(raw: bytes, columns: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """Return each line that holds something, with its number. Raises BadSheet when a column is missing or it is no CSV."""
    table = _table(_text(raw))
    heads = [head.strip().lower() for head in table[0]] if table else []
    if missing := [name for name in columns if name not in heads]:
        raise BadSheet(f"the first line must name the columns; it lacks: {', '.join(missing)}.")
    lines = [(number, cells) for number, cells in enumerate(table, 1) if number > 1 and any(c.strip() for c in cells)]
    return [(number, _named(heads, columns, cells)) for number, cells in lines]


def _table(text: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as error:  # a quote that is never closed makes one cell of the rest of the file
        raise BadSheet("this is no CSV file, or a quote is never closed: save the sheet as 'CSV UTF-8'.") from error


def _named(heads: Sequence[str], columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    got = dict(zip(heads, cells, strict=False))
    return {name: _bare(got.get(name, "")) for name in columns}


def _guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return GUARD + cell if cell.startswith(FORMULA) else cell


def _bare(cell: str) -> str:
    cell = cell.strip()
    return cell[1:].strip() if cell.startswith(GUARD) and cell[1:].startswith(FORMULA) else cell


def _text(raw: bytes) -> str:
    try:
        text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadSheet("the file is not UTF-8: save it again as 'CSV UTF-8'.") from error
    if "\0" in text or not text.strip():
        raise BadSheet("this is no CSV file: save the sheet as 'CSV UTF-8'.")
    csv.field_size_limit(1_000_000)
    return text


def _delimiter(text: str) -> str:
    """Return what parts the cells: spreadsheets of some countries write ; or tabs."""
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)
