"""`load(folder)`: the only reader of a campaign folder. The whole campaign, or every problem at once."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TypeVar

from bot.cases.duty import offers_persons
from bot.flowfile.campaign_file import quiet_hours, read_campaign
from bot.flowfile.catalogues import read_catalogues
from bot.flowfile.checks import check
from bot.flowfile.directory import read_helplines
from bot.flowfile.document import Document
from bot.flowfile.draft import Draft, FlowDraft, Settings
from bot.flowfile.files import content, made
from bot.flowfile.findings import problem_at
from bot.flowfile.flow_reader import read_flow
from bot.flowfile.folder import TEST, Folder
from bot.flowfile.menus import fill_menus
from bot.flowfile.problem import Problem, in_order, stopping
from bot.flowfile.reader import MAX_BYTES, read
from bot.flowfile.ready_replies import ReadyReplies, read_replies
from bot.flowfile.word_slots import slot_problems
from bot.flowfile.words import read_words
from bot.model.campaign import Campaign, CannedReply, Country, Helpline, WordFile

T = TypeVar("T")
Problems = tuple[Problem, ...]

MOST_MEDIA_BYTES = 100 * 1024 * 1024

NO_CAMPAIGN = "'safebot init DIR' writes a small campaign to begin with"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a folder gives: the campaign (None when there are errors), all problems, warnings included, and the name of
    its content, which a broken folder has as well."""

    campaign: Campaign | None
    problems: tuple[Problem, ...]
    version: str = ""


def load(folder: Path) -> Loaded:
    """Return the campaign of a folder (the parent of flows/ and locales/), or why there is none. Never raises."""
    with _nothing_to_collect():
        work = _Loading(Folder(folder))
        draft = work.draft()
        problems = [*work.problems, *check(draft)]
        campaign = None if stopping(problems) else work.campaign(draft)
        return Loaded(campaign, in_order(problems), work.version)


@contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """What is read stays: the collector would walk through all of it again and again, for a third of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def sketch(folder: Path) -> tuple[Draft, tuple[Problem, ...]]:
    """Return a campaign as far as it could be read, mistakes and all, with its problems: what a picture is drawn from."""
    return _Loading(Folder(folder)).draft(), load(folder).problems


def load_words(folder: Path) -> tuple[tuple[WordFile, ...], tuple[Problem, ...]]:
    """Return only the word lists of a campaign's folder, and their problems: what the detector's filter needs."""
    work = _Loading(Folder(folder))
    words = tuple(work.word_files())
    if not words and not work.problems:
        work.problems.append(Problem("E601", "flows/words", 1, 1, "", "there are no word lists", NO_CAMPAIGN))
    return words, in_order(work.problems)


def with_safety(draft: Draft) -> list[tuple[FlowDraft, bool]]:
    """Return every flow, with whether somebody's safety hangs on its words."""
    helping = draft.help_flows()
    return [(flow, name in helping) for name, flow in draft.flows.items()]


