"""A campaign's translations to a reviewer and back: which entries there are, and which files change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.flowfile.catalogues import SOURCE_LANGUAGE, read_domain
from bot.flowfile.folder import Folder
from bot.flowfile.load import sketch, with_safety
from bot.flowfile.translating.book import Book
from bot.flowfile.translating.review_sheet import Entry, book_with, read_answers, reviewed, sheet
from bot.flowfile.translating.write import render, save


class NoCatalogue(Exception):
    """There is nothing to review in this language."""


def write_sheet(root: Path, language: str) -> tuple[bytes, int]:
    """Return the sheet of a language and how many sentences stand in it. Raises NoCatalogue."""
    entries = [entry for _, entry in _entries(Folder(root), language)]
    return sheet(entries), len(entries)


def read_back(root: Path, language: str, raw: bytes, by: str, on: date) -> int:
    """Bring a sheet into the catalogues, all of it or nothing; return how many sentences changed. Raises BadSheet, NoCatalogue."""
    folder = Folder(root)
    found = list(_entries(folder, language))
    changed = reviewed([entry for _, entry in found], read_answers(raw), by, on)
    for domain in ("flows", "bot"):
        book = read_domain(folder, language, domain, [])
        mine = {
            (e.translation.context, e.translation.source): changed[e.where]
            for name, e in found
            if name == domain and e.where in changed
        }
        if book is not None and mine:
            save(folder.catalogue(language, domain), render(book_with(book, mine)))
    return len(changed)


def _entries(folder: Folder, language: str) -> Iterator[tuple[str, Entry]]:
    flows, own = (read_domain(folder, language, domain, []) for domain in ("flows", "bot"))
    if language == SOURCE_LANGUAGE or (flows is None and own is None):
        raise NoCatalogue(
            f"there are no translations to '{language}'. safebot flows update --lang {language} makes them."
        )
    yield from (("bot", entry) for entry in _own(folder, own))
    yield from (("flows", entry) for entry in _of_flows(folder, flows))


def _own(folder: Folder, book: Book | None) -> Iterator[Entry]:
    english = read_domain(folder, SOURCE_LANGUAGE, "bot", [])
    said = {e.source: e.forms for e in english.entries} if english is not None else {}
    for entry in book.entries if book is not None else ():
        if entry.source in said:
            yield Entry(f"bot/{entry.source}", said[entry.source], entry, safety=True)


def _of_flows(folder: Folder, book: Book | None) -> Iterator[Entry]:
    draft, _ = sketch(folder.root)
    for flow, safety in with_safety(draft):
        for spot in flow.spots if book is not None else ():
            entry = book.by_key.get((spot.words.context, spot.words.source)) if book is not None else None
            if entry is not None:
                plural = (spot.words.plural,) if spot.words.plural is not None else ()
                yield Entry(spot.words.context, (spot.words.source, *plural), entry, safety=safety)
