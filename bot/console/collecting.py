"""`make words`: every sentence a moderator can see, from templates and Python, into locales/*/LC_MESSAGES/console.po.

The msgid is the English sentence; a changed one is a new one. A translation nobody needs any more goes to the end of the
file as obsolete and comes back with its sentence. Run as `python -m bot.console.collecting FOLDER`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.extract import extract_python
from jinja2.ext import babel_extract

from bot.console.tongue import CONSOLE_WORDS
from bot.flowfile.catalogues import read_domain
from bot.flowfile.folder import Folder
from bot.flowfile.load import load
from bot.flowfile.translating.book import Book, Translation
from bot.flowfile.translating.extract import template
from bot.flowfile.translating.merge import Text
from bot.flowfile.translating.write import new_header, render, save
from bot.model.campaign import CannedReply
from bot.texts import PLACE

BOT = Path(__file__).resolve().parents[1]
IN_TEMPLATES = ("_", "ngettext")
IN_PYTHON = ("mark", "NotPossible", "DeskError")
"""Calls whose first words are a sentence for people. An error of the desk is one."""
ROOMS = ("console", "work", "vault")


def sentences() -> list[Text]:
    """Return every sentence of pages and of what the desk answers, once each, with where it stands."""
    found: dict[tuple[str, str | None], list[str]] = {}
    for file, one, other in (*_of_templates(), *_of_python()):
        found.setdefault((one, other), []).append(file)
    return [_text(one, other, files) for (one, other), files in found.items()]


def sentences_of(replies: Iterable[CannedReply]) -> list[Text]:
    """Return what moderators read about ready replies: when to use them, what they mean. It belongs to the campaign."""
    said = ((r.id, part) for r in replies for part in (r.situation, r.meaning, r.not_when) if part)
    found: dict[str, list[str]] = {}
    for reply, part in said:
        found.setdefault(part, []).append(f"reply.{reply}")
    return [_text(part, None, places) for part, places in found.items()]


def _text(one: str, other: str | None, files: list[str]) -> Text:
    words = len(PLACE.sub(" ", one).split())
    names = dict.fromkeys(PLACE.findall(f"{one} {other or ''}"))
    keep = f" Keep: {' '.join(f'{{{name}}}' for name in names)}" if names else ""
    note = f"{words} word{'' if words == 1 else 's'}.{keep}"
    places = tuple((file, None) for file in dict.fromkeys(files))
    return Text(CONSOLE_WORDS, one, other, places, (note,))


Found = Iterator[tuple[str, str, str | None]]


def _of_templates() -> Found:
    for path in sorted((BOT / "console" / "templates").rglob("*.html")):
        with path.open("rb") as file:
            for _line, _function, messages, _notes in babel_extract(file, IN_TEMPLATES, (), {"trimmed": "true"}):
                one, other = _pair(messages)
                if one:  # `_(reply.situation)`: the campaign's own words, see `sentences_of`
                    yield _named(path), one, other


def _of_python() -> Found:
    for path in sorted(p for room in ROOMS for p in (BOT / room).rglob("*.py")):
        with path.open("rb") as file:
            for _line, _function, messages, _notes in extract_python(
                file, dict.fromkeys(IN_PYTHON), (), {"encoding": "utf-8"}
            ):
                one, _ = _pair(messages)
                if one:
                    yield _named(path), one, None


def _pair(messages: object) -> tuple[str, str | None]:
    """Babel gives a string, or a tuple with None for what is no string."""
    parts = [messages] if isinstance(messages, str) else list(messages) if isinstance(messages, tuple) else []
    texts = [part for part in parts if isinstance(part, str)]
    return (texts[0] if texts else "", texts[1] if len(texts) > 1 else None)


def _named(path: Path) -> str:
    return path.relative_to(BOT.parent).as_posix()


def merged(book: Book, texts: Iterable[Text]) -> Book:
    """Return the catalogue of these sentences: by exact text, for one English sentence never stands for another."""
    old = {(e.source, e.plural): e for e in (*book.obsolete, *book.entries) if e.begun}
    wanted = list(texts)
    needed = {(text.source, text.plural) for text in wanted}
    gone = tuple(e for key, e in sorted(old.items(), key=str) if key not in needed)
    return Book(book.header, tuple(_entry(old.get((t.source, t.plural)), t) for t in wanted), gone)


def _entry(old: Translation | None, text: Text) -> Translation:
    before = old or Translation(text.context, text.source, text.plural)
    return Translation(
        text.context,
        text.source,
        text.plural,
        before.forms,
        before.stale,
        comments=before.comments,
        notes=text.notes,
        places=text.places,
    )


def collect(root: Path) -> list[str]:
    """Write the template and merge every language's catalogue of a campaign; return the files that changed."""
    folder, loaded = Folder(root), load(root)
    replies = loaded.campaign.replies if loaded.campaign else ()
    texts = list({(t.source, t.plural): t for t in (*sentences(), *sentences_of(replies))}.values())
    books = [(root / "locales" / f"{CONSOLE_WORDS}.pot", template(texts, CONSOLE_WORDS))]
    for language in sorted({path.parts[-3] for path in folder.catalogues()} - {"en"}):
        book = read_domain(folder, language, CONSOLE_WORDS, []) or Book(new_header(language, CONSOLE_WORDS))
        books.append((folder.catalogue(language, CONSOLE_WORDS), merged(book, texts)))
    return [folder.label(path) for path, book in books if save(path, render(book))]


if __name__ == "__main__":
    for changed in collect(Path(sys.argv[1] if len(sys.argv) > 1 else ".")):
        print(changed)  # noqa: T201 - a command for developers