class _Loading:
    """One reading of the folder: each file is read once, its problems are gathered."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self._content = hashlib.blake2s(digest_size=8)
        self._replies: list[CannedReply] = []
        self._topic_words: dict[str, tuple[str, ...]] = {}
        self._words: list[WordFile] = []

    def draft(self) -> Draft:
        settings = self._settings()
        flows = self._flows()
        self._words = self.word_files()
        for path in self.folder.replies():
            self._add_replies(self._made(path, self.folder.label(path), _read_replies))
        self._note_catalogues()
        draft = Draft(
            settings=settings,
            flows=fill_menus(flows),
            word_lists=frozenset(name for file in self._words for name in file.lists),
            media={self.folder.medium(path): str(path.resolve()) for path in self.folder.media()},
            helplines=self._helplines(),
            tested=frozenset(path.name.removesuffix(TEST) for path in self.folder.tests()),
            words=tuple(self._words),
        )
        found = read_catalogues(self.folder, settings.languages, with_safety(draft))
        self.problems += found.problems
        return replace(draft, catalogues=found.catalogues, books=found.books, own=found.own)

    def _add_replies(self, found: ReadyReplies | None) -> None:
        if found is not None:
            self._replies += found.replies
            for language, words in found.topic_words.items():
                self._topic_words[language] = (*self._topic_words.get(language, ()), *words)

    def campaign(self, draft: Draft) -> Campaign:
        settings = draft.settings
        quiet_from, quiet_until = quiet_hours(settings)
        return Campaign(
            name=settings.name,
            languages=settings.languages,
            flows={name: flow.flow for name, flow in draft.flows.items()},
            countries={code: _as_open(country) for code, country in settings.countries.items()},
            helplines=draft.helplines,
            words=tuple(self._words),
            replies=tuple(self._replies),
            topic_words=self._topic_words,
            catalogues=draft.catalogues,
            doors=settings.doors,
            clocks=settings.clocks,
            care=settings.care,
            quiet_from=quiet_from,
            quiet_until=quiet_until,
            links=settings.links,
            media=draft.media,
            version=self.version,
            versions=settings.versions,
            pictures=str((self.folder.root / "flows" / "pictures").resolve()),
        )

    @property
    def version(self) -> str:
        """Return the name of what was read."""
        return self._content.hexdigest()

    def _note_catalogues(self) -> None:
        """The version names translations and pictures too, so that replicas can tell whether they run the same."""
        for path in (*self.folder.catalogues(), *self.folder.media()):
            held = content(path, MOST_MEDIA_BYTES)
            self._content.update(self.folder.label(path).encode() + b"\0" + held.digest)

    def _made(self, path: Path, label: str, maker: Callable[[str, bytes], tuple[T | None, Problems]]) -> T | None:
        """Return what a maker makes of a file; None after telling that it cannot be opened."""
        try:
            # One byte more than is allowed, so that a huge file is seen to be huge without being read.
            held = content(path, MAX_BYTES)
        except OSError as error:
            self.problems.append(Problem("E001", label, 1, 1, "", f"cannot be opened ({error.strerror})"))
            return None
        self._content.update(label.encode() + b"\0" + held.digest)
        value, problems = made(maker, label, held)
        self.problems += problems
        return value

    def _settings(self) -> Settings:
        nothing = Settings(Document("flows/campaign.yaml", {}))
        if self.folder.campaign.is_file():
            return self._made(self.folder.campaign, "flows/campaign.yaml", _read_settings) or nothing
        self.problems.append(Problem("E601", "flows/campaign.yaml", 1, 1, "", "the file is missing", NO_CAMPAIGN))
        return nothing

    def _helplines(self) -> tuple[Helpline, ...]:
        if self.folder.helplines.is_file():
            return self._made(self.folder.helplines, "flows/helplines.yaml", _read_helplines) or ()
        problem = Problem("E607", "flows/helplines.yaml", 1, 1, "", "the file is missing", "help needs numbers")
        self.problems.append(problem)
        return ()

    def _flows(self) -> dict[str, FlowDraft]:
        flows: dict[str, FlowDraft] = {}
        for path in self.folder.flows():
            draft = self._made(path, f"flows/{path.name}", _read_flow)
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
        made = [self._made(path, self.folder.label(path), _read_words) for path in self.folder.words()]
        files = [file for file in made if file is not None]
        self.problems += slot_problems(files, self._word_texts())
        return files

    def _word_texts(self) -> dict[str, tuple[str, str]]:
        """Return the name and content of each word file that can be read, for the place of a mistake."""
        texts = {path.name.split(".")[0]: path for path in self.folder.words()}
        return {
            language: (self.folder.label(path), path.read_bytes().decode("utf-8", "replace"))
            for language, path in texts.items()
            if path.is_file()
        }


def _as_open(country: Country) -> Country:
    """Return a country as it runs: one whose desk has too few hours offers no person, whatever the file says."""
    return country if offers_persons(country) else replace(country, helplines_only=True)


def _read_flow(label: str, raw: bytes) -> tuple[FlowDraft | None, Problems]:
    """Return one flow and its own problems."""
    document, problems = read(label, raw)
    draft, more = read_flow(document) if document is not None else (None, [])
    return draft, (*problems, *more)


def _read_settings(label: str, raw: bytes) -> tuple[Settings | None, Problems]:
    return _with(read_campaign, label, raw)


def _read_helplines(label: str, raw: bytes) -> tuple[tuple[Helpline, ...] | None, Problems]:
    return _with(read_helplines, label, raw)


def _read_replies(label: str, raw: bytes) -> tuple[ReadyReplies | None, Problems]:
    return _with(read_replies, label, raw)


def _with(reader: Callable[[Document], tuple[T, list[Problem]]], label: str, raw: bytes) -> tuple[T | None, Problems]:
    document, problems = read(label, raw)
    if document is None:
        return None, tuple(problems)
    value, more = reader(document)
    return value, (*problems, *more)


def _read_words(label: str, raw: bytes) -> tuple[WordFile | None, Problems]:
    document, problems = read(label, raw)
    if document is None:
        return None, tuple(problems)
    if not isinstance(document.data, dict):
        return None, (problem_at(document, "E612", (), "the file has no fields", "it begins with 'lists:'"),)
    file, wrong = read_words(document.data, PurePosixPath(label).name.split(".")[0])
    return file, (*problems, *(problem_at(document, "E612", place, sentence) for place, sentence in wrong))
