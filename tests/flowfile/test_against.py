"""A question that is taken away while chats may wait there is told, unless 'moved' says where they go."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli.flows import command
from bot.flowfile import load
from bot.flowfile.against import Place, left_behind, questions
from bot.flowfile.load import sketch
from bot.flowfile.report import as_text, most_important
from tests.flowfile.campaigns import write
from tests.flowfile.test_checks import MISTAKES

OLD = """
flow: story
title: A story
steps:
  ready:
    ask: Ready?
    buttons: {yes: Yes -> done, no: No -> done}
"""
RENAMED = OLD.replace("  ready:", "  set:")
MOVED = RENAMED.replace("steps:", "moved: {ready: set}\nsteps:")
CHANGED = OLD.replace("no: No", "later: Later")


def told(root: Path, new: str) -> list[str]:
    before = load(write(root / "old", **{"flows/story.yaml": OLD})).campaign
    assert before is not None
    write(root / "new", **({"flows/story.yaml": new} if new else {}))
    return [p.message for p in left_behind(questions(before), sketch(root / "new")[0].flows)]


@pytest.mark.parametrize(
    ("new", "message"),
    [
        (RENAMED, "the question 'ready' is gone: they go to the checkpoint"),
        (CHANGED, "the buttons have changed"),
        ("", "the flow 'story' is gone"),
    ],
)
def test_a_question_that_is_gone_is_told(tmp_path: Path, new: str, message: str) -> None:
    assert told(tmp_path, new) == [message]


@pytest.mark.parametrize("new", [OLD, MOVED, OLD.replace("Ready?", "Are you ready?")])
def test_a_question_that_stands_or_has_moved_is_fine(tmp_path: Path, new: str) -> None:
    assert told(tmp_path, new) == []


def test_chats_that_wait_are_counted(tmp_path: Path) -> None:
    draft, _ = sketch(write(tmp_path, **{"flows/story.yaml": RENAMED}))
    waiting = {Place("story", "ready", ("yes", "no")): 3, Place("story", "set", ("yes", "no")): 5}

    (problem,) = left_behind(waiting, draft.flows)

    assert problem.message == "the question 'ready' is gone, and 3 chats wait there: they go to the checkpoint"
    assert problem.hint.startswith("add moved: {ready: a_step}")


def test_a_folder_or_a_version_in_git_can_be_named(tmp_path: Path) -> None:
    root = write(tmp_path / "now", **{"flows/story.yaml": OLD})
    (root / "locales").mkdir()
    (root / "locales" / "note.txt").write_text("none yet")
    for words in (["init", "-q"], ["add", "."], ["-c", "user.name=o", "-c", "user.email=o@o", "commit", "-qm", "one"]):
        subprocess.run(["git", "-C", str(root), *words], check=True)
    write(tmp_path / "old", **{"flows/story.yaml": OLD})
    (root / "flows" / "story.yaml").write_text(RENAMED)

    for against in ("HEAD", str(tmp_path / "old")):
        found = CliRunner().invoke(command, ["check", str(root), "--against", against])
        assert (found.exit_code, "W220" in found.output) == (0, True), found.output
    assert CliRunner().invoke(command, ["check", str(root), "--against", "--output=x"]).exit_code == 2


def test_the_three_most_important_come_first(tmp_path: Path) -> None:
    flow = MISTAKES["E103"].replace("Hello there.", "Blackmail {name}.") + "  b:\n    say: [x]\n"
    problems = load(write(tmp_path, **{"flows/test.yaml": flow, "flows/bad.yaml": "a:\n\tb"})).problems

    assert [p.code for p in most_important(problems)] == ["E010", "E310", "E103"]
    assert as_text(problems).startswith("Begin with these:\nflows/bad.yaml:2: E010")
