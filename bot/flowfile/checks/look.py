"""What a check of one flow sees: the flow, what it may name besides its own, and its texts in every language.

Nothing else may be looked at, so what was found in a flow still holds while the flow and its surroundings are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.engine.labels import plain
from bot.flowfile.catalogues import SOURCE_LANGUAGE
from bot.flowfile.checks.spoken import Spoken, spoken
from bot.flowfile.draft import HELP_DOORS, Draft, FlowDraft
from bot.flowfile.problem import Problem
from bot.flowfile.translating.book import Book
from bot.model.campaign import Catalogue, WordFile

EVERYWHERE = ("safe_word", "help", "stop", "menu", "talk", "wipe", "real", "language")
"""Word lists that open a door whatever is asked: they are heard before any button."""


@dataclass(frozen=True, slots=True)
class Around:
    """What lies around a flow. Two are equal when every flow that did not change would be judged the same."""

    flows: frozenset[str]
    asking: frozenset[str]
    menus: frozenset[str]
    helping: frozenset[str]
    word_lists: frozenset[str]
    media: frozenset[str]
    links: tuple[str, ...]
    tested: frozenset[str]
    words: tuple[WordFile, ...]
    books: tuple[tuple[str, Book], ...]
    # These follow from the books and the words, so they need not be compared.
    catalogues: tuple[tuple[str, Catalogue], ...] = field(compare=False)
    meanings: Mapping[str, Mapping[str, frozenset[str]]] = field(compare=False)
    doors: Mapping[str, str] = field(compare=False)
    opens: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, draft: Draft) -> Around:
        """Return what lies around the flows of a campaign."""
        meanings = _meanings(draft.words)
        others = (language for language in draft.settings.languages if language != SOURCE_LANGUAGE)
        flows = draft.flows
        return cls(
            flows=frozenset(flows),
            asking=frozenset(name for name, flow in flows.items() if flow.asks),
            menus=frozenset(flow.flow.starts.menu for flow in flows.values()) - {""},
            helping=frozenset(draft.settings.doors.get(door, "") for door in HELP_DOORS),
            word_lists=draft.word_lists,
            media=frozenset(draft.media),
            links=draft.settings.links,
            tested=draft.tested,
            words=draft.words,
            books=tuple(draft.books.items()),
            meanings=meanings,
            opens=tuple(draft.settings.doors.items()),
            doors={word: name for name in reversed(EVERYWHERE) for word in meanings.get(name, {}).get("", ())},
            catalogues=tuple(
                (language, draft.catalogues[language]["flows"])
                for language in others
                if "flows" in draft.catalogues.get(language, {})
            ),
        )


def _meanings(files: tuple[WordFile, ...]) -> dict[str, dict[str, frozenset[str]]]:
    """Return the words of each list by language, as they are compared; '' is all languages together: so they are heard."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for file in files:
        for name, words in file.lists.items():
            said = frozenset(map(plain, words))
            lists = found.setdefault(name, {"": frozenset()})
            lists[file.language] = lists.get(file.language, frozenset()) | said
            lists[""] |= said
    return found


@dataclass(frozen=True, slots=True)
class Look:
    """One flow being checked."""

    flow: FlowDraft
    around: Around
    said: tuple[Spoken, ...]

    @property
    def helps(self) -> bool:
        """Return whether this flow answers a plea: behind a help door, for hits, or sensitive."""
        return self.flow.for_safety or self.flow.flow.id in self.around.helping

    @property
    def ways(self) -> Mapping[str, list[str]]:
        """Return for each step where it can lead."""
        return self.flow.ways


FlowCheck = Callable[[Look], Iterator[Problem]]


def look_at(flow: FlowDraft, around: Around) -> Look:
    """Return a flow ready to be checked."""
    return Look(flow, around, tuple(spoken(flow, around.catalogues)))
