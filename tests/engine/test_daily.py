"""A tip a day comes only to girls who asked for it and may have it, by daylight, and never while something is wrong."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from bot.engine import daily
from bot.model.conversation import Conversation, Run
from bot.model.effects import ClearTimer, SetTimer
from bot.model.events import TimerRang
from bot.model.flow import Ask, Pick, Variable
from tests.engine.campaign import CAMPAIGN, FLOWS, GROWN, NOON, ONBOARDED, Ana, flow, pick, w, worrying

TIPS = flow(
    "tips",
    Pick(id="tip", tips={name: w(f"Tip {name}") for name in ("one", "two", "three")}, save_as="seen_tips"),
    Ask(id="offer", words=w("One a day?"), choices=(pick("yes", "done"), pick("no", "done")), save_as=daily.WISH),
    remembers={"seen_tips": Variable("seen", keep="profile")},
)


def asked(profile: dict[str, str] = GROWN, says: str = "yes") -> Ana:
    doors = {**CAMPAIGN.doors, daily.DOOR: "tips"}
    campaign = dataclasses.replace(CAMPAIGN, flows={f.id: f for f in (*FLOWS, TIPS)}, doors=doors)
    ana = Ana(Conversation(profile=profile, last_at=NOON, stack=(Run("tips", "offer"),)), campaign=campaign)
    ana.does("!go_on")
    ana.does(f">{says}")
    return ana


def clock(ana: Ana) -> datetime | None:
    return next((e.at for e in ana.effects if isinstance(e, SetTimer) and e.name == daily.NAME), None)


def rings(ana: Ana) -> list[str]:
    return ana.does(TimerRang(daily.NAME))


def test_it_comes_in_the_afternoon_of_her_country_each_day_another_one() -> None:
    ana = asked()
    first = clock(ana)
    assert first is not None and first.astimezone(ZoneInfo("Europe/Amsterdam")).hour == 16

    ana.now = first - timedelta(seconds=30)
    said = rings(ana)[0]
    again = clock(ana)
    assert said.startswith("tip.today / Tip ") and ana.buttons == ["!menu", "!no_tips"]
    assert again is not None and timedelta(hours=23) <= again - first <= timedelta(hours=25)
    assert rings(ana)[0] != said


@pytest.mark.parametrize(("profile", "says"), [(GROWN, "no"), (ONBOARDED, "yes"), ({**GROWN, "opted_in": "no"}, "yes")])
def test_who_did_not_ask_or_may_not_have_it_gets_nothing(profile: dict[str, str], says: str) -> None:
    ana = asked(profile, says)
    assert clock(ana) is None
    assert rings(ana) == [] and clock(ana) is None


def test_nothing_comes_while_she_is_careful_and_tomorrow_it_is_asked_again() -> None:
    ana = asked()
    ana.does(worrying("P1"))
    assert rings(ana) == [] and clock(ana) is not None


def test_nothing_comes_in_quiet_hours() -> None:
    ana = asked()
    ana.now = NOON.replace(hour=23)
    assert rings(ana) == [] and clock(ana) is not None


@pytest.mark.parametrize("what", ["!no_tips", "/stop"])
def test_one_tap_or_one_word_ends_it(what: str) -> None:
    ana = asked()
    ana.does(what)
    assert ClearTimer(daily.NAME) in ana.effects
    assert rings(ana) == []


def test_a_campaign_without_tips_is_quiet() -> None:
    ana = asked()
    ana.campaign = dataclasses.replace(ana.campaign, doors=CAMPAIGN.doors)
    assert rings(ana) == []


def test_after_a_day_of_silence_the_tip_still_comes_from_her_profile() -> None:
    ana = asked()
    ana.chat = replace(Conversation(), profile=ana.chat.profile)
    assert rings(ana)[0].startswith("tip.today")
