"""Which words she reads: context and text, else the text where every context agrees, else the source.

Decided once when a campaign is loaded, so that `say` stays one look-up. Where safety hangs on the words, the last approved
pair stays: the old translation is said until somebody approves the new one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.flowfile.translating.book import Book, Forms, Translation
from bot.model.campaign import Catalogue, CatalogueKey
from bot.model.words import Words
from bot.texts import PLACE

State = Literal["reviewed", "draft", "stale", "missing"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is said for one text in one language ((): the source), and how far its translation is."""

    forms: Forms
    state: State


def choose(book: Book, words: Words, *, safety: bool) -> Chosen:
    """Return the translation of a text. A stale one is said only where `safety` keeps approved pairs together."""
    entry = book.by_key.get((words.context, words.source))
    if entry is not None and entry.complete and not entry.stale:
        return Chosen(entry.forms, _read(entry))
    old = _before(book, entry, words)
    if safety and old is not None and _still_fits(old, words):
        return Chosen(old.forms, "stale")
    agreed = book.agreed.get((words.source, words.plural))
    if agreed is not None:
        return Chosen(agreed.forms, _read(agreed))
    return Chosen((), "missing" if old is None else "stale")


def _before(book: Book, entry: Translation | None, words: Words) -> Translation | None:
    """Return what was said before the text changed; an entry of this very text that lacks a form is no such thing."""
    if entry is None or not entry.begun:
        return book.by_context.get(words.context)
    return entry if entry.stale else None


def exceptions(book: Book, texts: Iterable[Words], *, safety: bool) -> dict[CatalogueKey, Chosen]:
    """Return what is said for those texts of a flow that are not simply translated and approved."""
    approved = book.approved
    rest = (words for words in texts if (words.context, words.source) not in approved)
    return {(words.context, words.source): choose(book, words, safety=safety) for words in rest}


def own_words(book: Book) -> Catalogue:
    """Return what the bot says by itself: all of it may be a help text, so approved pairs stay together here too."""
    return {(e.context, e.source): e.forms for e in book.entries if e.complete}


def _read(entry: Translation) -> State:
    return "draft" if entry.draft else "reviewed"


def _still_fits(entry: Translation, words: Words) -> bool:
    """Old words must not show a name that the new text does not have: it may be private by now, or gone."""
    known = set(PLACE.findall(words.source)) | set(PLACE.findall(words.plural or ""))
    return entry.complete and all(set(PLACE.findall(form)) <= known for form in entry.forms)
