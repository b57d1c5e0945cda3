"""Bytes of a campaign file to plain data: safe against files that were made to hurt.

We build the data ourselves from the parser's events, in one pass: the C *composer* of PyYAML recurses, so 100,000 nested
brackets would end the process, and a chain of aliases would unfold to billions of values. Every scalar stays the string
that was written (`yes`, `17:00`); what it means is the business of whoever knows the field.
"""

from __future__ import annotations

import re

import yaml

from bot.flowfile.document import Document, Place
from bot.flowfile.problem import Problem, severity_of
from bot.flowfile.traps import explain
from bot.flowfile.unfolding import UNSEEN, Builder, Refused

MAX_BYTES = 1024 * 1024

# A file may hold one directive per line; the parser compares each with all before. We need none.
_DIRECTIVE = re.compile(r"^%", re.MULTILINE)


def read(file: str, raw: bytes) -> tuple[Document | None, list[Problem]]:
    """Return the document, or None and the problem that kept it from being read."""
    try:
        text = _decode(raw)
        return _build(file, text)
    except Refused as refused:
        line, column = refused.place
        severity = severity_of(refused.code)
        return None, [Problem(refused.code, file, line, column, "", refused.message, refused.hint, severity)]


def _decode(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise Refused("E002", (1, 1), "is larger than 1 MiB", "split it into several files")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Refused("E003", (1, 1), "is not saved as UTF-8", "in your editor choose 'Save with encoding: UTF-8'")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        hint = "in your editor choose 'Save with encoding: UTF-8'"
        raise Refused("E003", (line, 1), "holds letters that are not UTF-8", hint) from None
    _refuse_signs(text)
    return text


def _refuse_signs(text: str) -> None:
    if found := UNSEEN.search(text):
        hint = "delete the line and write it anew"
        raise Refused("E004", _place(text, found.start()), "holds an invisible character here", hint)
    if found := _DIRECTIVE.search(text):
        hint = "put the text in quotes, or indent it"
        raise Refused("E012", _place(text, found.start()), "a line cannot begin with '%'", hint)


def _place(text: str, offset: int) -> Place:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _build(file: str, text: str) -> tuple[Document, list[Problem]]:
    builder = Builder(file)
    try:
        next_event = yaml.CBaseLoader(text).get_event
        while (event := next_event()) is not None:
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        code, place, message, hint = explain(error, text.split("\n"))
        raise Refused(code, place, message, hint) from None
    except (yaml.YAMLError, ValueError) as error:
        raise Refused("E008", (1, 1), "cannot be read as YAML", type(error).__name__) from None
    if builder.root is None or builder.root == "":
        raise Refused("E015", (1, 1), "is empty", "a flow begins with 'flow: its_name'")
    lines = tuple(text.split("\n"))
    return Document(file, builder.root, builder.keys, builder.values, lines), builder.problems
