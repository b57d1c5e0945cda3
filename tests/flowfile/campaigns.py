"""Small campaigns for tests: a whole one that is fine, and single files to put a mistake into."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bot.flowfile import Problem, load
from bot.flowfile.document import Document
from bot.flowfile.draft import FlowDraft
from bot.flowfile.flow_reader import read_flow
from bot.flowfile.reader import read

CAMPAIGN = """
name: Small
languages: [en]
doors: {start: hello, help: help, hit: help}
countries:
  KE:
    name: Kenya
    timezone: Africa/Nairobi
    languages: [en]
    rota: {en: [mon-sun 08:00-22:00]}
    approved: {by: Olga, on: 2026-01-31}
links: [childhelplineinternational.org]
"""

TODAY = datetime.now(UTC).date().isoformat()

HELPLINES = f"""
helplines:
  - id: ke-116
    country: KE
    name: Child Helpline
    kind: child_helpline
    number: "116"
    verified: true
    confirmed_on: {TODAY}
"""

HELLO = """
flow: hello
title: Hello
steps:
  hello:
    say: Hello. Good that you are here.
    end: done
"""

HELP = """
flow: help
title: Help
steps:
  numbers:
    say: "Take your time. {helpline}"
  offer:
    ask: Shall a person read this?
    buttons:
      yes: Yes, please -> person
      no: Not now -> done
  person:
    handoff: {level: P2}
    open: You are in line.
    closed: "Nobody is here now. {helpline}"
    end: done
"""

WORDS = """
lists:
  help: [help]
  yes_words: [yes]
  no_words: [no]
  pressure_words: [pressure]
"""

FILES = {
    "flows/campaign.yaml": CAMPAIGN,
    "flows/helplines.yaml": HELPLINES,
    "flows/hello.yaml": HELLO,
    "flows/help.yaml": HELP,
    "flows/words/en.yaml": WORDS,
}


def write(root: Path, **files: str) -> Path:
    """Write the small campaign, with these files instead or besides."""
    for name, text in {**FILES, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def problems_of(root: Path, flow: str, **files: str) -> list[Problem]:
    """Return the problems of the small campaign with one more flow, `flows/test.yaml`."""
    return list(load(write(root, **{"flows/test.yaml": flow, **files})).problems)


def codes(problems: list[Problem]) -> set[str]:
    return {problem.code for problem in problems}


def draft_of(text: str) -> tuple[FlowDraft | None, list[Problem]]:
    """Return one flow read by itself."""
    document, problems = read("flows/test.yaml", text.encode())
    if document is None:
        return None, problems
    draft, more = read_flow(document)
    return draft, [*problems, *more]


def a_document(text: str) -> Document:
    document, problems = read("flows/test.yaml", text.encode())
    assert document is not None, problems
    return document
