"""What a check of one flow sees: the flow, what it may name besides its own, and its texts in every language.

Nothing else may be looked at, so what was found in a flow still holds while the flow and its surroundings are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.flowfile.catalogues import SOURCE_LANGUAGE
from bot.flowfile.checks.spoken import Spoken, spoken
from bot.flowfile.draft import HELP_DOORS, Draft, FlowDraft
from bot.flowfile.problem import Problem
from bot.flowfile.translating.book import Book
from bot.model.campaign import Catalogue, WordFile


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
    # What the books give for these flows: it follows from the books, so it need not be compared.
    catalogues: tuple[tuple[str, Catalogue], ...] = field(compare=False)

    @classmethod
    def of(cls, draft: Draft) -> Around:
        """Return what lies around the flows of a campaign."""
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
            catalogues=tuple(
                (language, draft.catalogues[language]["flows"])
                for language in others
                if "flows" in draft.catalogues.get(language, {})
            ),
        )


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
