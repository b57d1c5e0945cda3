"""`load(folder)`: the only reader of a campaign folder. The whole campaign, or every problem at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from bot.flowfile.campaign_file import quiet_hours, read_campaign
from bot.flowfile.catalogues import read_catalogues
from bot.flowfile.checks import ALL
from bot.flowfile.directory import read_helplines, read_replies
from bot.flowfile.document import Document
from bot.flowfile.draft import Draft, FlowDraft, Settings
from bot.flowfile.findings import problem_at
from bot.flowfile.flow_reader import read_flow
from bot.flowfile.folder import TEST, Folder
from bot.flowfile.menus import fill_menus
from bot.flowfile.problem import Problem, errors, in_order
from bot.flowfile.reader import MAX_BYTES, read
from bot.flowfile.words import read_words
from bot.model.campaign import Campaign, CannedReply, Helpline, WordFile

T = TypeVar("T")

NO_CAMPAIGN = "'safebot init DIR' writes a small campaign to begin with"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a folder gives: the campaign (None when there are errors) and all problems, warnings included."""

    campaign: Campaign | None
    problems: tuple[Problem, ...]


def load(folder: Path) -> Loaded:
    """Return the campaign of a folder (the parent of flows/ and locales/), or why there is none. Never raises."""
    work = _Loading(Folder(folder))
    draft = work.draft()
    problems = [*work.problems, *(problem for check in ALL for problem in check(draft))]
    campaign = None if errors(problems) else work.campaign(draft)
    return Loaded(campaign, in_order(problems))


def load_words(folder: Path) -> tuple[tuple[WordFile, ...], tuple[Problem, ...]]:
    """Return only the word lists of a campaign's folder, and their problems: what the detector's filter needs."""
    work = _Loading(Folder(folder))
    words = tuple(work.word_files())
    if not words and not work.problems:
        work.problems.append(Problem("E601", "flows/words", 1, 1, "", "there are no word lists", NO_CAMPAIGN))
    return words, in_order(work.problems)


class _Loading:
    """One reading of the folder: each file is read once, its problems are gathered."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self._content = hashlib.blake2s(digest_size=8)
        self._replies: list[CannedReply] = []
        self._words: list[WordFile] = []

    def draft(self) -> Draft:
        settings = self._settings()
        flows = self._flows()
        self._words = self.word_files()
        for path in self.folder.replies():
            self._replies += self._each(path, read_replies, ())
        catalogues, problems = read_catalogues(self.folder, settings.languages)
        self.problems += problems
        self._note_catalogues()
        return Draft(
            settings=settings,
            flows=fill_menus(flows),
            word_lists=frozenset(name for file in self._words for name in file.lists),
            media={path.name: str(path.resolve()) for path in self.folder.media()},
            helplines=self._helplines(),
            catalogues=catalogues,
            tested=frozenset(path.name.removesuffix(TEST) for path in self.folder.tests()),
        )

    def campaign(self, draft: Draft) -> Campaign:
        settings = draft.settings
        quiet_from, quiet_until = quiet_hours(settings)
        return Campaign(
            name=settings.name,
            languages=settings.languages,
            flows={name: flow.flow for name, flow in draft.flows.items()},
            countries=settings.countries,
            helplines=draft.helplines,
            words=tuple(self._words),
            replies=tuple(self._replies),
            catalogues=draft.catalogues,
            doors=settings.doors,
            clocks=settings.clocks,
            quiet_from=quiet_from,
            quiet_until=quiet_until,
            links=settings.links,
            media=draft.media,
            version=self._content.hexdigest(),
            pictures=str((self.folder.root / "flows" / "pictures").resolve()),
        )

    def _note_catalogues(self) -> None:
        """The version names translations and pictures too, so that replicas can tell whether they run the same."""
        for path in (*self.folder.catalogues(), *self.folder.media()):
            self._content.update(self.folder.label(path).encode() + b"\0" + hashlib.blake2s(path.read_bytes()).digest())

    def _bytes(self, path: Path) -> tuple[str, bytes] | None:
        """Return a file's label and content, or None after telling that it cannot be opened."""
        label = self.folder.label(path)
        try:
            # One byte more than is allowed, so that a huge file is seen to be huge without being read.
            with path.open("rb") as file:
                raw = file.read(MAX_BYTES + 1)
        except OSError as error:
            self.problems.append(Problem("E001", label, 1, 1, "", f"cannot be opened ({error.strerror})"))
            return None
        self._content.update(label.encode() + b"\0" + raw)
        return label, raw

    def _document(self, path: Path) -> Document | None:
        if (found := self._bytes(path)) is None:
            return None
        document, problems = read(*found)
        self.problems += problems
        return document

    def _flow(self, path: Path) -> FlowDraft | None:
        if (found := self._bytes(path)) is None:
            return None
        draft, problems = _read_flow(*found)
        self.problems += problems
        return draft

    def _each(self, path: Path, reader: Callable[[Document], tuple[T, list[Problem]]], nothing: T) -> T:
        document = self._document(path)
        if document is None:
            return nothing
        value, problems = reader(document)
        self.problems += problems
        return value

    def _settings(self) -> Settings:
        nothing = Settings(Document("flows/campaign.yaml", {}))
        if self.folder.campaign.is_file():
            return self._each(self.folder.campaign, read_campaign, nothing)
        self.problems.append(Problem("E601", "flows/campaign.yaml", 1, 1, "", "the file is missing", NO_CAMPAIGN))
        return nothing

    def _helplines(self) -> tuple[Helpline, ...]:
        if self.folder.helplines.is_file():
            return self._each(self.folder.helplines, read_helplines, ())
        problem = Problem("E607", "flows/helplines.yaml", 1, 1, "", "the file is missing", "help needs numbers")
        self.problems.append(problem)
        return ()

    def _flows(self) -> dict[str, FlowDraft]:
        flows: dict[str, FlowDraft] = {}
        for path in self.folder.flows():
            draft = self._flow(path)
            if draft is None:
                continue
            if draft.flow.id in flows:
                first = flows[draft.flow.id].document.file
                message = f"there is a flow '{draft.flow.id}' already"
                self.problems.append(draft.problem("E109", ("flow",), message, f"it stands in {first}"))
            else:
                flows[draft.flow.id] = draft
        return flows

    def word_files(self) -> list[WordFile]:
        """Return the word lists, language by language."""
        files = [self._word_file(path) for path in self.folder.words()]
        return [file for file in files if file is not None]

    def _word_file(self, path: Path) -> WordFile | None:
        document = self._document(path)
        if document is None:
            return None
        if not isinstance(document.data, dict):
            self.problems.append(problem_at(document, "E612", (), "the file has no fields", "it begins with 'lists:'"))
            return None
        file, problems = read_words(document.data, path.name.split(".")[0])
        self.problems += [problem_at(document, "E612", place, sentence) for place, sentence in problems]
        return file


@lru_cache(maxsize=4096)
def _read_flow(label: str, raw: bytes) -> tuple[FlowDraft | None, tuple[Problem, ...]]:
    """Return one flow and its own problems; a file that has not changed since the last reload is not read again."""
    document, problems = read(label, raw)
    draft, more = read_flow(document) if document is not None else (None, [])
    return draft, (*problems, *more)
