"""The pseudo-language shows what was never translated and what will not fit."""

from __future__ import annotations

from pathlib import Path

from bot.flowfile import load
from bot.flowfile.translating.pseudo import accented
from bot.model.words import Words
from bot.texts import say
from tests.flowfile.campaigns import CAMPAIGN, write


def test_a_text_is_accented_in_brackets_and_two_fifths_longer() -> None:
    text = "Take all the time you need."

    said = accented(text)

    assert said.startswith("[Ţåķé åļļ")
    assert said.endswith("]")
    assert 1.4 * len(text) <= len(said) <= 1.8 * len(text)


def test_names_and_links_stay_as_they_are() -> None:
    said = accented("In danger? {helpline} or https://example.org/help now")

    assert "{helpline}" in said
    assert "https://example.org/help" in said


def test_a_campaign_that_enables_it_speaks_it_without_any_file(tmp_path: Path) -> None:
    root = write(
        tmp_path, **{"flows/campaign.yaml": CAMPAIGN.replace("languages: [en]\ndoors", "languages: [en, en_XA]\ndoors")}
    )

    loaded = load(root)

    assert loaded.campaign is not None, loaded.problems
    hello = Words("hello/hello.say", "Hello. Good that you are here.")
    assert say(loaded.campaign.catalogues, "en_XA", hello) == accented(hello.source)
