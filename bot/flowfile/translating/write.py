"""A catalogue back to its file, the same bytes for the same content, and never a file half written."""

from __future__ import annotations

import os
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from bot.flowfile.translating.book import STALE, WAS_STALE, Book, Translation
from bot.texts import plural_expression

UNWRAPPED = 1_000_000
"""Babel breaks long comments in the middle of a previous text, which msgfmt then refuses: nothing is wrapped."""


def new_header(language: str, domain: str) -> str:
    """Return the first block of a catalogue that does not exist yet; for a template (.pot) the language is ''."""
    count, rule = plural_expression(language or "en")
    fields = [f"Project-Id-Version: safebot {domain}", f"Language: {language}", "MIME-Version: 1.0"]
    fields += ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"]
    fields += [f"Plural-Forms: nplurals={count}; plural={rule};"]
    return "\n".join(['msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in fields)])


def render(book: Book) -> bytes:
    """Return the .po file."""
    out = BytesIO()
    write_po(out, _catalogue(book), width=UNWRAPPED, omit_header=True, include_previous=True)
    return f"{book.header}\n\n".encode() + out.getvalue().rstrip(b"\n") + b"\n"


def render_mo(book: Book) -> bytes:
    """Return the .mo file other tools read; stale translations are not in it."""
    out = BytesIO()
    write_mo(out, _catalogue(book))
    return out.getvalue()


def save(path: Path, content: bytes) -> bool:
    """Write the file as a whole; return False, and touch nothing, when it holds this already."""
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(path)
    return True


def _catalogue(book: Book) -> Catalog:
    # The header says how many plural forms there are; Babel learns it by reading.
    catalogue = read_po(book.header.splitlines())
    for entry in book.entries:
        message = _message(entry)
        catalogue[message.id] = message
    for entry in book.obsolete:
        catalogue.obsolete[(entry.context, entry.source)] = _message(_marked(entry))
    return catalogue


def _marked(entry: Translation) -> Translation:
    return replace(entry, comments=(*entry.comments, WAS_STALE)) if entry.stale else entry


def _message(entry: Translation) -> Message:
    alone = entry.plural is None
    return Message(
        entry.source if entry.plural is None else (entry.source, entry.plural),
        "".join(entry.forms[:1]) if alone else entry.forms,
        locations=[(file, line or 0) for file, line in entry.places],
        flags=(*entry.flags, STALE) if entry.stale else entry.flags,
        auto_comments=entry.notes,
        user_comments=entry.comments,
        previous_id=entry.previous,
        context=entry.context,
    )
