"""Translations: locales/LANG/LC_MESSAGES/{flows,bot,console}.po of the enabled languages, and what is said of them.

The pseudo-language has no files: it is made here when a campaign enables it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.flowfile.draft import FlowDraft
from bot.flowfile.files import content
from bot.flowfile.folder import DOMAINS, Folder
from bot.flowfile.problem import Problem
from bot.flowfile.translating.book import Book, read_book
from bot.flowfile.translating.choose import Chosen, exceptions, own_words
from bot.flowfile.translating.pseudo import PSEUDO, pseudo_flows, pseudo_own
from bot.model.campaign import Catalogue, CatalogueKey
from bot.texts import BadCatalogue

SOURCE_LANGUAGE = "en"
"""Flows are written in English; it needs no catalogue for them."""

OWN = "bot"
"""The catalogue of what the bot says by itself."""

MAX_BYTES = 32 * 1024 * 1024

Flows = Sequence[tuple[FlowDraft, bool]]
"""Every flow, with whether somebody's safety hangs on its words."""


@dataclass(slots=True)
class Translated:
    """`catalogues[language][domain]` as `say` looks them up; per language the flows' translations as they stand, the
    contexts of those that are older than their text, and the bot's own sentences as they stand."""

    catalogues: dict[str, Mapping[str, Catalogue]] = field(default_factory=dict)
    books: dict[str, Book] = field(default_factory=dict)
    stale: dict[str, frozenset[str]] = field(default_factory=dict)
    own: dict[str, Book] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_catalogues(folder: Folder, languages: tuple[str, ...], flows: Flows) -> Translated:
    """Return what is said in each language, and the problems of files that cannot be read or are missing."""
    found = Translated()
    for language in languages:
        books = _books(folder, language, flows, found.problems)
        domains = {domain: own_words(book) for domain, book in books.items() if domain != "flows"}
        if OWN in books:
            found.own[language] = books[OWN]
        if "flows" in books:
            found.books[language] = books["flows"]
            domains["flows"], found.stale[language] = _said(books["flows"], language, flows)
        found.catalogues[language] = domains
    return found


def _books(folder: Folder, language: str, flows: Flows, problems: list[Problem]) -> dict[str, Book]:
    if language == PSEUDO:
        english = {domain: read_domain(folder, SOURCE_LANGUAGE, domain, []) for domain in DOMAINS[1:]}
        own = {domain: pseudo_own(book) for domain, book in english.items() if book is not None}
        return {**own, "flows": pseudo_flows(spot.words for flow, _ in flows for spot in flow.spots)}
    read = {domain: read_domain(folder, language, domain, problems) for domain in DOMAINS}
    return {domain: book for domain, book in read.items() if book is not None}


def _said(book: Book, language: str, flows: Flows) -> tuple[Catalogue, frozenset[str]]:
    odd = [exceptions_of(flow, language, book, safety=safety) for flow, safety in flows]
    others = {key: chosen.forms for found in odd for key, chosen in found.items() if chosen.forms}
    stale = frozenset(key[0] for found in odd for key, chosen in found.items() if chosen.state == "stale")
    return {**book.approved, **others} if others else book.approved, stale


def exceptions_of(flow: FlowDraft, language: str, book: Book, *, safety: bool) -> dict[CatalogueKey, Chosen]:
    """Return what is said for the texts of a flow that are not simply translated and approved; worked out once."""
    found: dict[CatalogueKey, Chosen] = flow.once(
        f"said in {language}", (book, safety), lambda: exceptions(book, (s.words for s in flow.spots), safety=safety)
    )
    return found


def read_domain(folder: Folder, language: str, domain: str, problems: list[Problem]) -> Book | None:
    """Return one catalogue as it stands in its file; None, perhaps with a problem, when there is none."""
    path = folder.catalogue(language, domain)
    label = f"locales/{language}/LC_MESSAGES/{domain}.po"
    if not path.is_file():
        if domain == "flows" and language != SOURCE_LANGUAGE:
            hint = f"'safebot flows update' makes it; or take '{language}' out of languages in flows/campaign.yaml"
            problems.append(Problem("E603", label, 1, 1, "", f"'{language}' is enabled and has no catalogue", hint))
        return None
    try:
        held = content(path, MAX_BYTES)
        if len(held.raw) > MAX_BYTES:
            raise BadCatalogue("it is larger than 32 MiB")
        return _parsed(held.raw)
    except (BadCatalogue, OSError) as error:
        hint = "open it in a translation editor, or take the last version that worked"
        problems.append(Problem("E608", label, 1, 1, "", f"the catalogue cannot be read: {error}"[:200], hint))
        return None


@lru_cache(maxsize=64)
def _parsed(raw: bytes) -> Book:
    """Return the catalogue; a file that has not changed since the last reload is not parsed again."""
    return read_book(raw)
