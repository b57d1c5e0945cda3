"""`safebot flows status`: per language and flow, how many texts are translated, reviewed, draft, stale or missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.flowfile.catalogues import SOURCE_LANGUAGE, exceptions_of, read_domain
from bot.flowfile.draft import Draft, FlowDraft
from bot.flowfile.folder import Folder
from bot.flowfile.load import sketch, with_safety
from bot.flowfile.translating.book import Book
from bot.flowfile.translating.choose import State
from bot.flowfile.translating.own import is_stale
from bot.flowfile.translating.pseudo import PSEUDO
from bot.flowfile.translating.update import languages_of

OWN = "bot"
"""Row of the bot's own sentences: help words are among them, so safety hangs on it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One flow in one language. `translated` are reviewed and draft; `open` names what is stale or missing."""

    language: str
    flow: str
    safety: bool
    enabled: bool
    texts: int
    translated: int
    reviewed: int
    draft: int
    stale: int
    missing: int
    open: tuple[str, ...] = ()

    @property
    def unsafe(self) -> bool:
        """Return whether girls may read help words that are missing or old in this language."""
        return self.safety and self.enabled and bool(self.stale or self.missing)


def status(root: Path, languages: Sequence[str] = ()) -> list[Row]:
    """Return a row per language and flow, safety first; of every language there is, unless some are named."""
    folder, (draft, _) = Folder(root), sketch(root)
    rows: list[Row] = []
    for language in languages or languages_of(folder, draft):
        if language not in (SOURCE_LANGUAGE, PSEUDO):
            rows += _of_language(folder, draft, language)
    return sorted(rows, key=lambda row: (row.language, not row.safety, row.flow))


def unreviewed(root: Path) -> dict[str, int]:
    """Return per language how many texts on which somebody's safety hangs nobody has reviewed. English is the source."""
    counts: Counter[str] = Counter()
    for row in status(root):
        counts[row.language] += row.texts - row.reviewed if row.safety else 0
    return dict(counts)


def _of_language(folder: Folder, draft: Draft, language: str) -> Iterator[Row]:
    enabled = language in draft.settings.languages
    book = read_domain(folder, language, "flows", []) or Book("")
    for flow, safety in with_safety(draft):
        yield _row(language, flow.flow.id, _states(flow, language, book, safety=safety), safety=safety, enabled=enabled)
    english = read_domain(folder, SOURCE_LANGUAGE, OWN, [])
    if english is not None:
        own = read_domain(folder, language, OWN, []) or Book("")
        yield _row(language, OWN, _own_states(english, own), safety=True, enabled=enabled)


def _states(flow: FlowDraft, language: str, book: Book, *, safety: bool) -> Iterator[tuple[str, State]]:
    exceptions = exceptions_of(flow, language, book, safety=safety)
    for spot in flow.spots:
        key = (spot.words.context, spot.words.source)
        if key in exceptions:
            yield key[0], exceptions[key].state
        else:
            yield key[0], "draft" if book.by_key[key].draft else "reviewed"


def _own_states(english: Book, book: Book) -> Iterator[tuple[str, State]]:
    for wanted in (entry for entry in english.entries if entry.complete):
        entry = book.by_key.get((wanted.context, wanted.source))
        if entry is None or not entry.complete:
            state: State = "missing"
        else:
            state = "stale" if is_stale(entry, wanted) else "draft" if entry.draft else "reviewed"
        yield f"{wanted.context}/{wanted.source}", state


def _row(language: str, flow: str, states: Iterable[tuple[str, State]], *, safety: bool, enabled: bool) -> Row:
    each = list(states)
    count = Counter(state for _, state in each)
    return Row(
        language=language,
        flow=flow,
        safety=safety,
        enabled=enabled,
        texts=len(each),
        translated=count["reviewed"] + count["draft"],
        reviewed=count["reviewed"],
        draft=count["draft"],
        stale=count["stale"],
        missing=count["missing"],
        open=tuple(context for context, state in each if state in ("stale", "missing")),
    )


def as_data(rows: Iterable[Row]) -> dict[str, Any]:
    """Return the rows for programs; `safe` is whether every safety flow is whole in every enabled language."""
    listed = list(rows)
    return {"safe": not any(row.unsafe for row in listed), "rows": [asdict(row) for row in listed]}


def as_table(rows: Iterable[Row]) -> str:
    """Return the rows for people: * stands at flows that keep somebody safe."""
    listed = list(rows)
    if not listed:
        return "No language but English is enabled."
    head = (
        f"{'':5} {'flow':24} {'texts':>6} {'translated':>10} {'reviewed':>8} {'draft':>6} {'stale':>6} {'missing':>7}"
    )
    lines = [head, *(_line(row) for row in listed)]
    lines += [f"{row.language} {row.flow}: open: {', '.join(row.open)}" for row in listed if row.open]
    unsafe = sorted({f"{row.flow} ({row.language})" for row in listed if row.unsafe})
    lines.append(
        f"Not safe: {', '.join(unsafe)}." if unsafe else "Every flow that keeps somebody safe (*) is translated."
    )
    return "\n".join(lines)


def _line(row: Row) -> str:
    name = f"{row.flow}{'*' if row.safety else ''}"
    numbers = f"{row.texts:6} {row.translated:10} {row.reviewed:8} {row.draft:6} {row.stale:6} {row.missing:7}"
    return f"{row.language:5} {name:24} {numbers}{'' if row.enabled else '  (not enabled)'}"
