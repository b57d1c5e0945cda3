"""Helplines: never empty, at most three different doors, in the order of the rules."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from bot.model.campaign import Helpline
from bot.model.levels import CATEGORIES, COUNTRIES
from bot.work.helplines import choose
from bot.work.render import Reader, Renderer
from tests.work.bot_room import HOUSE

KINDS = {"crisis_line", "child_helpline", "gbv_helpline", "emergency"}
EVERYWHERE = (*COUNTRIES, "", "XX")
LANGUAGES = ("en", "sw", "fil", "ne", "km", "nl", "xx")


def kinds(country: str, category: str, **more: bool) -> list[str]:
    return [line.kind for line in choose(HOUSE, country, "en", category, **more)]


@pytest.mark.parametrize("demo", [True, False])
def test_they_are_never_empty_and_at_most_three_different_doors(demo: bool) -> None:
    none = replace(HOUSE, helplines=())
    for country, language, category in product(EVERYWHERE, LANGUAGES, (*CATEGORIES, "", "none")):
        chosen = choose(HOUSE, country, language, category, demo=demo)
        assert 1 <= len(chosen) <= 3 and len({line.kind for line in chosen}) == len(chosen)
        for campaign in (HOUSE, none):
            reader = Reader(language, country, category, "UTC", demo=demo)
            assert Renderer(campaign, reader).helplines().strip()


@pytest.mark.parametrize(
    ("category", "order"),
    [
        ("self_harm", ["crisis_line", "child_helpline", "emergency"]),
        ("violence_home", ["child_helpline", "gbv_helpline", "emergency"]),
        ("bullying", ["child_helpline", "gbv_helpline", "emergency"]),
    ],
)
def test_the_order_is_that_of_the_rules(category: str, order: list[str]) -> None:
    assert kinds("KE", category) == order


@pytest.mark.parametrize("category", ["violence_home", "sexual_abuse", "trafficking", "friend_danger", "health"])
def test_in_danger_the_emergency_number_comes_first(category: str) -> None:
    assert kinds("KE", category, danger=True)[0] == "emergency"
    assert kinds("KE", "self_harm", danger=True)[0] == "crisis_line"
    assert kinds("KE", "self_harm", danger=True, hurt=True)[0] == "emergency"


def test_in_danger_who_can_be_called_comes_before_who_can_only_be_read() -> None:
    site = Helpline("KE-site", "KE", "A site", "child_helpline", url="https://x.org", verified=True)
    campaign = replace(HOUSE, helplines=(site, *HOUSE.helplines))
    first = choose(campaign, "KE", "en", "sextortion", danger=True)[0]
    assert first.number


def test_an_unknown_country_goes_by_language_and_then_worldwide() -> None:
    assert {line.country for line in choose(HOUSE, "", "sw", "")} == {"KE"}
    assert {line.country for line in choose(HOUSE, "unsaid", "en", "")} == {"ZZ"}


def test_a_withdrawn_or_unconfirmed_entry_is_not_shown() -> None:
    gone = replace(HOUSE, helplines=tuple(replace(h, withdrawn=h.country == "KE") for h in HOUSE.helplines))
    assert {line.country for line in choose(gone, "KE", "en", "")} == {"ZZ"}
    new = replace(HOUSE, helplines=tuple(replace(h, verified=h.country != "KE") for h in HOUSE.helplines))
    assert {line.country for line in choose(new, "KE", "en", "")} == {"ZZ"}
    assert {line.country for line in choose(new, "KE", "en", "", demo=True)} == {"KE"}
