"""Translations as a sheet for a native reviewer, and the sheet read back. No disk, no .po: entries in, entries out.

One line for each sentence (for each plural form). What is accepted, or corrected, is reviewed from then on; what is refused
stays a draft, with the reviewer's reason beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.flowfile import spreadsheet
from bot.flowfile.spreadsheet import LONGEST_CELL, NO, YES, BadSheet
from bot.flowfile.translating.book import DRAFT, Book, Forms, Translation
from bot.texts import PLACE

COLUMNS = ("where", "form", "safety", "english", "translation", "words", "letters", "keep in mind", "state")
ANSWERS = ("accept", "correct", "comment")
REVIEWED = "reviewed by"
REFUSED = "refused by"
AGAIN = "draft: somebody approved it, and a reviewer refused it later"
SHEET = (*COLUMNS, *ANSWERS)


@dataclass(frozen=True, slots=True)
class Entry:
    """One sentence with its English as a reviewer sees it, and whether somebody's safety hangs on it."""

    where: str
    english: Forms
    translation: Translation
    safety: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reviewer said to one form of one sentence."""

    line: int
    where: str
    form: int
    english: str
    translation: str
    accept: bool | None
    correct: str
    comment: str


def sheet(entries: Iterable[Entry]) -> bytes:
    """Return the sheet, safety first."""
    ordered = sorted(entries, key=lambda e: not e.safety)
    return spreadsheet.written(SHEET, (row for entry in ordered for row in _rows(entry)))


def _rows(entry: Entry) -> Iterator[tuple[str, ...]]:
    said = entry.translation
    state = "stale" if said.stale else "draft" if said.draft else "reviewed" if said.complete else "missing"
    for form, text in enumerate(said.forms or ("",)):
        english = entry.english[min(form, len(entry.english) - 1)]
        counts = (str(len(text.split())), str(len(text)))
        notes = " ".join(note for note in said.notes if not note.startswith("English: "))
        safety = "yes" if entry.safety else ""
        yield (entry.where, str(form), safety, english, text, *counts, notes, state, "", "", "")


def read_answers(raw: bytes) -> list[Answer]:
    """Return the lines to which something was said. Raises BadSheet with all that is wrong."""
    problems: list[str] = []
    rows = [_answer(line, cells, problems) for line, cells in spreadsheet.read(raw, SHEET)]
    if problems:
        raise BadSheet("\n".join(problems))
    return [answer for answer in rows if answer.accept is not None or answer.correct]


def _answer(line: int, cells: Mapping[str, str], problems: list[str]) -> Answer:
    said = cells["accept"].lower()
    if said and said not in YES | NO:
        problems.append(f"line {line}: 'accept' is yes or no, or empty.")
    if not cells["form"].isdecimal():
        problems.append(f"line {line}: 'form' is a number; leave that column as it was.")
    if any(len(cell) > LONGEST_CELL for cell in cells.values()):
        problems.append(f"line {line}: a cell is far too long.")
    return Answer(
        line,
        cells["where"],
        int(cells["form"]) if cells["form"].isdecimal() else 0,
        cells["english"],
        cells["translation"],
        None if not said else said in YES,
        _lines(cells["correct"]),
        " ".join(cells["comment"].split()),
    )


def _lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n"))


def reviewed(entries: Iterable[Entry], answers: Iterable[Answer], by: str, on: date) -> dict[str, Translation]:
    """Return the entries that change, by where they stand. Raises BadSheet when one answer does not fit: then none counts."""
    known = {entry.where: entry for entry in entries}
    said: dict[str, list[Answer]] = {}
    for answer in answers:
        said.setdefault(answer.where, []).append(answer)
    problems = [problem for where, lines in said.items() for problem in _misfits(known.get(where), lines)]
    if problems:
        raise BadSheet("\n".join(problems))
    after = {where: _after(known[where].translation, lines, by, on) for where, lines in said.items()}
    return {where: entry for where, entry in after.items() if entry != known[where].translation}


def _misfits(entry: Entry | None, answers: Iterable[Answer]) -> Iterator[str]:
    for answer in answers:
        at = f"line {answer.line} ({answer.where}):"
        if entry is None or answer.form >= max(len(entry.translation.forms), 1):
            yield f"{at} this sentence is not there any more. Take a new sheet."
            continue
        english = entry.english[min(answer.form, len(entry.english) - 1)]
        now = entry.translation.forms[answer.form] if entry.translation.forms else ""
        if _lines(answer.english) != _lines(english):
            yield f"{at} the English has changed since this sheet was written. Take a new sheet."
        elif _lines(now) not in (_lines(answer.translation), answer.correct):
            yield f"{at} somebody changed the translation since this sheet was written. Take a new sheet."
        elif answer.accept and not (answer.correct or now):
            yield f"{at} there is no translation to accept: write one under 'correct'."
        elif answer.correct and set(PLACE.findall(answer.correct)) != set(PLACE.findall(english)):
            yield f"{at} the correction must keep {_names(english) or 'no {names}'}."


def _names(english: str) -> str:
    return " ".join(f"{{{name}}}" for name in dict.fromkeys(PLACE.findall(english)))


def _after(entry: Translation, answers: list[Answer], by: str, on: date) -> Translation:
    forms = list(entry.forms or ("",))
    for answer in answers:
        forms[answer.form] = answer.correct or forms[answer.form]
    refused = [a for a in answers if a.accept is False and not a.correct]
    if refused:
        comments = entry.comments if entry.draft else (AGAIN, *entry.comments)
        return replace(entry, comments=_with(comments, f"{REFUSED} {by} {on}: {refused[0].comment}".rstrip(": ")))
    if {a.form for a in answers} != set(range(len(forms))):
        return replace(entry, forms=tuple(forms))  # a plural counts once all its forms were read
    if not entry.draft and not entry.stale and tuple(forms) == entry.forms:
        return entry
    kept = tuple(c for c in entry.comments if not DRAFT.search(c) and not c.startswith((REVIEWED, REFUSED)))
    return replace(entry, forms=tuple(forms), stale=False, previous=(), comments=(*kept, f"{REVIEWED} {by} {on}"))


def _with(comments: tuple[str, ...], comment: str) -> tuple[str, ...]:
    return (*(c for c in comments if not c.startswith(REFUSED)), comment)


def book_with(book: Book, changed: Mapping[tuple[str, str], Translation]) -> Book:
    """Return the catalogue with these entries in the place of those of the same context and source."""
    return replace(book, entries=tuple(changed.get((e.context, e.source), e) for e in book.entries))
