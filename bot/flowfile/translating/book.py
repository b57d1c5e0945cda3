"""What one .po file says, all of it: translations, stale marks with their previous text, comments, what is obsolete.

`bot.texts.parse_po` gives only what may be said; a merge must not lose the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from babel.messages.catalog import Message
from babel.messages.pofile import PoFileError, read_po, unescape

from bot.model.campaign import CatalogueKey
from bot.texts import BadCatalogue

Forms = tuple[str, ...]
Place = tuple[str, int | None]

DRAFT = re.compile(r"\bdraft\b", re.IGNORECASE)
STALE = "fuzzy"
WAS_STALE = "was fuzzy"
"""Comment of an obsolete entry that nobody had approved: .po files have no flags there that Babel would write."""
OF_PROGRAMS = frozenset({"python-format", "python-brace-format"})
"""Flags that Babel sets by itself."""

_PREVIOUS = re.compile(r"\|\s*(msgid_plural|msgid)\s")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')


@dataclass(frozen=True, slots=True)
class Translation:
    """One entry. `previous`: the source (and plural) that a stale translation was made from. `comments` are the
    translator's, `notes` ours."""

    context: str
    source: str
    plural: str | None = None
    forms: Forms = ()
    stale: bool = False
    previous: Forms = ()
    comments: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    flags: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)

    @property
    def complete(self) -> bool:
        """Return whether every form is there."""
        return bool(self.forms) and all(self.forms)

    @property
    def begun(self) -> bool:
        """Return whether a translator wrote anything that can be lost."""
        return any(self.forms)

    @property
    def draft(self) -> bool:
        """Return whether a native speaker has yet to read it."""
        return any(DRAFT.search(comment) for comment in self.comments)

    @property
    def made_from(self) -> tuple[str, str | None]:
        """Return the source and plural it really translates."""
        if not self.previous:
            return self.source, self.plural
        return self.previous[0], self.previous[1] if len(self.previous) > 1 else None


@dataclass(frozen=True)
class Book:
    """One catalogue. `header` is its first block, kept letter by letter."""

    header: str
    entries: tuple[Translation, ...] = ()
    obsolete: tuple[Translation, ...] = ()

    @cached_property
    def approved(self) -> dict[CatalogueKey, Forms]:
        """Return what may be said: complete and not stale."""
        return {(e.context, e.source): e.forms for e in self.entries if e.complete and not e.stale}

    @cached_property
    def agreed(self) -> dict[tuple[str, str | None], Translation]:
        """Return for a text (and its plural) its translation, where every context has the same."""
        found: dict[tuple[str, str | None], Translation] = {}
        split: set[tuple[str, str | None]] = set()
        for entry in self.entries:
            key = (entry.source, entry.plural)
            if entry.stale or not entry.complete:
                continue
            if found.setdefault(key, entry).forms != entry.forms:
                split.add(key)
            elif entry.draft:  # one draft makes all of them a draft
                found[key] = entry
        return {key: entry for key, entry in found.items() if key not in split}

    @cached_property
    def by_key(self) -> dict[CatalogueKey, Translation]:
        """Return the entries by context and source."""
        return {(e.context, e.source): e for e in self.entries}

    @cached_property
    def by_context(self) -> dict[str, Translation]:
        """Return the last begun entry of each context, whatever its text."""
        return {e.context: e for e in self.entries if e.begun}


def read_book(raw: bytes) -> Book:
    """Return everything a .po file says. Raises BadCatalogue for bytes that are none."""
    try:
        text = raw.decode("utf-8-sig")
        catalogue = read_po(_folded(text.split("\n")), abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, LookupError, ValueError, IndexError, TypeError, AttributeError) as error:
        raise BadCatalogue(f"this is not a .po file in UTF-8: {error}") from error
    entries = tuple(_translation(m) for m in catalogue if m.id)
    obsolete = tuple(_once_approved(_translation(m)) for m in catalogue.obsolete.values())
    return Book(_header(text), entries, obsolete)


def _folded(lines: Iterable[str]) -> Iterator[str]:
    """Babel does not know `#|` and drops comments that repeat: the lines of one previous text become one comment."""
    held = ""
    for line in lines:
        if held and line.startswith("#|") and '"' in line and line[2:].lstrip().startswith('"'):
            held += " " + line[2:].strip()
            continue
        if held:
            yield held
        held = line if line.startswith("#|") else ""
        if not held:
            yield line
    if held:
        yield held


def _translation(message: Message) -> Translation:
    source, plural = (message.id, None) if isinstance(message.id, str) else (message.id[0], message.id[1])
    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    stale = message.fuzzy
    return Translation(
        context=message.context or "",
        source=source,
        plural=plural,
        forms=forms,
        stale=stale,
        previous=tuple(_previous(message.user_comments)) if stale else (),
        comments=tuple(comment for comment in message.user_comments if not comment.startswith("|")),
        notes=tuple(message.auto_comments),
        places=tuple(message.locations),
        flags=tuple(sorted(message.flags - OF_PROGRAMS - {STALE})),
        line=message.lineno or 0,
    )


def _previous(comments: Iterable[str]) -> Iterator[str]:
    """Return the previous source, and its plural, from the lines that Babel took for comments."""
    for comment in comments:
        if _PREVIOUS.match(comment):
            yield "".join(unescape(piece) for piece in _QUOTED.findall(comment))


def _once_approved(entry: Translation) -> Translation:
    if WAS_STALE not in entry.comments:
        return entry
    return replace(entry, stale=True, comments=tuple(c for c in entry.comments if c != WAS_STALE))


def _header(text: str) -> str:
    """Return the lines up to the end of the first entry, if that is the header; '' otherwise."""
    lines: list[str] = []
    for line in text.replace("\r", "").split("\n"):
        if lines and lines[-1].startswith(('"', "msgstr")) and not line.startswith('"'):
            break
        lines.append(line)
    block = "\n".join(lines).strip("\n")
    is_header = re.search(r'^msgid ""\s*^msgstr', block, re.MULTILINE) and not re.search(
        "^msgctxt", block, re.MULTILINE
    )
    return block if is_header else ""
