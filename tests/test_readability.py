"""Stories are as easy to read as the rules ask: sentences of twelve words, steps of thirty-five."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.readability import ROOT, as_table, load, measured

CAMPAIGN = load(ROOT).campaign
assert CAMPAIGN is not None
SPACED = [language for language in CAMPAIGN.languages if language != "km"]


@pytest.mark.parametrize("language", SPACED)
def test_sentences_are_short_in_every_language(language: str) -> None:
    found = measured(CAMPAIGN, language)

    assert found.sentence_mean <= 8 and found.sentence_p95 <= 12, found
    assert found.step_mean <= 25, found


def test_english_is_easy_for_an_eleven_year_old() -> None:
    found = measured(CAMPAIGN, "en")

    assert found.flesch is not None and found.flesch >= 90, found
    assert found.lix is not None and found.lix <= 25, found


def test_a_hard_text_is_measured_as_one() -> None:
    hard = {name: flow for name, flow in CAMPAIGN.flows.items() if name == "talk"}
    step = hard["talk"].steps["tell"]
    long = "Notwithstanding the aforementioned considerations, institutional accountability necessitates documentation"
    words = replace(hard["talk"], steps={"tell": replace(step, words=type(step.words)("x", long))})
    found = measured(replace(CAMPAIGN, flows={"talk": words}), "en")

    assert found.flesch is not None and found.flesch < 30, found
    assert "| en | 1 |" in as_table([found])
