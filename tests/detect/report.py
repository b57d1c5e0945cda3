"""`make detect-report`: how well the detector hears, on each set of made-up messages.

`python -m tests.detect.report [--set frozen] [--lang sw] [--show missed] [--format json]`. Sentences of frozen sets are never shown.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from bot.detect import Hearing
from bot.work.ear import load_ear
from tests.detect import measure, sets
from tests.detect.measure import Judged, Row, Share

SETS: Final = ("dev", "heldout", "blind", "tuning", "frozen")
FOLDER: Final = Path(__file__).parents[2]
HEADS: Final = {
    "heard": "worrying heard",
    "danger_heard": "P1 heard",
    "danger_as_danger": "P1 as P1",
    "by_model": "of these by model",
    "right_category": "right category",
    "false_alarms": "hard harmless heard",
    "everyday": "everyday heard",
}


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _asked(arguments)
    names = asked.sets or list(SETS)
    if asked.show and sets.CLOSED & set(names):
        sys.stderr.write(
            "Sentences of frozen sets are not shown: name another set, as in --set tuning --show missed.\n"
        )
        return 2
    if broken := sets.broken_seals():
        sys.stderr.write("".join(f"{sentence}\n" for sentence in broken))
        return 2
    ear = load_ear(FOLDER)
    ear = replace(ear, model=None) if asked.without_model else ear
    found = {name: each for name in names if (each := _judged(ear, name, asked.lang))}
    if asked.show:
        _write(line for each in found.values() for line in shown(each, asked.show))
    elif asked.format == "json":
        print(json.dumps({name: as_data(each) for name, each in found.items()}, indent=1))
    else:
        _write(line for name, each in found.items() for line in as_text(name, each, asked.format == "markdown"))
    return 0


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.detect.report", description=__doc__)
    parser.add_argument("--set", action="append", dest="sets", choices=SETS, help="which set (more than once: several)")
    parser.add_argument("--lang", help="one language only")
    parser.add_argument("--show", choices=("missed", "alarms", "levels"), help="show sentences; never of frozen sets")
    parser.add_argument("--without-model", action="store_true", help="rules alone: the model has read the tuning sets")
    parser.add_argument("--format", choices=("text", "markdown", "json"), default="text")
    return parser.parse_args(arguments)


def _judged(ear: Hearing, name: str, language: str | None) -> list[Judged]:
    messages = list(sets.messages(name, language))
    measure.judged(ear, messages[:50])  # the first messages fill caches: they would spoil the times
    return measure.judged(ear, messages)


def _write(lines: Iterator[str]) -> None:
    for line in lines:
        print(line)


def shown(found: Sequence[Judged], what: str) -> Iterator[str]:
    """Yield the messages that were missed, heard without reason, or heard at another level."""
    for each in found:
        message = each.message
        wrong = {
            "missed": message.worrying and not each.was_heard,
            "alarms": not message.worrying and each.was_heard,
            "levels": message.worrying and each.was_heard and each.level != message.level,
        }[what]
        if wrong:
            heard = (
                "" if what == "missed" else f" heard {each.level} {each.heard.category} ({', '.join(each.heard.rules)})"
            )
            yield f"{message.id} {message.level or message.kind} {message.category}{heard}: {message.text}"


def as_text(name: str, found: Sequence[Judged], markdown: bool) -> Iterator[str]:
    """Yield the report of one set."""
    middle, slow = measure.times(found)
    yield f"\n## {name}: {len(found)} messages, {middle:.2f} ms a message, p99 {slow:.2f} ms\n"
    yield from _table("language", measure.by_language(found), markdown)
    yield ""
    yield from _table("category", measure.by_category(found), markdown)
    yield "\nLevel as it is (rows) and as heard (columns):\n"
    cells = [[true, *(str(n) for n in heard.values())] for true, heard in measure.confusion(found).items()]
    yield from _grid([["", *measure.LEVELS], *cells], markdown)


def _table(first: str, rows: Sequence[Row], markdown: bool) -> Iterator[str]:
    cells = [[row.name, *(_cell(getattr(row, name)) for name in HEADS)] for row in rows]
    yield from _grid([[first, *HEADS.values()], *cells], markdown)


def _cell(share: Share) -> str:
    if share.value is None or share.interval is None:
        return "–"
    low, high = share.interval
    return f"{share.part}/{share.whole} {100 * share.value:.1f} % ({100 * low:.0f}–{100 * high:.0f})"


def _grid(rows: Sequence[Sequence[str]], markdown: bool) -> Iterator[str]:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for number, row in enumerate(rows):
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        yield f"| {' | '.join(cells)} |" if markdown else "  ".join(cells).rstrip()
        if markdown and number == 0:
            yield f"|{'|'.join('-' * (width + 2) for width in widths)}|"


def as_data(found: Sequence[Judged]) -> dict[str, object]:
    """Return the report of one set for a program."""
    middle, slow = measure.times(found)
    return {
        "messages": len(found),
        "milliseconds": {"p50": round(middle, 3), "p99": round(slow, 3)},
        "languages": {row.name: _row(row) for row in measure.by_language(found)},
        "categories": {row.name: _row(row) for row in measure.by_category(found)},
        "levels": measure.confusion(found),
    }


def _row(row: Row) -> dict[str, object]:
    shares = {name: getattr(row, name) for name in HEADS}
    return {name: {**dataclasses.asdict(s), "share": s.value, "interval": s.interval} for name, s in shares.items()}


if __name__ == "__main__":
    raise SystemExit(main())
