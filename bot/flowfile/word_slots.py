"""What only shows when all word files lie side by side: a slot that no file has, or one that contains itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from bot.detect.patterns import parse_pattern
from bot.flowfile.problem import Problem
from bot.model.campaign import WordFile

_DEEPEST = 8


class Named(NamedTuple):
    """A slot as somebody wrote it (`who`, `en.photo`), in the file of a language."""

    language: str
    written: str

    @property
    def full(self) -> str:
        return self.written if "." in self.written else f"{self.language}.{self.written}"


def slot_problems(files: Iterable[WordFile], texts: Mapping[str, tuple[str, str]]) -> Iterator[Problem]:
    """Yield a problem for each slot that cannot be filled; `texts` holds each language's file name and content."""
    files = tuple(files)
    slots = {f"{f.language}.{name}": (f.language, words) for f in files for name, words in f.slots.items()}
    for named in dict.fromkeys(each for file in files for each in _named(file)):
        sentence = _wrong(named.full, slots, ())
        if sentence:
            label, content = texts.get(named.language, (named.language, ""))
            yield Problem("E612", label, _line(content, named.written), 1, "", sentence)


def _named(file: WordFile) -> Iterator[Named]:
    patterns = [*file.masks, *file.doubts, *(p for each in file.asides.values() for p in each)]
    patterns += [p for frame in file.frames for p in frame.patterns]
    for part in (part for pattern in patterns for part in parse_pattern(pattern)):
        if part.slot:
            yield Named(file.language, part.slot)
    for words in file.slots.values():
        yield from (Named(file.language, word[1:-1].strip()) for word in words if word.startswith("{"))


def _wrong(full: str, slots: Mapping[str, tuple[str, tuple[str, ...]]], above: tuple[str, ...]) -> str:
    if full not in slots:
        return f"there is no slot '{full}' in any word file."
    if full in above or len(above) > _DEEPEST:
        return f"the slot '{full}' contains itself."
    language, words = slots[full]
    inner = (Named(language, word[1:-1].strip()).full for word in words if word.startswith("{"))
    return next((wrong for name in inner if (wrong := _wrong(name, slots, (*above, full)))), "")


def _line(content: str, slot: str) -> int:
    lines = content.splitlines()
    return next((n for n, line in enumerate(lines, 1) if f"{{{slot}}}" in line.replace(" ", "")), 1)
