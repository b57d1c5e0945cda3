"""What a reviewer's sheet changes in a word file, and whether the ear still hears what it must. Text in, text out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import yaml

from bot.detect import BadPattern, Hearing, assess, compile_hearing
from bot.flowfile.ear.model_file import shipped_model
from bot.flowfile.spreadsheet import BadSheet
from bot.flowfile.word_lines import WordText
from bot.flowfile.word_sheet import CATCHES, FRAME, SLOT, Row
from bot.flowfile.words import read_words
from bot.model.assessment import Context
from bot.model.campaign import RiskFrame, WordFile
from bot.model.levels import Level

SECTIONS: Final = {CATCHES: "catches", "must not hear": "ignores"}
_GRAVE: Final = (Level.P1, Level.P2)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A word file after a sheet: its new text, and a sentence for each thing that changed."""

    text: str
    changes: tuple[str, ...]


def apply_sheet(
    text: str, rows: Sequence[Row], files: Sequence[WordFile], language: str, by: str, on: date, lead: str = ""
) -> Reviewed:
    """Return the word file with what the reviewer accepted or corrected, or raise `BadSheet`; all or nothing."""
    work = _Work(WordText(text), _frames(files, language))
    for row in rows:
        work.take(row)
    work.record(rows, by, on, lead)
    if work.lost and not lead:
        lost = "\n".join(work.lost)
        work.problems.append(f"{lost}\nOnly the safeguarding lead gives up such a sentence: --lead NAME.")
    if not work.problems and work.changes:
        _still_hears(work, files, language)
    if work.problems:
        raise BadSheet("\n".join(work.problems))
    return Reviewed(work.file.text, tuple(work.changes))


def _frames(files: Iterable[WordFile], language: str) -> dict[str, RiskFrame]:
    return {f.id.partition(".")[2]: f for file in files if file.language == language for f in file.frames}


class _Work:
    def __init__(self, file: WordText, frames: dict[str, RiskFrame]) -> None:
        self.file = file
        self.frames = frames
        self.changes: list[str] = []
        self.problems: list[str] = []
        self.lost: list[str] = []
        self.new: dict[str, list[str]] = {}

    def take(self, row: Row) -> None:
        if row.what == SLOT:
            self._slot(row)
        elif row.name not in self.frames:
            self.problems.append(f"line {row.line}: there is no frame '{row.name}' in this word list.")
        elif row.what != FRAME:
            self._sentence(row)

    def _slot(self, row: Row) -> None:
        words = [word.strip() for word in row.correct.split(",") if word.strip()]
        now = self.file.words(row.name)
        if not now:
            self.problems.append(f"line {row.line}: there are no words '{row.name}' in this word list.")
        elif words and words != now:
            if ", ".join(now) != row.now:
                self.problems.append(f"line {row.line}: these words were changed since the sheet was made.")
            self.file = self.file.with_words(row.name, words)
            self.changes.append(
                f"words {row.name}: {len(set(words) - set(now))} new, {len(set(now) - set(words))} gone"
            )

    def _sentence(self, row: Row) -> None:
        section = SECTIONS[row.what]
        there = self.file.sentences(row.name, section)
        stays = row.accept is not False and not row.correct
        if stays or (row.now not in there and row.correct in ("", *there)):
            return  # nothing to do, or done before
        if row.now and row.now not in there:
            self.problems.append(f"line {row.line}: this sentence was changed since the sheet was made.")
            return
        new = "" if row.correct in there else row.correct
        self.file = self.file.with_sentence(row.name, section, row.now, new)
        told = "corrected" if row.now and new else "new" if new else "gone"
        self.changes.append(f"{row.name}, line {row.line}: a sentence under {section} is {told}")
        if section == "catches":
            self._noted(row, new)

    def _noted(self, row: Row, new: str) -> None:
        if row.now and self.frames[row.name].level in _GRAVE:
            self.lost.append(f"line {row.line}: '{row.name}' loses a sentence it must hear.")
        if new:
            self.new.setdefault(row.name, []).append(new)

    def record(self, rows: Iterable[Row], by: str, on: date, lead: str) -> None:
        """Write down who accepted or rejected which frame; the same answer again keeps its date."""
        before = self.file.reviews()
        after = {name: said for name, said in before.items() if name in self.frames}
        for row in rows:
            if row.what == FRAME and row.accept is not None and row.name in self.frames:
                said = f"{'accepted' if row.accept else 'rejected'}, {_named(by, lead)}"
                if not before.get(row.name, "").startswith(f"{said}, "):
                    after[row.name] = f"{said}, {on.isoformat()}"
                    self.changes.append(f"{row.name}: {said}")
        if after != before:
            self.file = self.file.with_reviews(after)


def _named(by: str, lead: str) -> str:
    return f"{by} with {lead}" if lead and lead != by else by


def _still_hears(work: _Work, files: Sequence[WordFile], language: str) -> None:
    """Note what is wrong with the new text; a corrected sentence that no pattern hears becomes a pattern itself."""
    before = set(_deaf(compile_hearing(files, shipped_model()), files))
    file = _read(work, language)
    if file is None:
        return
    deaf = [d for d in _deaf(_ear(work, files, file), [file]) if d not in before]
    for frame, _, sentence in deaf:
        if sentence in work.new.get(frame, ()):
            work.file = work.file.with_pattern(frame, sentence)
    file = _read(work, language)
    if file is None:
        return
    everywhere = [file if each.language == language else each for each in files]
    for frame, what, sentence in _deaf(_ear(work, files, file), everywhere):
        if (frame, what, sentence) not in before:
            wrong = "would not be heard any more" if what == "catches" else "is heard, and must not be"
            work.problems.append(f"{frame}: '{sentence}' {wrong}: safebot detect --explain shows why.")


def _read(work: _Work, language: str) -> WordFile | None:
    file, problems = read_words(yaml.load(work.file.text, yaml.CBaseLoader), language)  # noqa: S506 — makes strings only
    work.problems += [f"{'/'.join(map(str, place))}: {sentence}" for place, sentence in problems]
    return None if problems else file


def _ear(work: _Work, files: Sequence[WordFile], file: WordFile) -> Hearing:
    try:
        changed = [file if each.language == file.language else each for each in files]
        return compile_hearing(changed, shipped_model())
    except BadPattern as problem:
        work.problems.append(str(problem))
        return compile_hearing(files, shipped_model())


def _deaf(ear: Hearing, files: Iterable[WordFile]) -> Iterator[tuple[str, str, str]]:
    """Yield the sentences that a frame should hear and does not, or should leave in peace and does not."""
    for frame in (frame for file in files for frame in file.frames):
        name = frame.id.partition(".")[2]
        yield from ((name, "catches", s) for s in frame.catches if not _heard_by(ear, frame, s))
        yield from ((name, "ignores", s) for s in frame.ignores if assess(ear, s, Context()).level is not None)


def _heard_by(ear: Hearing, frame: RiskFrame, sentence: str) -> bool:
    heard = assess(ear, sentence, Context())
    return frame.id in heard.rules and heard.level is not None and heard.level <= frame.level
