"""The sentences the model learns from: text files a person can read, one sentence or one family of like ones a line.

`# grooming P2` begins a category, `# none idiom` harmless talk; `he wants my (photo|clip)` is written once for both.
`en.txt` and `en.anything.txt` are both English. Message sets (JSON lines) that are no longer for measuring teach too.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bot.flowfile.ear.hurried import hurried
from bot.model.campaign import WordFile

MOST_VARIANTS: Final = 4
MOST_HARMLESS_VARIANTS: Final = 10
"""Harmless talk is varied more: there is far more of it in life."""
EVERYDAY: Final = "everyday"
_IGNORES: Final = "ignores"
_KINDS: Final = {
    "": "everyday", "quiz": "quiz_answer", "question": "info_question", "news": "story_news", "story": "story_news",
    "look": "lookalike",
}  # fmt: skip
"""Headings have short names for the kinds of harmless talk that message sets tell apart."""
_CHOICE: Final = re.compile(r"\(([^()]*)\)")
_HURRIED: Final = 3
"""One in so many variants of a written line is also read as a thumb types it; of message sets every sentence is."""
_SOUGHT: Final = "sought"
"""Sets of this name are by authors who looked for what the detector gets wrong, or what is hardest to tell apart: they
teach, and set no limits."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, its language, what it is about (`none` for harmless talk), its level or, for harmless talk, its kind.

    `author` is who wrote a message set ("sixth"), the same for all languages; empty for what was written with the lists in
    view, or with what the detector made of it ("sought"). `promised`: it stands beside a frame as one that must be heard,
    or left in peace. `hurried`: as a hurried thumb types what the author wrote; it teaches, and measures nothing.
    """

    text: str
    language: str
    category: str
    kind: str = ""
    author: str = ""
    promised: bool = False
    hurried: bool = False

    @property
    def everyday(self) -> bool:
        """Return whether this is plain talk, which must be left in peace even more than a hard case."""
        return self.category == "none" and self.kind == EVERYDAY


def read_corpus(folder: Path, sets: Iterable[Path] = ()) -> list[Sentence]:
    """Return all sentences of a folder of `<language>.txt` files, and of message sets, some also as a hurried
    thumb types them."""
    written = [s for path in sorted(folder.glob("*.txt")) for s in _read(path.stem, path.read_text("utf-8"))]
    return [*written, *(s for path in sorted(sets, key=_name) for s in _read_set(path))]


def corpus_hash(folder: Path, sets: Iterable[Path] = ()) -> str:
    """Return a name for exactly this corpus."""
    content = hashlib.sha256()
    for path in (*sorted(folder.glob("*.txt")), *sorted(sets, key=_name)):
        content.update(path.name.encode() + b"\0" + path.read_bytes())
    return content.hexdigest()


def _name(path: Path) -> str:
    return path.name


def _read_set(path: Path) -> Iterator[Sentence]:
    name = ".".join(path.name.split(".")[1:-2])
    author = "" if name.startswith(_SOUGHT) else name
    for line in path.read_text("utf-8").split("\n"):
        if line.strip():
            said = json.loads(line)
            category = said["category"] if said["worrying"] else "none"
            kind = said["priority"] if said["worrying"] else _kind(said["kind"])
            written = Sentence(said["text"], said["lang"], category, kind, author)
            yield written
            yield from _typed(written)


def _typed(written: Sentence) -> Iterator[Sentence]:
    typed = hurried(written.text)
    if typed != written.text:
        yield replace(written, text=typed, hurried=True)


def _kind(name: str) -> str:
    return _KINDS.get(name, name)


def word_sentences(files: Iterable[WordFile]) -> Iterator[Sentence]:
    """Yield the sentences that stand beside the frames: what they must hear, and what they must leave in peace."""
    for file in files:
        for frame in file.frames:
            for text in frame.catches:
                yield Sentence(text, file.language, frame.category, frame.level.value, promised=True)
            for text in frame.ignores:
                yield Sentence(text, file.language, "none", _IGNORES, promised=True)


def _read(stem: str, content: str) -> Iterator[Sentence]:
    language, category, kind = stem.partition(".")[0], "none", ""
    for line in content.splitlines():
        if line.startswith("#"):
            category, kind = (*line[1:].split(), "none", "")[:2]
            kind = _kind(kind)
        elif line.strip():
            most = MOST_HARMLESS_VARIANTS if category == "none" else MOST_VARIANTS
            for index, text in enumerate(variants(line, most)):
                written = Sentence(text, language, category, kind)
                yield written
                if index % _HURRIED == 0:
                    yield from _typed(written)


def variants(line: str, most: int) -> list[str]:
    """Return some of the sentences that a line with choices stands for, spread over all of them."""
    choices = [piece.split("|") for piece in _CHOICE.split(line)]
    total = 1
    for choice in choices:
        total *= len(choice)
    count = min(total, most)
    picked = (_pick(choices, total * k // count + (k if total > most else 0)) for k in range(count))
    return list(dict.fromkeys(picked))


def _pick(choices: list[list[str]], number: int) -> str:
    words: list[str] = []
    for choice in choices:
        number, index = divmod(number, len(choice))
        words.append(choice[index])
    return " ".join("".join(words).split())
