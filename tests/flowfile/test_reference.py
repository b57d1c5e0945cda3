"""The manual explains every code, field and word: who looks something up finds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bot.flowfile.campaign_file import CAMPAIGN
from bot.flowfile.code_pages import PARTS, render
from bot.flowfile.codes import CODES
from bot.flowfile.conversation_fields import FILE, CaseShape, OneOrMore
from bot.flowfile.cures import CURES
from bot.flowfile.fields import FLOW, KINDS
from bot.flowfile.kinds import BUILT_IN
from bot.flowfile.shapes import Group, ListOf, MapOf, Shape, TextOr
from bot.model.levels import CATEGORIES, Level

README = Path("flows/README.md").read_text(encoding="utf-8")
EXPLAINED = set(re.findall(r"[a-z0-9_]+", " ".join(re.findall(r"`[^`\n]+`|```.*?```", README, re.DOTALL))))


def fields(shape: Shape) -> Iterator[str]:
    """Return the names of all fields of a form and of the forms in it."""
    if isinstance(shape, Group):
        for name, field in shape.fields.items():
            yield name
            yield from fields(field.shape)
    elif isinstance(shape, MapOf):
        yield from fields(shape.value)
    elif isinstance(shape, ListOf):
        yield from fields(shape.item)
    elif isinstance(shape, TextOr):
        yield from fields(shape.other)
    elif isinstance(shape, OneOrMore):
        yield from fields(shape.item)
    elif isinstance(shape, CaseShape):
        yield from fields(shape.fields)


def test_every_code_has_its_section_with_an_example_and_a_cure() -> None:
    written = Path("flows/CODES.md").read_text(encoding="utf-8")

    assert set(CURES) == set(CODES)
    assert {code[1] for code in CODES} == set(PARTS)
    assert written == render(), "run: python -m bot.flowfile.code_pages flows/CODES.md"
    assert "CODES.md" in README


def test_every_field_of_a_flow_a_campaign_and_a_test_is_explained() -> None:
    every = {
        *fields(FLOW),
        *fields(CAMPAIGN),
        *fields(FILE),
        *(name for group in KINDS.values() for name in fields(Group(group))),
    }

    assert sorted(every - EXPLAINED) == []


def test_every_word_that_is_known_everywhere_is_explained() -> None:
    levels = {level.value for level in Level}

    assert sorted({*BUILT_IN, *CATEGORIES} - EXPLAINED) == []
    assert all(level in README for level in levels)
