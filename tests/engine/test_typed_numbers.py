"""Numbers stand on choices for girls who read little: typing one is as good as a tap, in the digits of any script."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.model.flow import Ask, Say, Starts
from tests.engine.campaign import CAMPAIGN, Ana, flow, onboarded, pick, w


def asked() -> Ana:
    """Return Ana at a question whose second choice reads "2 👋 People"."""
    numbered = flow(
        "numbered",
        Ask(
            id="which",
            words=w("Which?"),
            choices=(
                replace(pick("one", "phones"), label=w("1 📱 Phones")),
                replace(pick("two", "people"), label=w("2 👋 People")),
                replace(pick("age", "phones"), label=w("13 to 15")),
            ),
        ),
        Say(id="phones", words=w("Phones."), end=True),
        Say(id="people", words=w("People."), end=True),
        starts=Starts(link="n1"),
    )
    ana = onboarded(campaign=replace(CAMPAIGN, flows={**CAMPAIGN.flows, "numbered": numbered}))
    ana.does("/start n1")
    return ana


@pytest.mark.parametrize("typed", ["2", "2.", " 2) ", "२", "២", "2 people"])
def test_the_number_on_a_choice_is_as_good_as_a_tap(typed: str) -> None:
    assert "People." in asked().does(typed)


def test_a_number_that_stands_on_no_choice_means_none() -> None:
    assert asked().does("7")[0] == "not_understood"
    assert asked().does("9" * 5000)[0] == "not_understood"
