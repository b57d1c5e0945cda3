"""What every page owes everybody: no barrier, nothing cut off, no mouse needed, no script needed, quickly hidden."""

from __future__ import annotations

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.queue import a_day_at_the_desk
from tests.browser.road import PLEA, first_contact
from tests.browser.screens import DESK, PHONE, Screens, barriers, too_tall, too_wide
from tests.scenarios.town import Town

# One loop for all: they share one Chromium, each with a town and windows of its own.
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

ANSWER = "Thank you for telling me. This is not your fault."
PAGES = (
    "/queue",
    "/cases/queue1",
    "/cases/queue1?words=open",
    "/shift",
    "/leave",
    "/search",
    "/guide",
    "/identity",
    "/audit",
    "/operator",
    "/away",
)


@pytest.mark.parametrize(
    ("language", "colours", "size"),
    [("en", "light", PHONE), ("en", "dark", DESK), ("ne", "light", DESK), ("ne", "dark", PHONE)],
    ids=lambda value: value if isinstance(value, str) else f"{value[0]}px",
)
async def test_no_page_of_the_console_has_a_barrier_or_scrolls_aside(
    screens: Screens, here: Town, language: str, colours: str, size: tuple[int, int]
) -> None:
    await a_day_at_the_desk(here, language)
    stranger = await screens.window(size, color_scheme=colours)
    await stranger.goto(f"{here.demo.console}/sign-in?language={language}")
    found = {"/sign-in": await wrong_with(stranger)}
    max_ = await screens.moderator(size=size, color_scheme=colours)
    for path in PAGES:
        await max_.goes(path)
        assert await max_.page.locator("html").get_attribute("lang") == language
        found[path] = await wrong_with(max_.page)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("colours", ["light", "dark"])
async def test_the_chat_page_has_no_barrier_and_does_not_scroll_aside(
    screens: Screens, here: Town, colours: str
) -> None:
    ana = await screens.phone("Ana", color_scheme=colours)
    assert await wrong_with(ana.page) == [], "before the first tap"
    await first_contact(ana)
    await ana.says(PLEA)
    await ana.reads("A trained person may read this")
    await ana.at_rest()
    assert await wrong_with(ana.page) == [], "in the chat"
    assert not await too_tall(ana.page)
    await ana.page.get_by_role("button", name="Menu").click()
    assert await wrong_with(ana.page) == [], "with the panel open"


async def test_a_moderator_needs_no_mouse_and_no_single_keys(screens: Screens, here: Town) -> None:
    await here.girl("Ana").says(PLEA)
    page = (await screens.moderator()).page
    await tab_to(page, page.get_by_role("button", name="Claim"))
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/cases/*")
    await tab_to(page, page.get_by_role("link", name="Show the words"))
    await page.keyboard.press("Enter")
    await tab_to(page, page.get_by_label("Your reply"))
    await page.keyboard.type(ANSWER)
    await tab_to(page, page.get_by_role("button", name="Send", exact=True))
    await page.keyboard.press("Enter")
    await expect(page.locator(".line.moderator")).to_contain_text(ANSWER)


async def test_escape_blanks_the_screen_and_brings_it_back(screens: Screens, here: Town) -> None:
    await here.girl("Ana").says(PLEA)
    max_ = await screens.moderator()
    await max_.claims()
    hers = max_.page.get_by_text(PLEA)
    await expect(hers).to_be_visible()
    await max_.page.get_by_label("Your reply").focus()
    await max_.page.keyboard.press("Escape")
    await expect(hers).to_be_hidden()
    await expect(max_.page).to_have_title("Notes")
    assert (await max_.page.locator("body").inner_text()).split() == "This screen is hidden. Show it again Esc".split()
    await max_.page.keyboard.press("Escape")
    await expect(hers).to_be_visible()


async def test_without_scripts_a_case_is_claimed_answered_and_resolved(screens: Screens, here: Town) -> None:
    ana = here.girl("Ana")
    await ana.arrives()
    await ana.says(PLEA)
    max_ = await screens.moderator(java_script_enabled=False)
    await max_.claims()
    await expect(max_.page.get_by_text(PLEA)).to_be_visible()
    await max_.writes(ANSWER)
    assert "Something new is here." in await here.later("Ana", seconds=6)
    await max_.resolves()
    assert await here.cases() == []


async def wrong_with(page: Page) -> list[str]:
    """Return what keeps somebody from using this page."""
    return [*await barriers(page), *(["scrolls aside"] if await too_wide(page) else [])]


async def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus, as somebody without a mouse does."""
    await expect(target).to_be_visible()
    for _ in range(60):
        if await target.evaluate("element => element === document.activeElement"):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not come to {target}")
