"""The schema that editors use for test files says what the reader says."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.flowfile.conversation_fields import FILE
from bot.flowfile.conversation_schema import render, schema
from bot.flowfile.findings import Findings
from bot.flowfile.folder import Folder
from tests.flowfile.campaigns import a_document
from tests.flowfile.json_schema import valid
from tests.flowfile.test_conversation_reading import MISTAKES

READABLE = [name for name in MISTAKES if name != "not YAML"]


def test_the_schema_in_flows_is_up_to_date() -> None:
    written = Path("flows/test.schema.json").read_text(encoding="utf-8")

    assert written == render(), "run: python -m bot.flowfile.conversation_schema flows/test.schema.json"


@pytest.mark.parametrize("name", READABLE)
def test_schema_and_reader_agree_on_the_form_of_a_file(name: str) -> None:
    document = a_document(MISTAKES[name][1])
    findings = Findings(document)
    FILE.check(document.data, (), findings.tell)

    assert valid(schema(), document.data) == (not findings.problems)


def test_the_tests_that_are_shipped_fit_the_schema() -> None:
    files = Folder(Path.cwd()).tests()

    assert [p.name for p in files if not valid(schema(), a_document(p.read_text(encoding="utf-8")).data)] == []
