"""How the console's pages behave: the cover, the keys, the language, and what happens while she writes."""

from __future__ import annotations

import pytest
from playwright.async_api import Route, expect

from tests.browser.pictures import picture
from tests.browser.queue import a_day_at_the_desk, fill
from tests.browser.road import PLEA
from tests.browser.screens import DESK, PHONE, Screens
from tests.scenarios.town import Town

# One loop for all: they share one Chromium, each with a town and windows of its own.
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

ANSWER = "Thank you for telling me. This is not your fault."


async def test_the_whole_triage_goes_by_single_keys_on_a_small_screen(screens: Screens, here: Town) -> None:
    here.unhurried()
    await here.girl("Ana").says(PLEA)
    page = (await screens.moderator(size=PHONE)).page

    async def press(key: str) -> None:
        await page.wait_for_load_state()  # keys work once the page's module has run
        await page.keyboard.press(key)

    await press("j")
    await press("Enter")
    await page.wait_for_url("**/cases/*")
    await press("r")
    await press("Enter")
    await expect(page.get_by_text(PLEA)).to_be_visible()
    await press("r")
    await page.keyboard.type(ANSWER)
    await press("Control+Enter")
    await expect(page.locator(".line.moderator")).to_contain_text(ANSWER)
    await press("u")
    await expect(page.get_by_label("Your reply")).to_have_value(ANSWER)
    await press("n")
    await page.keyboard.type("She is with her aunt.")
    await press("Control+Enter")
    await expect(page.locator(".line.note")).to_contain_text("aunt")
    await press("c")
    await press("Space")
    await press("Enter")
    await page.wait_for_url("**/queue*")
    await expect(page.get_by_text("The case is closed")).to_be_visible()
    assert await here.cases() == []


async def test_what_she_writes_meanwhile_stands_above_the_box_and_the_words_stay(screens: Screens, here: Town) -> None:
    ana = here.girl("Ana")
    await ana.says(PLEA)
    max_ = await screens.moderator()
    await max_.claims()
    await max_.page.get_by_label("Your reply").fill(ANSWER)

    await ana.says("he is writing again now")
    await expect(max_.page.get_by_text("he is writing again now")).to_be_visible()
    await expect(max_.page.get_by_text("She wrote again.")).to_be_visible()
    await expect(max_.page.get_by_label("Your reply")).to_have_value(ANSWER)
    await max_.page.get_by_role("button", name="Seen, send").click()

    await expect(max_.page.locator(".line.moderator")).to_contain_text(ANSWER)


async def test_escape_covers_the_screen_before_the_page_has_loaded_its_module(screens: Screens, here: Town) -> None:
    await fill(here, 3)
    max_ = await screens.moderator()
    await max_.page.route("**/files/console.js", nothing)
    await max_.goes("/queue")
    row = max_.rows().first
    await expect(row).to_be_visible()

    await max_.page.keyboard.press("Escape")
    await expect(row).to_be_hidden()
    await expect(max_.page).to_have_title("Notes")
    await max_.page.locator(".cover").click()
    await expect(row).to_be_visible()
    await max_.page.get_by_role("link", name="Hide").click()
    await expect(row).to_be_hidden()


async def nothing(route: Route) -> None:
    await route.fulfill(body="", content_type="text/javascript")


async def test_without_scripts_hide_leads_to_a_page_that_tells_nothing(screens: Screens, here: Town) -> None:
    await fill(here, 3)
    max_ = await screens.moderator(java_script_enabled=False)

    await max_.page.get_by_role("link", name="Hide").click()

    assert (await max_.page.locator("body").inner_text()).split() == "Notes Back to the start".split()
    await max_.page.get_by_role("link", name="Back to the start").click()
    await expect(max_.rows().first).to_be_visible()


async def test_keys_are_listed_by_one_key_and_can_be_switched_off(screens: Screens, here: Town) -> None:
    await fill(here, 2)
    max_ = await screens.moderator()
    await max_.page.keyboard.press("?")
    await expect(max_.page.get_by_role("dialog")).to_contain_text("The next case in the queue")
    await max_.page.keyboard.press("?")
    await expect(max_.page.get_by_role("dialog")).to_be_hidden()

    await max_.goes("/shift")
    await max_.page.get_by_label("Single keys work.").uncheck()
    await max_.page.get_by_label("Show the pages in grey").check()
    await max_.page.get_by_role("button", name="Keep this on this browser").click()
    await max_.goes("/queue")
    await max_.page.keyboard.press("?")

    await expect(max_.page.get_by_role("dialog")).to_be_hidden()
    grey = await max_.page.locator("#main").evaluate("element => getComputedStyle(element).filter")
    assert grey == "grayscale(1)"


async def test_a_moderator_reads_her_pages_in_the_language_she_chooses(screens: Screens, here: Town) -> None:
    await fill(here, 2)
    max_ = await screens.moderator(java_script_enabled=False)
    for name, code, words in (("नेपाली", "ne", "पर्खेका"), ("ខ្មែរ", "km", "កំពុងរង់ចាំ"), ("English", "en", "Waiting")):
        await max_.page.locator(".tongues summary").click()
        await max_.page.get_by_role("button", name=name).click()
        await expect(max_.page.locator("html")).to_have_attribute("lang", code)
        await expect(max_.page.get_by_role("heading", level=2).first).to_contain_text(words)


PICTURES = {
    "queue": "/queue",
    "case": "/cases/queue1?words=open",
    "shift": "/shift",
    "guide": "/guide",
    "audit": "/audit",
    "operator": "/operator",
}


@pytest.mark.parametrize("language", ["en", "ne", "km"])
async def test_every_page_has_its_picture(screens: Screens, here: Town, language: str) -> None:
    await a_day_at_the_desk(here, language)
    stranger = await screens.window(DESK)
    await stranger.goto(f"{here.demo.console}/sign-in?language={language}")
    await picture(stranger, f"console-{language}-sign-in")
    max_ = await screens.moderator(size=DESK)
    for name, path in PICTURES.items():
        await max_.goes(path)
        assert await max_.page.locator("h1").count() == 1
        await picture(max_.page, f"console-{language}-{name}")
    phone = await screens.moderator(size=PHONE, color_scheme="dark")
    await phone.goes("/cases/queue1?words=open")
    await picture(phone.page, f"console-{language}-phone-dark")
