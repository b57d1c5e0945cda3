"""Every text in every enabled language, for the checks that look at words as she reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.flowfile.catalogues import SOURCE_LANGUAGE
from bot.flowfile.draft import Draft, FlowDraft, Spot
from bot.model.campaign import Catalogue


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text of a flow in one language."""

    flow: FlowDraft
    spot: Spot
    language: str
    text: str

    @property
    def where(self) -> str:
        """Return ' (in sw)' for a translation, '' for the text in the flow itself."""
        return "" if self.language == SOURCE_LANGUAGE else f" (in its translation to '{self.language}')"


def spoken(flow: FlowDraft, others: Iterable[tuple[str, Catalogue]]) -> Iterator[Spoken]:
    """Return the source texts of a flow and every translation there is in other languages."""
    for spot in flow.spots:
        for source in (spot.words.source, spot.words.plural):
            if source is not None:
                yield Spoken(flow, spot, SOURCE_LANGUAGE, source)
        key = (spot.words.context, spot.words.source)
        for language, catalogue in others:
            for form in catalogue.get(key, ()):
                yield Spoken(flow, spot, language, form)


@dataclass(frozen=True, slots=True)
class OwnSentence:
    """A sentence of the bot's own, in one language."""

    language: str
    key: str
    text: str

    @property
    def file(self) -> str:
        """Return the catalogue it stands in."""
        return f"locales/{self.language}/LC_MESSAGES/bot.po"


def own_sentences(draft: Draft) -> Iterator[OwnSentence]:
    """Return what the bot says by itself, whatever flow runs."""
    for language, domains in draft.catalogues.items():
        for (_, key), forms in domains.get("bot", {}).items():
            for form in forms:
                yield OwnSentence(language, key, form)
