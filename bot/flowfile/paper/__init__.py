"""Stories on paper: one page each, with pictures, for reading together with girls. They tick, and somebody writes down why."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.flowfile.catalogues import SOURCE_LANGUAGE, read_domain
from bot.flowfile.draft import FlowDraft
from bot.flowfile.folder import Folder
from bot.flowfile.load import sketch
from bot.flowfile.paper.story import Said, page_of

OWN = ("paper.like", "paper.dislike", "paper.unclear", "paper.why", "paper.where", "paper.how_many")


def pages(root: Path, language: str) -> dict[str, bytes]:
    """Return the pages by file name, with an index and the pictures they show; nothing when no story has a sentence in it."""
    folder, (draft, _) = Folder(root), sketch(root)
    said = _said(folder, language)
    stories = [
        page for flow in draft.flows.values() if _is_story(flow) and (page := page_of(flow.flow, said)) is not None
    ]
    if not stories:
        return {}
    templates = Environment(loader=PackageLoader("bot.flowfile.paper", "."), autoescape=True, undefined=StrictUndefined)
    words = {key.partition(".")[2]: said.own(key) for key in OWN}
    made = {f"{p.name}.html": _html(templates, "page.html", page=p, words=words, language=language) for p in stories}
    made["index.html"] = _html(templates, "index.html", pages=stories, language=language)
    shown = {bubble.photo for page in stories for bubble in page.bubbles if bubble.photo}
    return made | {name: Path(draft.media[name]).read_bytes() for name in sorted(shown) if name in draft.media}


def _is_story(flow: FlowDraft) -> bool:
    return bool(flow.flow.starts.menu)


def _said(folder: Folder, language: str) -> Said:
    if language == SOURCE_LANGUAGE:
        flows = {}
    else:
        book = read_domain(folder, language, "flows", [])
        flows = dict(book.approved) if book is not None else {}
    own = [read_domain(folder, name, "bot", []) for name in (language, SOURCE_LANGUAGE)]
    return Said(flows, tuple(book.approved for book in own if book is not None), english=language == SOURCE_LANGUAGE)


def _html(templates: Environment, name: str, **values: object) -> bytes:
    return templates.get_template(name).render(values).encode()
