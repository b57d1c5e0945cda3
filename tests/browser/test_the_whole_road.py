"""A girl on her phone and a moderator at her desk, in two windows at once."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.pictures import picture
from tests.browser.road import (
    PLEA,
    PLEA_IN_SWAHILI,
    first_contact,
    first_contact_in_swahili,
    plays_to_the_end,
    plays_to_the_quiz,
)
from tests.browser.screens import PHONE, Screens
from tests.browser.timing import Stopwatch
from tests.scenarios.town import Town

# One loop for all: they share one Chromium, each with a town and windows of its own.
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

ANSWER = "Thank you for telling me. This is not your fault. You need not pay. Is someone who cares for you near?"


async def test_a_girl_writes_and_a_moderator_answers(screens: Screens, here: Town) -> None:
    ana = await screens.phone("Ana", scale=2)
    max_ = await screens.moderator()
    await expect(max_.page.get_by_text("Nobody is waiting.")).to_be_visible()

    await first_contact(ana)
    await plays_to_the_quiz(ana)
    await ana.at_rest()
    await expect(ana.page.get_by_role("img", name="Photo")).to_have_js_property("complete", True)
    await ana.scrolls_to("Meet Maya.")
    await picture(ana.page, "chat-lesson")
    await plays_to_the_end(ana)

    # She writes; help words come at once, and the case stands in the queue that is open, within a second.
    stopwatch = Stopwatch(ana.page, max_.page)
    await stopwatch.watch()
    await ana.says(PLEA)
    await ana.reads("This is not your fault.")
    took = await stopwatch.seconds()
    print(f"\nFrom her message to the moderator's screen: {took * 1000:.0f} ms")
    assert took < 1
    row = max_.rows().first
    for words in ("P1", "danger now", "sextortion", "en.sextortion", "English · KE"):
        await expect(row).to_contain_text(words)
    await here.settle()
    await ana.reads("A trained person may read this")
    await ana.scrolls_to(PLEA)
    await picture(ana.page, "chat-help")
    await picture(max_.page, "console-queue")

    # A moderator takes it. Her words stand behind one more tap, because looking is written down.
    await max_.claims()
    await expect(max_.page.locator(".line.hers").last).to_contain_text(PLEA)
    await max_.writes(ANSWER)
    await expect(max_.page.get_by_role("button", name="Take it back")).to_be_visible()
    await picture(max_.page, "console-case")

    # The answer: a neutral line, a question, and only then the words, marked as from a person.
    here.clock.jump(seconds=6)
    await ana.reads("Something new is here.")
    await expect(ana.page.get_by_text(ANSWER)).to_have_count(0)
    await ana.answers("Something new is here.", "Open")
    await ana.answers("Are you alone and safe now?", "Yes, show it")
    await expect(ana.asked(ANSWER)).to_contain_text("It comes from a person")
    await expect(max_.page.locator(".line.moderator")).to_contain_text("she opened it")
    await ana.at_rest()
    await picture(ana.page, "chat-answer")

    # It is closed, and she is asked what she would like now.
    await max_.resolves()
    here.clock.jump(seconds=1)
    await ana.answers("Did it help you?", "A little")
    closing = ana.asked("Rest, go on, or something else?")
    await expect(closing.get_by_role("button")).to_have_text(["Rest a little", "Go on", "Something else"])
    assert await here.cases() == []


async def test_a_moderator_does_it_all_on_a_phone(screens: Screens, here: Town) -> None:
    await here.girl("Ana").says(PLEA)
    max_ = await screens.moderator(size=PHONE, scale=2)
    await max_.claims()
    await max_.writes(ANSWER)
    await picture(max_.page, "console-phone")
    here.clock.jump(seconds=6)
    await expect(max_.page.locator(".line.moderator")).to_contain_text("sent, not opened yet")
    await max_.resolves()


async def test_the_first_part_of_the_road_in_swahili(screens: Screens, here: Town) -> None:
    neema = await screens.phone("Neema", language="sw", scale=2)
    max_ = await screens.moderator()
    await first_contact_in_swahili(neema)
    await neema.at_rest()
    await picture(neema.page, "chat-swahili")
    await neema.answers("Je, tuanze?", "Ndiyo, tuanze")
    await neema.reads("Hadithi ziko hapa.")
    await neema.says(PLEA_IN_SWAHILI)
    await neema.reads("si kosa lako")
    for words in ("sextortion", "Swahili · KE", "sw.sextortion"):
        await expect(max_.rows().first).to_contain_text(words)
