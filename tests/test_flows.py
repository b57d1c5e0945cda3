"""Every conversation in flows/*.test.yaml goes as its test says, in every language; every step is reached."""

from __future__ import annotations

import re
import shutil
import textwrap
from functools import cache
from pathlib import Path

import pytest

from bot.flowfile.conversation_files import load_scripts, read_places
from bot.flowfile.folder import Folder
from bot.work.live import Live
from bot.work.rehearsal.report import FlowCoverage, Played, coverage, listen_all, play_all
from bot.work.rehearsal.run import run

ROOT = Path(__file__).resolve().parents[1]
FILES = [Folder(ROOT).label(path) for path in Folder(ROOT).tests()]

NEVER_REACHED = {
    ("hit", "now"): "every category has help words of its own today, so nothing she writes leads to the general ones",
    ("hit", "now_step"): "the same",
}


@cache
def live() -> Live:
    return Live.start(ROOT)


@cache
def played(file: str) -> Played:
    scripts, problems = load_scripts(ROOT, live().campaign, file)
    assert not problems, "\n".join(map(str, problems))
    return play_all(live().campaign, live().hearing, scripts)


@pytest.mark.parametrize("file", FILES)
def test_conversations_go_as_their_tests_say(file: str) -> None:
    result = played(file)

    assert result.conversations > 0
    assert not result.problems, "\n" + "\n".join(map(str, result.problems))


def test_every_flow_has_a_test() -> None:
    assert {path.name.removesuffix(".yaml") for path in Folder(ROOT).flows()} == {
        path.name.removesuffix(".test.yaml") for path in Folder(ROOT).tests()
    }


def test_every_step_is_reached_or_says_why_not(capsys: pytest.CaptureFixture[str]) -> None:
    everything = Played()
    for file in FILES:
        everything.reached |= played(file).reached
        everything.tapped |= played(file).tapped
    flows = coverage(live().campaign, everything, read_places(ROOT))
    with capsys.disabled():
        print(f"\nflows: {_sum(flows, 'reached')} of {_sum(flows, 'steps')} steps reached,", end=" ")
        print(f"{_sum(flows, 'tapped')} of {_sum(flows, 'buttons')} buttons tapped")

    missed = {(flow.flow, p.step) for flow in flows for p in flow.problems if p.code == "W707"}
    assert missed <= NEVER_REACHED.keys(), missed


def test_every_example_sentence_of_the_word_lists_is_heard_as_it_should_be() -> None:
    heard = listen_all(live().campaign, live().hearing, read_places(ROOT))

    assert heard.sentences > 0
    assert not heard.problems, "\n" + "\n".join(map(str, heard.problems))


def _sum(flows: tuple[FlowCoverage, ...], what: str) -> int:
    return sum(getattr(flow, what) for flow in flows)


def test_the_story_and_the_test_in_the_manual_work(tmp_path: Path) -> None:
    for part in ("flows", "locales"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("*.test.yaml"))
    manual = (ROOT / "flows" / "README.md").read_text(encoding="utf-8")
    story = next(block for block in _yaml_blocks(manual) if "flow: kite" in block)
    test = next(block for block in _yaml_blocks(manual) if block.lstrip().startswith("# yaml") and "conversat" in block)
    (tmp_path / "flows" / "kite.yaml").write_text(textwrap.dedent(story), encoding="utf-8")
    (tmp_path / "flows" / "kite.test.yaml").write_text(test, encoding="utf-8")

    outcome = run(tmp_path, "flows/kite.yaml")

    languages = len(live().campaign.languages)
    assert (outcome.conversations, outcome.problems) == (2 * languages, ())


def _yaml_blocks(page: str) -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
