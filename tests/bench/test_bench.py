"""What the bench stands on: its campaign loads, and nothing its people say is worrying or a door."""

from __future__ import annotations

from pathlib import Path

from bot import detect
from bot.flowfile import load
from bot.flowfile.ear.model_file import shipped_model
from bot.model.assessment import Context
from tests.bench.campaign import write_campaign
from tests.bench.texts import sentences


def test_the_bench_runs_on_a_campaign_without_errors_and_says_nothing_worrying(tmp_path: Path) -> None:
    loaded = load(write_campaign(tmp_path))
    assert loaded.campaign is not None, [str(p) for p in loaded.problems if p.severity == "error"]

    hearing = detect.compile_hearing(loaded.campaign.words, shipped_model())
    before: tuple[str, ...] = ()
    for sentence in sentences(seed=3, count=200):
        heard = detect.hear(hearing, sentence, Context(language="en", recent=before))
        assert (heard.assessment.level, heard.word_lists) == (None, frozenset()), sentence
        before = (*before, sentence)[-5:]
