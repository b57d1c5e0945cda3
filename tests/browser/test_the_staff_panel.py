"""The staff panel of the demo in Chromium: beside the chat and on a phone, by keyboard, and while files are saved."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from bot.app.demo import running_demo
from bot.flowfile.graph import as_svg, picture_of_campaign, picture_of_flow
from bot.flowfile.load import sketch
from tests.browser.pictures import picture
from tests.browser.screens import Screens, barriers, too_wide
from tests.clocks import JumpClock
from tests.scenarios.town import ROOT, Town

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]
MANUAL = ROOT / "flows" / "manual"
STRANGE = "खतरा लागे मद्दत माग्नुहोस्। ខ្ញុំត្រូវការជំនួយពីអ្នកណាម្នាក់ដែលអាចទុកចិត្តបាន។ Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"


@pytest_asyncio.fixture(loop_scope="package")
async def folder(tmp_path: Path) -> Path:
    for name in ("flows", "locales"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


@pytest_asyncio.fixture(loop_scope="package")
async def screens(chromium: Browser, folder: Path) -> AsyncIterator[Screens]:
    clock = JumpClock()
    async with running_demo(folder, clock=clock, rates="off", rate_chat=1000.0, burst_chat=1000) as demo:
        opened = Screens(chromium, Town(demo, clock))
        yield opened
        assert opened.complaints == []


async def opened(screens: Screens, size: tuple[int, int]) -> Page:
    """Return Ana's chat with the panel open beside it."""
    page = (await screens.phone("Ana", size)).page
    if size[0] < 768:
        await page.get_by_role("button", name="Menu").click()
    await page.get_by_role("button", name="Look behind the story").click()
    await expect(page.locator("#staff-picture svg")).to_be_visible()
    return page


async def for_the_manual(page: Page, name: str) -> None:
    """Take a picture of a window that is wide enough for chat, panel and drawing."""
    size = page.viewport_size
    await page.set_viewport_size({"width": 1300, "height": 740})
    await picture(page, name, MANUAL)
    if size is not None:
        await page.set_viewport_size(size)


def field(page: Page, name: str) -> Locator:
    return page.get_by_role("combobox", name=name, exact=True)


async def test_staff_put_her_on_a_step_and_see_it_in_the_picture(screens: Screens) -> None:
    page = await opened(screens, (1000, 800))
    await field(page, "Flow").select_option("lesson_telegram")
    await field(page, "Step").select_option("number")
    await field(page, "Age").select_option("13_15")
    await field(page, "Country").select_option("KE")
    await field(page, "Opted in").select_option("yes")
    await page.get_by_role("button", name="Start here").click()

    await expect(page.locator("#log")).to_contain_text("Door one is your phone")
    await expect(page.locator("#staff-now")).to_contain_text("lesson_telegram / number, waits for her")
    await expect(page.locator("#staff-picture .here")).to_have_attribute("data-name", "number")
    await field(page, "Language").select_option("sw")
    await expect(page.locator("#log")).to_contain_text("Mlango wa kwanza")
    await expect(page.locator("#staff-picture")).to_contain_text("Mlango wa kwanza")
    await page.locator("#text").fill("asante")
    await page.keyboard.press("Enter")
    await expect(page.locator("#staff-now")).to_contain_text("nothing worrying")
    assert not await too_wide(page)
    assert await barriers(page) == []
    await field(page, "Language").select_option("en")
    await expect(page.locator("#log")).to_contain_text("Door one is your phone")
    await expect(page.locator("#staff-picture")).to_contain_text("Door one is your phone")
    await for_the_manual(page, "staff-panel")


async def test_a_saved_mistake_shows_with_its_line_and_the_old_story_plays_on(screens: Screens, folder: Path) -> None:
    page = await opened(screens, (1000, 800))
    file = folder / "flows" / "lesson_telegram.yaml"
    good = file.read_text(encoding="utf-8")
    await field(page, "Flow").select_option("lesson_telegram")
    await field(page, "Step").select_option("meet")
    await page.get_by_role("button", name="Start here").click()
    await expect(page.locator("#log")).to_contain_text("This is Zawadi")

    file.write_text(good.replace("-> waited", "-> wated"), encoding="utf-8")
    screens.here.clock.jump(seconds=2)
    await expect(page.locator("#staff-trouble .wrong")).to_contain_text("flows/lesson_telegram.yaml:")
    await expect(page.locator("#staff-trouble")).to_contain_text("The version before them keeps running.")
    await expect(page.locator("#staff-picture")).to_contain_text("does not exist · wated")
    await for_the_manual(page, "staff-mistake")
    await page.get_by_role("button", name="Start here").click()
    await expect(page.get_by_role("button", name="Wait and ask her sister")).to_have_count(2)

    file.write_text(good.replace("This is Zawadi", "Here is Zawadi"), encoding="utf-8")
    screens.here.clock.jump(seconds=2)
    await expect(page.locator("#staff-trouble .wrong")).to_have_count(0)
    await expect(page.locator("#staff-picture")).to_contain_text("Here is Zawadi")


async def test_on_a_phone_it_covers_the_chat_and_works_by_keyboard(screens: Screens) -> None:
    page = await opened(screens, (360, 740))

    assert not await too_wide(page)
    assert await barriers(page) == []
    await field(page, "Flow").focus()
    await page.keyboard.type("menu")
    await page.get_by_role("button", name="Start here").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#staff-now")).to_contain_text("menu / pick")
    await page.keyboard.press("Escape")
    await expect(page.locator("#staff")).to_be_hidden()
    await expect(page.locator("#menu")).to_be_focused()
    await expect(page.locator("#log")).to_contain_text("Here are the stories")


async def test_a_tap_into_the_picture_chooses_the_step(screens: Screens) -> None:
    page = await opened(screens, (1000, 800))
    await page.get_by_role("button", name="All flows").click()
    await page.locator("#staff-picture [data-name=lesson_telegram]").click()
    await page.locator("#staff-picture [data-name=message]").click()
    await page.keyboard.press("Enter")

    await expect(page.locator("#staff-now")).to_contain_text("lesson_telegram / message, waits for her")


@pytest.mark.parametrize("language", ["", "sw", "strange"])
async def test_no_word_sticks_out_of_its_box(screens: Screens, folder: Path, language: str) -> None:
    if language == "strange":
        file = folder / "flows" / "lesson_telegram.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace("This is Zawadi", STRANGE), encoding="utf-8")
    draft, problems = sketch(folder)
    shown = language if language == "sw" else ""
    drawn = [as_svg(picture_of_flow(draft, flow, problems, shown)) for flow in draft.flows]
    page = await screens.window((1200, 800))
    await page.set_content("".join([*drawn, as_svg(picture_of_campaign(draft, problems, shown))]))

    assert await page.evaluate(STICKING_OUT) == []


STICKING_OUT = """() => [...document.querySelectorAll('svg g > text')].filter((text) => {
    const line = text.getBBox();
    const boxes = [...text.parentNode.querySelectorAll('rect, path, polygon, circle')].map((shape) => shape.getBBox());
    return boxes.length && !boxes.some((box) => line.x >= box.x && line.x + line.width <= box.x + box.width);
}).map((text) => text.textContent)"""
