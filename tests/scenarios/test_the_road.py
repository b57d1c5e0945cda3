"""A girl writes, a moderator answers: the whole road through the real bot, by polling and by webhook."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.model.case import CaseState
from bot.model.levels import Level
from tests.scenarios.town import Town, town

pytestmark = pytest.mark.scenario

PLEA = "there is a boy online who kept my video and wants money by friday"


@pytest.fixture(params=["polling", "webhook"])
async def here(request: pytest.FixtureRequest) -> AsyncIterator[Town]:
    async with town(webhook=request.param == "webhook") as opened:
        yield opened


async def test_a_plea_becomes_help_words_and_one_case_that_a_moderator_answers(here: Town) -> None:
    ana = here.girl("Ana")
    await ana.arrives()
    answered = await ana.says(PLEA)
    assert "not your fault" in " ".join(answered[:2])
    assert any("116" in text for text in answered)

    (case,) = await here.cases()
    assert (case.level, case.category, case.country) == (Level.P1, "sextortion", "KE")
    assert case.rules and case.shown_at is not None

    max_ = await here.staff("Max")
    await here.ground.desk.claim(max_, case.id)
    await here.ground.desk.reply(max_, case.id, "I read what you wrote. You did well to tell me.")
    (neutral,) = await here.later("Ana", seconds=6)
    assert "I read what you wrote" not in neutral

    await ana.taps(ana.buttons()[0])
    shown = await ana.taps(ana.buttons()[0])
    assert any("I read what you wrote" in text and text.index("I read what you wrote") > 0 for text in shown)

    await here.ground.desk.resolve(max_, case.id, "real")
    (asked,) = await here.later("Ana", seconds=1)
    assert len(ana.buttons()) == 4, asked
    await ana.taps(ana.buttons()[0])
    closed = await here.ground.store.case(case.id)
    assert (closed.state, closed.helped) == (CaseState.RESOLVED, "yes")


async def test_a_first_message_that_is_a_plea_gets_help_words_before_any_question(here: Town) -> None:
    ana = here.girl("Ana")
    answered = await ana.says(PLEA)
    assert "not your fault" in " ".join(answered[:2])
    assert len(await here.cases()) == 1


async def test_an_edited_message_is_heard_again(here: Town) -> None:
    ana = here.girl("Ana")
    await ana.arrives()
    await ana.says("my day was fine")
    assert await here.cases() == []
    await ana.edits(PLEA)
    assert len(await here.cases()) == 1


async def test_media_are_answered_in_words_and_never_fetched(here: Town) -> None:
    ana = here.girl("Ana")
    await ana.arrives()
    for kind in ("photo", "video", "sticker", "contact", "location", "voice", "document"):
        assert await ana.sends(kind), kind
    assert len(ana.buttons()) >= 4, "a voice note gets buttons to say what it is about"
    assert here.sim.ledger.counts()["violations"] == {}


async def test_in_a_strange_group_the_bot_says_one_sentence_and_leaves(here: Town) -> None:
    here.sim.person("Sam")
    _, group = here.sim.join_group("Sam", "Class 7")
    await here.settle()
    calls = here.sim.ledger.counts()["calls"]
    assert calls.get("leavechat") == 1
    assert len([m for m in group.messages.values() if m.sender is None]) == 1


async def test_text_that_fits_nothing_gets_a_menu_with_i_need_help(here: Town) -> None:
    ana = here.girl("Ana")
    await ana.arrives()
    await ana.says("purple giraffe seventeen")
    assert any("help" in label.lower() for label in ana.buttons())


async def test_a_wipe_clears_the_window_and_keeps_the_case(here: Town) -> None:
    ana = here.girl("Ana")
    await ana.arrives()
    await ana.says(PLEA)
    await ana.says("/wipe")
    await ana.taps(ana.buttons()[0])
    assert len(here.sim.messages("Ana")) == 1
    assert len(await here.cases()) == 1


async def test_the_same_update_delivered_twice_acts_once(here: Town) -> None:
    ana = here.girl("Ana")
    await ana.arrives()
    update = here.sim.say("Ana", PLEA)
    await here.settle()
    seen = len(ana.sees())
    here.sim.again(update)
    await here.settle()
    assert len(ana.sees()) == seen
    assert len(await here.cases()) == 1
