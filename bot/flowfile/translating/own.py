"""The bot's own sentences: the English catalogue is the source, the msgid is a key.

A key does not change when its English does. So each catalogue notes the English that was translated, and a change is seen
by comparing the two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.flowfile.translating.book import Book, Translation
from bot.flowfile.translating.merge import Text
from bot.texts import PLACE

ENGLISH = "English: "


def own_texts(english: Book) -> list[Text]:
    """Return the keys in the order of the English catalogue, each with its English and what stands above it there."""
    return [
        Text(e.context, e.source, e.plural, notes=(*e.notes, _count(e), f"{ENGLISH}{meaning(e)}"))
        for e in english.entries
        if e.complete
    ]


def meaning(entry: Translation) -> str:
    """Return the English of a key on one line."""
    return " | ".join(" ".join(form.split()) for form in entry.forms)


def _count(entry: Translation) -> str:
    words = len(PLACE.sub(" ", entry.forms[-1]).split())
    names = dict.fromkeys(PLACE.findall(" ".join(entry.forms)))
    keep = f" Keep: {' '.join(f'{{{name}}}' for name in names)}" if names else ""
    return f"{words} word{'' if words == 1 else 's'}.{keep}"


def merge_own(book: Book, texts: Iterable[Text]) -> Book:
    """Return the catalogue of these keys: those whose English has changed are stale, those not needed obsolete."""
    old = {(e.context, e.source): e for e in (*book.obsolete, *book.entries) if e.begun}
    wanted = list(texts)
    entries = tuple(_merged(old.get((text.context, text.source)), text) for text in wanted)
    needed = {(text.context, text.source) for text in wanted}
    gone = [_removed(e) for key, e in old.items() if key not in needed]
    return Book(book.header, entries, tuple(sorted(gone, key=lambda e: e.source)))


def _removed(entry: Translation) -> Translation:
    """An obsolete entry has no note of its English, so when its key comes back a person must read it."""
    return replace(entry, places=(), flags=(), notes=(), previous=(), stale=True)


def _merged(old: Translation | None, text: Text) -> Translation:
    if old is None:
        return Translation(text.context, text.source, text.plural, notes=text.notes)
    before, now = _english(old.notes), _english(text.notes)
    known = replace(old, plural=text.plural, notes=text.notes, places=text.places)
    if old.stale and old.previous == (now,):
        return replace(known, stale=False, previous=())
    if before and before != now:
        return replace(known, stale=True, previous=old.previous or (before,))
    return known


def is_stale(entry: Translation, english: Translation) -> bool:
    """Return whether a translation was made from other English than there is now, seen by an update or not yet."""
    before = _english(entry.notes)
    return entry.stale or bool(before and before != meaning(english))


def _english(notes: Iterable[str]) -> str:
    return next((note.removeprefix(ENGLISH) for note in notes if note.startswith(ENGLISH)), "")
