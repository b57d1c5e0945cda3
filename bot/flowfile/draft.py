"""A campaign on its way to be checked: what is compiled so far, and where in the files each piece came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.flowfile.document import Document, Path
from bot.flowfile.findings import problem_at
from bot.flowfile.problem import Problem
from bot.flowfile.translating.book import Book
from bot.flowfile.ways import waits, ways
from bot.model.campaign import Care, Catalogue, Clocks, Country, Helpline, WordFile
from bot.model.flow import Flow
from bot.model.words import Words

MESSAGES = frozenset({"say", "ask", "quiz", "open", "closed", "remind", "feedback"})
"""Roles of texts that are sent as a message of their own."""

HELP_DOORS = ("help", "talk", "hit")
"""Doors behind which somebody looks for help."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A text staff wrote: where, in which step, and in which role (say, ask, quiz, open, closed, remind, feedback, label,
    alt, title). `caption`: it stands under a picture or voice note."""

    path: Path
    step: str
    role: str
    words: Words
    caption: bool = False


@dataclass(frozen=True, slots=True)
class Use:
    """Something by name: a step, a flow, a word list, a file."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class FlowDraft:
    """One flow file, compiled as far as it could be. `broken` steps have mistakes of form and are not in `flow`."""

    document: Document
    flow: Flow
    step_ids: tuple[str, ...]
    broken: frozenset[str] = frozenset()
    spots: tuple[Spot, ...] = ()
    jumps: tuple[Use, ...] = ()
    runs: tuple[Use, ...] = ()
    lists: tuple[Use, ...] = ()
    media: tuple[Use, ...] = ()
    menus: tuple[Use, ...] = ()
    known: dict[str, tuple[Any, Any]] = field(default_factory=dict, compare=False, repr=False)

    def once(self, name: str, about: object, work: Callable[[], Any]) -> Any:
        """Return what was worked out of this flow before, if it was about the same; else work it out and keep it."""
        kept = self.known.get(name)
        if kept is None or (kept[0] is not about and kept[0] != about):
            self.known[name] = kept = (about, work())
        return kept[1]

    @property
    def ways(self) -> dict[str, list[str]]:
        """Return for each step where it can lead."""
        found: dict[str, list[str]] = self.once("ways", None, lambda: ways(self.flow))
        return found

    @property
    def asks(self) -> bool:
        """Return whether a question of this flow always waits."""
        found: bool = self.once("asks", None, lambda: any(waits(step) for step in self.flow.steps.values()))
        return found

    @property
    def leads_out(self) -> bool:
        """Return whether it runs or goes to another flow."""
        found: bool = self.once("leads", None, lambda: bool(self.runs) or any(u.name[0] == "@" for u in self.jumps))
        return found

    def problem(self, code: str, path: Path, message: str, hint: str = "") -> Problem:
        """Return a problem at this place of the file."""
        return problem_at(self.document, code, path, message, hint)

    @property
    def for_safety(self) -> bool:
        """Return whether somebody's safety hangs on its words."""
        return self.flow.sensitive or bool(self.flow.starts.hits)


@dataclass(frozen=True, slots=True)
class Settings:
    """campaign.yaml, compiled."""

    document: Document
    name: str = ""
    languages: tuple[str, ...] = ("en",)
    doors: Mapping[str, str] = field(default_factory=dict)
    countries: Mapping[str, Country] = field(default_factory=dict)
    clocks: Clocks = Clocks()
    care: Care = Care()
    quiet: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    versions: int = 20


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything the checks may look at. `tested` are the flows that have a test file. `catalogues` are what is said,
    `books` the translations of flows as they stand in their files, `stale` the contexts whose text changed since, `own`
    the bot's own sentences as they stand."""

    settings: Settings
    flows: Mapping[str, FlowDraft]
    word_lists: frozenset[str] = frozenset()
    media: Mapping[str, str] = field(default_factory=dict)
    helplines: tuple[Helpline, ...] = ()
    catalogues: Mapping[str, Mapping[str, Catalogue]] = field(default_factory=dict)
    tested: frozenset[str] = frozenset()
    words: tuple[WordFile, ...] = ()
    books: Mapping[str, Book] = field(default_factory=dict)
    stale: Mapping[str, frozenset[str]] = field(default_factory=dict)
    own: Mapping[str, Book] = field(default_factory=dict)

    def spots(self) -> Iterator[tuple[FlowDraft, Spot]]:
        """Return every text of every flow."""
        for draft in self.flows.values():
            for spot in draft.spots:
                yield draft, spot

    def help_flows(self) -> set[str]:
        """Return the flows that answer a plea: those behind help doors, those for hits, and sensitive ones."""
        doors = {self.settings.doors.get(door, "") for door in HELP_DOORS}
        return {name for name, draft in self.flows.items() if draft.for_safety or name in doors}
