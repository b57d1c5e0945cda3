"""New texts and old translations to new catalogues: by context and text, then by exact text, then by context alone.

No translation a person made is thrown away: a changed sentence keeps its own, marked stale; what nobody needs any more
goes to the end of the file as obsolete, and comes back when its sentence does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bot.flowfile.translating.book import Book, Forms, Place, Translation

Key = tuple[str, str, str | None]
"""Context, source, plural."""
Source = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence for translators. `notes`: its word count and limits."""

    context: str
    source: str
    plural: str | None = None
    places: tuple[Place, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        return (self.context, self.source, self.plural)


def merge(book: Book, texts: Iterable[Text], forms: int = 2) -> Book:
    """Return the catalogue of these texts, in their order. `forms`: how many plural forms the language has."""
    wanted = list(texts)
    old = _Old.of(book, frozenset(text.key for text in wanted))
    entries = tuple(_dressed(_found(old, text, forms), text) for text in wanted)
    return Book(book.header, entries, _obsolete(book, entries))


@dataclass(slots=True)
class _Old:
    """What there was, by each way of looking for it."""

    exact: dict[Key, Translation] = field(default_factory=dict)
    context: dict[str, Translation] = field(default_factory=dict)
    left: dict[Source, list[Translation]] = field(default_factory=dict)
    used: dict[Source, list[Translation]] = field(default_factory=dict)
    obsolete: dict[Source, list[Translation]] = field(default_factory=dict)

    @classmethod
    def of(cls, book: Book, wanted: frozenset[Key]) -> _Old:
        old = cls()
        for entry in book.obsolete:
            old._add(entry, old.obsolete)
        for entry in book.entries:
            needed = (entry.context, entry.source, entry.plural) in wanted
            old._add(entry, old.used if needed else old.left)
        return old

    def _add(self, entry: Translation, among: dict[Source, list[Translation]]) -> None:
        """Note an entry under its own text; a stale one also under the text it was made from, which may come back."""
        if not entry.begun:
            return
        self.context[entry.context] = entry
        self.exact[(entry.context, entry.source, entry.plural)] = entry
        pair = _pair(entry)
        if pair.stale:
            return
        key = (pair.context, pair.source, pair.plural)
        self.exact[key] = self.exact.get(key, pair) if entry.stale else pair
        if pair.complete:
            among.setdefault((pair.source, pair.plural), []).append(pair)


def _found(old: _Old, text: Text, forms: int) -> Translation:
    """Return what a translator has to start from."""
    if (exact := old.exact.get(text.key)) is not None:
        return exact
    before, same = old.context.get(text.context), _same_text(old, text)
    if before is None:
        return same or Translation(text.context, text.source)
    if same is not None and not same.stale and _as_good(same, before):
        return same
    return _changed(before, text, forms)


def _as_good(same: Translation, before: Translation) -> bool:
    """Nothing that was reviewed is replaced by a draft."""
    return before.draft or not same.draft


def _same_text(old: _Old, text: Text) -> Translation | None:
    """Return the translation the same text has elsewhere, first where its step was renamed; stale when they differ."""
    for tier in (old.left, old.used, old.obsolete):
        if found := tier.get((text.source, text.plural)):
            agreed = all(entry.forms == found[0].forms for entry in found)
            return next((e for e in found if e.draft), found[0]) if agreed else replace(found[0], stale=True)
    return None


def _changed(before: Translation, text: Text, forms: int) -> Translation:
    """Return the old translation for a changed text: stale, with the text it was made from."""
    source, plural = before.made_from
    previous: Forms = (source,) if plural is None else (source, plural)
    if _pair(before).stale:
        previous = ()  # nobody ever approved these words for any text
    return replace(before, stale=True, previous=previous, forms=_reshaped(before, text.plural is not None, forms))


def _reshaped(before: Translation, plural: bool, forms: int) -> Forms:
    """A sentence that began or ceased to count keeps its words in every form it has now."""
    was = before.plural is not None
    if was == plural:
        return before.forms
    words = [form for form in before.forms if form][-1:]
    return tuple(words * forms if plural else words)


def _dressed(entry: Translation, text: Text) -> Translation:
    """Return the entry with what the text itself says: its place, its notes, its source."""
    return replace(
        entry, context=text.context, source=text.source, plural=text.plural, places=text.places, notes=text.notes
    )


def _pair(entry: Translation) -> Translation:
    """Return the translation with the text it was approved for; as it is, stale, when it was for none.

    What was a plural and is none any more, or the other way round, has other words than those that were approved.
    """
    source, plural = entry.made_from
    if not entry.previous or (plural is None) != (entry.plural is None):
        return entry
    return replace(entry, source=source, plural=plural, stale=False, previous=())


def _obsolete(book: Book, entries: Iterable[Translation]) -> tuple[Translation, ...]:
    """Return what no text needs, once per context and text; what lives on elsewhere is not kept twice."""
    living = [_pair(entry) for entry in entries if entry.begun]
    said = {(pair.source, pair.plural, pair.forms) for pair in living}
    taken = {(pair.context, pair.source, pair.plural) for pair in living}
    kept: dict[tuple[str, str], Translation] = {}
    for entry in (*book.obsolete, *book.entries):
        pair = replace(_pair(entry), previous=(), places=(), notes=(), flags=())
        needed = (pair.source, pair.plural, pair.forms) in said or (pair.context, pair.source, pair.plural) in taken
        if pair.begun and not needed:
            kept[(pair.context, pair.source)] = pair
    return tuple(sorted(kept.values(), key=lambda pair: (pair.context, pair.source)))
