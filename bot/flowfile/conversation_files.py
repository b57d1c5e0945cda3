"""The test files of a campaign's folder, and where steps and buttons stand in its flow files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.flowfile.conversation_model import Script
from bot.flowfile.conversation_reader import read_scripts
from bot.flowfile.document import Document, plain
from bot.flowfile.document import Path as Place
from bot.flowfile.folder import Folder
from bot.flowfile.problem import Problem
from bot.flowfile.reader import MAX_BYTES, read
from bot.model.campaign import Campaign


def load_scripts(folder: Path, campaign: Campaign, only: str = "") -> tuple[tuple[Script, ...], tuple[Problem, ...]]:
    """Return the conversations of all test files (of `only` that file, if it is named), and their problems."""
    scripts: list[Script] = []
    problems: list[Problem] = []
    place = Folder(folder)
    for path in place.tests():
        if only in ("", place.label(path)):
            document, found = _document(place, path)
            problems += found
            if document is not None:
                some, more = read_scripts(document, campaign)
                scripts += some
                problems += more
    return tuple(scripts), tuple(problems)


def _document(place: Folder, path: Path) -> tuple[Document | None, list[Problem]]:
    label = place.label(path)
    try:
        with path.open("rb") as file:
            return read(label, file.read(MAX_BYTES + 1))
    except OSError as error:
        return None, [Problem("E001", label, 1, 1, "", f"cannot be opened ({error.strerror})")]


@dataclass(frozen=True, slots=True)
class Places:
    """Where steps, buttons and sentences stand in the files of a campaign."""

    flows: Mapping[str, Document] = field(default_factory=dict)
    words: Mapping[str, Document] = field(default_factory=dict)

    def step(self, flow: str, step: str) -> tuple[str, int]:
        """Return file and line of a step."""
        return _place(self.flows.get(flow), ("steps", step))

    def button(self, flow: str, step: str, choice: str) -> tuple[str, int]:
        """Return file and line of a button; of a menu's story it is the step's."""
        document = self.flows.get(flow)
        keys = [(*("steps", step), name, choice) for name in ("buttons", "answers")]
        found = next((key for key in keys if document is not None and key in document.keys), ("steps", step))
        return _place(document, found)

    def sentence(self, language: str, frame: str, kind: str, number: int) -> tuple[str, int]:
        """Return file and line of a sentence under `catches` or `ignores` of a frame."""
        return _place(self.words.get(language), ("frames", frame, kind, number))


def _place(document: Document | None, path: Place) -> tuple[str, int]:
    return (document.file, document.place(path)[0]) if document is not None else ("flows", 1)


def read_places(folder: Path) -> Places:
    """Return the places of a campaign that has no errors."""
    place = Folder(folder)
    flows = {_flow_id(d): d for d in _documents(place, place.flows())}
    words = {Path(d.file).stem: d for d in _documents(place, place.words())}
    return Places(flows, words)


def _documents(place: Folder, paths: list[Path]) -> Iterator[Document]:
    for path in paths:
        document, _ = _document(place, path)
        if document is not None:
            yield document


def _flow_id(document: Document) -> str:
    return plain(document.data, "flow") if isinstance(document.data, dict) else ""
