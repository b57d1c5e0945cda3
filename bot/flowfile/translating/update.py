"""`safebot flows update`: the campaign's sentences to templates and to every language's catalogues."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.flowfile.catalogues import SOURCE_LANGUAGE, read_domain
from bot.flowfile.draft import Draft
from bot.flowfile.folder import DOMAINS, Folder
from bot.flowfile.load import sketch
from bot.flowfile.problem import Problem
from bot.flowfile.translating.book import Book
from bot.flowfile.translating.extract import template, texts_of
from bot.flowfile.translating.merge import Text, merge
from bot.flowfile.translating.own import merge_own, own_texts
from bot.flowfile.translating.pseudo import PSEUDO
from bot.flowfile.translating.write import new_header, render, render_mo, save
from bot.texts import plural_expression


class CannotUpdate(Exception):
    """The campaign cannot be read well enough: a sentence we do not see would lose its translation. `problems` say why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("mend these first:\n" + "\n".join(map(str, problems)))
        self.problems = tuple(problems)


class NothingStale(Exception):
    """No stale translation has the context that was named."""


@dataclass(frozen=True, slots=True)
class Updated:
    """One file: how many texts it has, how many of them have no translation or a stale one, and whether it changed."""

    file: str
    texts: int
    missing: int
    stale: int
    obsolete: int
    written: bool


def update(root: Path, languages: Sequence[str] = (), same: Sequence[str] = ()) -> list[Updated]:
    """Write the templates and merge the catalogues of these languages (of all there are, if none is named).

    `same`: contexts whose change leaves the meaning as it was; their translations are no longer stale.
    Raises CannotUpdate or NothingStale, and then writes nothing.
    """
    folder, (draft, problems) = Folder(root), sketch(root)
    if unread := [problem for problem in problems if _hides_texts(problem)]:
        raise CannotUpdate(unread)
    books = dict(_books(folder, draft, languages or languages_of(folder, draft)))
    templates = {domain: template(texts, domain) for domain, texts in _domains(folder, draft)}
    merged = _settled(books, same)
    files = [(folder.root / "locales" / f"{domain}.pot", book) for domain, book in templates.items()]
    files += [(folder.catalogue(language, domain), book) for (language, domain), book in merged.items()]
    return [_saved(folder, path, book) for path, book in files]


def compile_all(root: Path) -> list[str]:
    """Write a .mo beside every .po, for other tools: the bot reads .po. Return the files that changed."""
    folder = Folder(root)
    written = []
    for path in folder.catalogues():
        problems: list[Problem] = []
        book = read_domain(folder, path.parts[-3], path.stem, problems)
        if book is None:
            raise CannotUpdate(problems)
        beside = path.with_suffix(".mo")
        written += [folder.label(beside)] if save(beside, render_mo(book)) else []
    return written


def languages_of(folder: Folder, draft: Draft) -> list[str]:
    """Return the languages that are translated: those enabled, and those that have a catalogue already."""
    there = {path.parts[-3] for path in folder.catalogues()}
    return sorted((there | set(draft.settings.languages)) - {SOURCE_LANGUAGE, PSEUDO})


def _hides_texts(problem: Problem) -> bool:
    """Return whether a text may stand there that was not read: mistakes of form, or a catalogue that is none."""
    return problem.code.startswith(("E0", "E1")) or problem.code in {"E601", "E608"}


def _domains(folder: Folder, draft: Draft) -> Iterator[tuple[str, list[Text]]]:
    """Return flows, and each domain of our own that the campaign has in English, with its texts."""
    yield "flows", texts_of(draft.flows.values())
    for domain in DOMAINS[1:]:
        if (english := read_domain(folder, SOURCE_LANGUAGE, domain, [])) is not None:
            yield domain, own_texts(english)


def _books(folder: Folder, draft: Draft, languages: Iterable[str]) -> Iterator[tuple[tuple[str, str], Book]]:
    domains = list(_domains(folder, draft))
    for language in languages:
        for domain, texts in domains:
            book = _existing(folder, language, domain)
            forms = plural_expression(language)[0]
            yield (language, domain), merge(book, texts, forms) if domain == "flows" else merge_own(book, texts)


def _existing(folder: Folder, language: str, domain: str) -> Book:
    """Return the catalogue there is, or an empty one. Raises CannotUpdate for a file that cannot be read."""
    problems: list[Problem] = []
    book = read_domain(folder, language, domain, problems) or Book("")
    if any(problem.code == "E608" for problem in problems):
        raise CannotUpdate(problems)
    return book if book.header else replace(book, header=new_header(language, domain))


def _settled(books: dict[tuple[str, str], Book], same: Iterable[str]) -> dict[tuple[str, str], Book]:
    """Return the books with the stale marks of these contexts taken off."""
    for name in same:
        settled = {key: _without_mark(book, name) for key, book in books.items()}
        if settled == books:
            raise NothingStale(f"no translation of '{name}' is stale. 'safebot flows status' lists those that are.")
        books = settled
    return books


def _without_mark(book: Book, name: str) -> Book:
    """A context names it; among the bot's own sentences, which share one, so does `bot/KEY`."""
    named = (e.complete and e.stale and name in (e.context, f"{e.context}/{e.source}") for e in book.entries)
    pairs = zip(book.entries, named, strict=True)
    entries = tuple(replace(e, stale=False, previous=()) if it else e for e, it in pairs)
    return book if entries == book.entries else Book(book.header, entries, book.obsolete)


def _saved(folder: Folder, path: Path, book: Book) -> Updated:
    stale = sum(entry.stale for entry in book.entries)
    missing = sum(not entry.begun for entry in book.entries)
    written = save(path, render(book))
    return Updated(folder.label(path), len(book.entries), missing, stale, len(book.obsolete), written)
