"""The console in Chromium: a case appears by itself, a moderator claims, answers and takes back by keyboard."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from time import process_time

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, async_playwright, expect

from bot.model.levels import Level
from bot.store.case_records import CaseWrite
from bot.store.turn_records import Turn
from bot.work.clock import SystemClock
from tests.console.house import House, a_house
from tests.work.desk_room import a_case

CHROMIUM = Path("/usr/bin/chromium")
TIMES = """() => {
    const page = performance.getEntriesByType('navigation')[0];
    return [page.responseEnd - page.requestStart, page.domContentLoadedEventEnd - page.requestStart];
}"""
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM.exists() and os.environ.get("CI") != "true", reason="there is no Chromium on this machine"
    ),
]


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        yield browser
        await browser.close()


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with a_house(tmp_path, clock=SystemClock(), all_real=True) as made:
        yield made


async def test_a_case_is_taken_and_answered_by_keyboard_on_a_phone(house: House, chromium: Browser) -> None:
    page = await (await chromium.new_context(viewport={"width": 360, "height": 740})).new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    await page.goto(f"{house.root}/sign-in/{await house.accounts.sign_in_link('Max')}")
    await page.wait_for_url("**/queue")
    await expect(page.get_by_text("Nobody is waiting")).to_be_visible()

    await house.room.opens()
    await expect(page.locator("#case-ana1")).to_contain_text("sextortion", timeout=1000)
    await page.keyboard.press("j")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/cases/ana1")
    await page.keyboard.press("r")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("please help me")).to_be_visible()
    await page.keyboard.press("r")
    await page.keyboard.type("Thank you for telling me.")
    await house.room.ana_writes(text="are you there?")
    await expect(page.get_by_text("are you there?")).to_be_visible(timeout=1000)
    await expect(page.get_by_text("She wrote again.")).to_be_visible()
    await page.get_by_role("button", name="I have read it").press("Enter")
    await expect(page.get_by_text("She wrote again.")).to_be_hidden()
    await page.get_by_role("button", name="Send").press("Enter")
    await page.get_by_role("button", name="Take it back").press("Enter")
    await expect(page.get_by_label("Your reply")).to_have_value("Thank you for telling me.")
    await page.keyboard.press("Escape")
    await expect(page.get_by_text("are you there?")).to_be_hidden()

    assert wrong == []


async def test_every_page_can_be_used_by_everybody(house: House, chromium: Browser) -> None:
    for number in range(12):
        await house.room.opens(f"case{number}", pseudonym=f"Otter {number}")
    await house.room.desk.claim(house.room.max, "case0")
    page = await (await chromium.new_context(viewport={"width": 360, "height": 740})).new_page()
    found, wide = {}, []
    for name, paths in (
        (None, ("/sign-in", "/nothing")),
        ("Max", ("/queue", "/cases/case0", "/cases/case0?words=open", "/shift", "/guide", "/cases/none")),
        ("Sam", ("/operator",)),
    ):
        if name:
            await page.goto(f"{house.root}/sign-in/{await house.accounts.sign_in_link(name)}")
            await page.wait_for_url(re.compile("/(queue|operator)$"))  # the page goes on by itself
        for path in paths:
            await page.goto(house.root + path)
            for violation in (await Axe().run(page)).response["violations"]:
                found[path] = [violation["id"], violation["nodes"][0]["html"]]
            if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append(path)

    assert found == {} and wide == []


async def test_a_queue_of_five_thousand_is_on_the_screen_in_under_300_ms(house: House, chromium: Browser) -> None:
    await crowd(house, 5_000)
    clocks = house.room.desk.clocks
    house.room.desk._clocks = lambda: clocks  # a campaign makes its clocks once
    page = await (await chromium.new_context(viewport={"width": 1366, "height": 768})).new_page()
    await page.goto(f"{house.root}/sign-in/{await house.accounts.sign_in_link('Max')}")
    await page.wait_for_url("**/queue")
    times = []
    for number in range(6):
        await house.room.opens(f"new{number}")  # something changed: the page is made anew
        began = process_time()
        await page.goto(f"{house.root}/queue")
        answered, ready = await page.evaluate(TIMES)
        times.append((answered, ready, (process_time() - began) * 1000 + ready - answered))
    answered, ready, worked = (min(each) for each in zip(*times, strict=True))

    print(f"\n5,000 cases in line: answered in {answered:.0f} ms, ready in Chromium after {ready:.0f} ms, best of six")
    print(f"Without what other programs took: {worked:.0f} ms")
    assert await page.locator(".row").count() == 50
    # Ours and Chromium's work, not the wall clock: a busy machine must not make this fail.
    assert worked < 300


async def crowd(house: House, many: int) -> None:
    """Let so many girls wait, of every level, up to a day."""
    now, turns = house.room.clock.now(), []
    for number in range(many):
        since = now - timedelta(minutes=number % 1440)
        case = a_case(f"crowd{number}", since, level=list(Level)[number % 4], due_at=now + timedelta(hours=1))
        write = CaseWrite(case, (), step="opened")
        turns.append(Turn(key=None, chat=case.chat, at=since, version=0, address=b"sealed", case=write, hers=True))
    await house.room.store.commit_turns(turns)
