"""The schema that editors use says what the loader says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.flowfile.fields import FLOW
from bot.flowfile.findings import Findings
from bot.flowfile.folder import Folder
from bot.flowfile.schema import render, schema
from tests.flowfile.campaigns import HELLO, HELP, a_document
from tests.flowfile.json_schema import valid
from tests.flowfile.test_checks import MISTAKES
from tests.flowfile.test_sample import SAMPLE, SUBFLOW

OF_FORM = ("E101", "E102", "E104", "E105", "E106", "E107", "E108", "E213", "E306", "E307", "E605")
TIPS = """
flow: tips
title: Tips
remembers: {tips: {seen: true, keep: 1 day}}
steps:
  tip:
    pick:
      lock: Lock your phone.
      tell: Tell a friend.
    save_as: tips
    end: done
"""
GOOD = {"tips": TIPS, "the sample": SAMPLE, "a subflow": SUBFLOW, "hello": HELLO, "help": HELP}


def loader_agrees(text: str) -> bool:
    findings = Findings(a_document(text))
    FLOW.check(findings.document.data, (), findings.tell)
    return not findings.problems


def test_the_schema_in_flows_is_up_to_date() -> None:
    written = Path("flows/flow.schema.json").read_text(encoding="utf-8")

    assert written == render(), "run: python -m bot.flowfile.schema flows/flow.schema.json"
    assert json.loads(written)["title"] == "A flow"


@pytest.mark.parametrize("name", GOOD)
def test_schema_and_loader_take_the_same_good_files(name: str) -> None:
    assert loader_agrees(GOOD[name])
    assert valid(schema(), a_document(GOOD[name]).data)


@pytest.mark.parametrize("code", MISTAKES)
def test_schema_and_loader_agree_on_files_with_a_mistake(code: str) -> None:
    text = MISTAKES[code]

    assert valid(schema(), a_document(text).data) == loader_agrees(text)
    assert code not in OF_FORM or not loader_agrees(text)


def test_the_flows_that_are_shipped_fit_the_schema() -> None:
    flows = Folder(Path.cwd()).flows()

    assert [p.name for p in flows if not valid(schema(), a_document(p.read_text(encoding="utf-8")).data)] == []
