"""A reviewer's sheet from the disk into the campaign's folder: the word file is replaced in one step, or not at all."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Final

from bot.flowfile.load import load_words
from bot.flowfile.spreadsheet import BadSheet
from bot.flowfile.word_review import apply_sheet
from bot.flowfile.word_sheet import read_sheet

_NAME: Final = re.compile(r"[^\W\d_][\w .'’-]{0,39}")


class UnknownLanguage(ValueError):
    """The campaign has no words in this language."""


def apply_file(folder: Path, sheet: Path, language: str, by: str, on: date, lead: str = "") -> tuple[str, ...]:
    """Return what a sheet changed in a campaign's words. Raises `BadSheet`, and then nothing has changed."""
    for name in (by, *([lead] if lead else [])):
        if not _NAME.fullmatch(name):
            raise BadSheet(f"'{name}' is no name: letters, spaces and dots, 40 at most.")
    files, problems = load_words(folder)
    if language not in {file.language for file in files}:
        known = ", ".join(file.language for file in files)
        raise UnknownLanguage(f"there are no words in '{language}'. There are: {known}.")
    if any(problem.severity == "error" for problem in problems):
        raise BadSheet("the word lists have mistakes already: safebot flows check names them.")
    path = folder / "flows" / "words" / f"{language}.yaml"
    done = apply_sheet(path.read_text("utf-8"), read_sheet(sheet.read_bytes()), files, language, by, on, lead)
    if done.changes:
        _replace(path, done.text)
    return done.changes


def _replace(path: Path, text: str) -> None:
    beside = path.with_suffix(".yaml.new")
    beside.write_text(text, "utf-8")
    beside.replace(path)
