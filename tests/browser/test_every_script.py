"""A story is played to its end on a small screen in each script: no cut words, nothing to the side, letters in their own font."""

from __future__ import annotations

import pytest
from playwright.async_api import Locator, Page

from bot import texts
from bot.engine.bubbles import own
from bot.model.campaign import Campaign
from tests.browser.phone import Phone
from tests.browser.pictures import picture
from tests.browser.screens import PHONE, Screens, barriers, too_wide
from tests.scenarios.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

STORY_LINK = "rights"
SCRIPTS = {"en": "Latin", "ne": "Devanagari", "km": "Khmer"}
MOST_TAPS = 40

CUT_OFF = """
() => [...document.querySelectorAll(".message, .message button, .message p")]
    .filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== "inline")
    .map(e => e.tagName + ": " + e.textContent.trim().slice(0, 40))
"""
OVERLAPS = """
() => {
    const boxes = [...document.querySelectorAll(".message")].map(e => e.getBoundingClientRect());
    return boxes.slice(1).filter((box, i) => box.top < boxes[i].bottom - 1).length;
}
"""


async def arrives(phone: Phone, language: int) -> None:
    """Go through the first contact without reading a word: language, age, country, yes."""
    await phone.starts()
    for choice in (language, 1, 0, 0):
        await phone.at_rest()
        await keys(phone).nth(choice).click()
    await phone.at_rest()


async def plays_through(phone: Phone, here: Town, menu: str) -> int:
    """Tap the first answer of each question until the story is over; return how many taps that took."""
    for taps in range(MOST_TAPS):
        await phone.at_rest()
        if menu in here.sim.buttons(phone.name):
            return taps  # only the lasting buttons are left: menu and help
        await keys(phone).first.click()
    return MOST_TAPS


def keys(phone: Phone) -> Locator:
    """Return the buttons of the newest question; a command within the words is none."""
    return phone.page.locator(".message[data-from=bot]", has=phone.page.locator(".keys")).last.locator(".keys button")


async def problems_of(page: Page) -> list[str]:
    """Return what a girl would see as broken."""
    found = [f"cut off: {text}" for text in await page.evaluate(CUT_OFF)]
    if overlaps := await page.evaluate(OVERLAPS):
        found.append(f"{overlaps} bubbles overlap")
    if await too_wide(page):
        found.append("the page scrolls to the side")
    return found + await barriers(page)


def enabled(here: Town) -> Campaign:
    return here.ground.live.campaign


@pytest.mark.parametrize("language", SCRIPTS)
async def test_a_story_is_played_to_its_end_in_each_script(screens: Screens, here: Town, language: str) -> None:
    phone = await screens.phone(f"Ana-{language}", PHONE, language=language, scale=2)
    await arrives(phone, enabled(here).languages.index(language))
    await phone.says(f"/start {STORY_LINK}")
    await phone.at_rest()
    await picture(phone.page, f"chat-{language}-begins")
    assert await problems_of(phone.page) == []

    taps = await plays_through(phone, here, texts.say(enabled(here).catalogues, language, own("button.menu"), {}))
    assert 5 <= taps < MOST_TAPS
    assert await problems_of(phone.page) == []
    await picture(phone.page, f"chat-{language}-ends")
