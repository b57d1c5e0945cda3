"""A running bot reloads its folder: all or nothing, whatever lies in it, in under a second."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bot.detect import hear
from bot.model.assessment import Context
from bot.work.live import Live
from tests.flowfile.campaigns import HELLO, WORDS, write
from tests.flowfile.test_reader import HOSTILE

PLACES = ("flows/bad.yaml", "flows/words/sw.yaml", "flows/replies/bad.yaml", "flows/helplines.yaml")
EVIL = {
    "a pattern that backtracks": "(a | aa | a a)+ (a | aa | a a)+ (a | aa | a a)+ (a | aa | a a)+",
    "wildcards in a row": "* * * * * * * * * * * *",
    "deep brackets": "(" * 5000 + "a" + ")" * 5000,
    "a thousand ways": " … ".join(["(a | b | c | d | e | f | g | h)"] * 40),
}


@pytest.fixture
def live(tmp_path: Path) -> Live:
    return Live.start(write(tmp_path))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_and_the_campaign_runs_on(live: Live, place: str, name: str) -> None:
    before = live.campaign
    path = live.folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(HOSTILE[name][0])
    began = time.process_time()

    assert not live.refresh()
    assert time.process_time() - began < 1
    assert live.campaign is before
    assert any(problem.file == place for problem in live.problems)


@pytest.mark.parametrize("name", EVIL)
def test_a_catastrophic_pattern_is_refused_or_harmless(live: Live, name: str) -> None:
    before = live.campaign
    frames = f'{WORDS}frames:\n  grooming.evil:\n    level: P2\n    says: ["{EVIL[name]}"]\n'
    (live.folder / "flows/words/en.yaml").write_text(frames, encoding="utf-8")
    began = time.process_time()

    replaced = live.refresh()
    # What was taken must be quick to listen with, too.
    hear(live.hearing, "a " * 500, Context())
    assert time.process_time() - began < 1
    assert replaced or (live.campaign is before and live.problems)


def test_a_mistake_is_told_and_the_next_good_version_is_taken(live: Live) -> None:
    hello = live.folder / "flows" / "hello.yaml"
    hello.write_text(HELLO.replace("end: done", "go: nowhere"), encoding="utf-8")
    assert not live.refresh()
    assert "E103" in {problem.code for problem in live.problems}

    hello.write_text(HELLO.replace("Good that", "Nice that"), encoding="utf-8")
    assert live.refresh()
    assert "Nice that" in str(live.campaign.flows["hello"].steps["hello"])
