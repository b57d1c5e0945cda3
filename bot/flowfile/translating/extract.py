"""Every sentence of the flows as translators get it: its context, its place, how long it is and may be.

Also an extractor for Babel, so that `pybabel extract` and whatever is built on it can read flow files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO

from bot.flowfile.checks.first_words import SEEN
from bot.flowfile.checks.lengths import CAPTION, LABEL, MESSAGE
from bot.flowfile.draft import MESSAGES, FlowDraft, Spot
from bot.flowfile.flow_reader import read_flow
from bot.flowfile.reader import read
from bot.flowfile.translating.book import Book, Translation
from bot.flowfile.translating.merge import Text
from bot.flowfile.translating.write import new_header
from bot.texts import PLACE

MEANT = {
    "label": f"A button: at most {LABEL} characters.",
    "alt": "Says what a picture shows, for those who cannot see it.",
    "title": f"A title, also on buttons: at most {LABEL} characters.",
}
"""What a translator should know about a text that is no message of its own."""


def texts_of(flows: Iterable[FlowDraft]) -> list[Text]:
    """Return the texts of flows, file by file, in the order they stand there."""
    return [text for flow in flows for text in sorted(_texts(flow), key=_line)]


def _texts(flow: FlowDraft) -> Iterator[Text]:
    for spot in flow.spots:
        line, _ = flow.document.place(spot.path)
        places = ((flow.document.file, line),)
        yield Text(spot.words.context, spot.words.source, spot.words.plural, places, (note(spot),))


def _line(text: Text) -> int:
    return text.places[0][1] or 0


def note(spot: Spot) -> str:
    """Return the translator's comment: word count, limits, what must stay."""
    source = spot.words.plural or spot.words.source
    words = len(PLACE.sub(" ", source).split())
    said = [f"{words} word{'' if words == 1 else 's'}.", MEANT.get(spot.role, "")]
    if spot.role in MESSAGES:
        most = f"At most {CAPTION} characters, under a picture." if spot.caption else f"At most {MESSAGE} characters."
        said += [most, f"The first {SEEN} characters may be seen by others: nothing telling there."]
    if names := dict.fromkeys(PLACE.findall(f"{spot.words.source} {spot.words.plural or ''}")):
        said.append(f"Keep: {' '.join(f'{{{name}}}' for name in names)}")
    return " ".join(part for part in said if part)


def template(texts: Iterable[Text], domain: str) -> Book:
    """Return the .pot of these texts."""
    entries = (Translation(t.context, t.source, t.plural, places=t.places, notes=t.notes) for t in texts)
    return Book(new_header("", domain), tuple(entries))


Found = tuple[int, str, tuple[str, ...], list[str]]


def extract_flow(fileobj: IO[bytes], *_asked: object, **_options: object) -> Iterator[Found]:
    """Return what a flow file says, in Babel's form; nothing for YAML that is no flow."""
    document, _ = read(str(getattr(fileobj, "name", "flow.yaml")), fileobj.read())
    if document is None or not isinstance(document.data, dict) or "steps" not in document.data:
        return
    draft, _ = read_flow(document)
    for text in texts_of([draft] if draft is not None else []):
        if text.plural is None:
            yield _line(text), "pgettext", (text.context, text.source), list(text.notes)
        else:
            yield _line(text), "npgettext", (text.context, text.source, text.plural), list(text.notes)
