"""Test files are read like flows: every mistake has its code and line, and what is right is still played."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.flowfile import Problem, load
from bot.flowfile.conversation_files import load_scripts
from bot.flowfile.conversation_model import CaseExpected, Script, SendMedia, Start, Tap, Type, Wait, said_in
from bot.flowfile.conversation_writer import Recorded, added, as_yaml
from bot.model.levels import Level
from tests.flowfile.campaigns import write

HEAD = "conversations:\n  one:\n"
START = HEAD + "    - start: help\n"

MISTAKES = {
    "no start": ("E702", HEAD + "    - tap: yes\n", 3),
    "a second start": ("E702", START + "    - start: help\n", 4),
    "two acts in one line": ("E701", START + "    - tap: yes\n      type: yes\n", 4),
    "nothing in a line": ("E701", START + "    - note: what now\n", 4),
    "given in the middle": ("E701", START + "    - {tap: yes, age: 13_15}\n", 4),
    "an unknown word": ("E101", START + "    - tpa: yes\n", 4),
    "an unknown flow": ("E206", HEAD + "    - start: halp\n", 3),
    "an unknown step": ("E103", START + "    - expect: {step: numbesr}\n", 4),
    "a step of an unknown flow": ("E206", START + "    - expect: {step: halp/numbers}\n", 4),
    "a strange length of time": ("E605", START + "    - after: a while\n", 4),
    "a strange time of day": ("E605", START + "    - at: 25:00\n", 4),
    "a moderator who does something else": ("E105", START + "    - moderator: sleeps\n", 4),
    "a strange kind": ("E105", START + "    - send: pigeon\n", 4),
    "an unknown age": ("E105", HEAD + "    - {start: help, age: 12}\n", 3),
    "a language that is not spoken": ("E105", HEAD + "    - {start: help, language: fr}\n", 3),
    "a level that is none": ("E307", START + "    - expect: {case: {level: P5}}\n", 4),
    "a category that is none": ("E306", START + "    - expect: {case: {category: weather}}\n", 4),
    "a case that is a word": ("E104", START + "    - expect: {case: maybe}\n", 4),
    "no conversations": ("E102", "note: nothing\n", 1),
    "a list": ("E104", "- one\n", 1),
    "not YAML": ("E013", "conversations: 'one\n", 1),
}


def read(root: Path, text: str) -> tuple[tuple[Script, ...], tuple[Problem, ...]]:
    write(root, **{"flows/help.test.yaml": text})
    campaign = load(root).campaign
    assert campaign is not None
    return load_scripts(root, campaign)


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_has_its_code_and_line(tmp_path: Path, name: str) -> None:
    code, text, line = MISTAKES[name]

    scripts, problems = read(tmp_path, text)

    assert (code, line) in {(p.code, p.line) for p in problems}
    assert scripts == () or code == "E101"


def test_a_mistake_in_one_conversation_leaves_the_others(tmp_path: Path) -> None:
    scripts, problems = read(tmp_path, START + "    - after: a while\n  two:\n    - start: help\n")

    assert [s.name for s in scripts] == ["two"]
    assert len(problems) == 1


def test_every_line_becomes_what_it_says(tmp_path: Path) -> None:
    text = START + (
        "    - tap: yes\n    - type: {en: hello}\n    - {send: photo, caption: look}\n    - after: 20 hours\n"
        "    - expect: {step: numbers, case: {level: P2, shown: true}, buttons: [yes, no], stars: 2, quiet: true}\n"
    )

    scripts, problems = read(tmp_path, text)

    assert problems == ()
    acts = [line.act for line in scripts[0].lines]
    assert acts[:2] == [Start("help"), Tap({"": "yes"})]
    assert acts[2:5] == [Type({"en": "hello"}), SendMedia("photo", "look"), Wait(timedelta(hours=20))]
    expect = scripts[0].lines[-1].expect
    assert expect is not None
    assert expect.case == CaseExpected(level=Level.P2, shown=True)
    assert (expect.step, expect.buttons, expect.stars, expect.quiet) == (("help", "numbers"), ("yes", "no"), 2, True)


def test_a_text_is_taken_in_her_language_then_in_any_then_in_english() -> None:
    assert said_in("sw", {"sw": "ndiyo", "en": "yes"}) == "ndiyo"
    assert said_in("sw", {"": "1"}) == "1"
    assert said_in("sw", {"en": "yes"}) == "yes"


def test_what_was_recorded_is_read_back_as_it_was_played(tmp_path: Path) -> None:
    lines = [
        Recorded(("start", "help"), step=("help", "offer"), buttons=("yes", "no")),
        Recorded(("type", 'a: "b" # {c}'), step=("hello", "hello"), case={"level": "P2", "category": "grooming"}),
        Recorded(("tap", "13_15"), case={}, stars="1"),
        Recorded(("after", "20 hours"), quiet=True),
    ]

    scripts, problems = read(tmp_path, added("", as_yaml("help", "one", lines)))

    assert problems == ()
    acts = [line.act for line in scripts[0].lines]
    assert acts == [Start("help"), Type({"": 'a: "b" # {c}'}), Tap({"": "13_15"}), Wait(timedelta(hours=20))]
    expected = [line.expect for line in scripts[0].lines]
    assert expected[0] is not None and expected[0].buttons == ("yes", "no")
    assert expected[1] is not None and expected[1].step == ("hello", "hello")
    assert expected[2] is not None and expected[2].case == CaseExpected(there=False)
    assert expected[3] is not None and expected[3].quiet


def test_a_recorded_conversation_joins_those_that_are_there(tmp_path: Path) -> None:
    first = added("", as_yaml("help", "one", [Recorded(("start", "help"))]))

    scripts, _ = read(tmp_path, added(first, as_yaml("help", "two", [Recorded(("start", "help"))])))

    assert [s.name for s in scripts] == ["one", "two"]


def test_a_flow_without_a_test_is_told_once_a_campaign_writes_tests(tmp_path: Path) -> None:
    assert load(write(tmp_path)).problems == ()

    found = load(write(tmp_path, **{"flows/help.test.yaml": START})).problems

    assert [(p.code, p.file, p.severity) for p in found] == [("W706", "flows/hello.yaml", "warning")]
