"""The chat page in Chromium, as a small phone: what is said appears, changes and vanishes, and everybody can use it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, async_playwright, expect

from bot.simulator.methods import call
from bot.simulator.server import Simulator

CHROMIUM = Path("/usr/bin/chromium")
QUIET = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
KEYS = {
    "inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}, {"text": "Number", "copy_text": {"text": "116"}}]]
}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM.exists() and os.environ.get("CI") != "true", reason="there is no Chromium on this machine"
    ),
]


@pytest.fixture
async def page(sim: Simulator) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        page = await browser.new_page(viewport={"width": 360, "height": 640})
        await page.goto(f"{sim.url}/?user=Ana")
        await expect(page.locator("#log")).to_have_attribute("aria-live", "polite")
        yield page
        await browser.close()


async def test_a_chat_on_a_small_phone(sim: Simulator, page: Page) -> None:
    ana = sim.person("Ana").id

    def bot(method: str, **fields: object) -> int:
        result = call(sim.core, method.lower(), {"chat_id": ana, **fields}, sim.now())
        return int(result["message_id"]) if isinstance(result, dict) else 0

    await page.get_by_role("button", name="Start").click()
    await expect(page.locator("[data-from=person]")).to_contain_text("/start")
    old = bot("sendMessage", text="Ready?", reply_markup=KEYS)
    gone = bot("sendMessage", text="This goes.")
    await page.get_by_role("button", name="Yes").click()
    await sim.until(lambda: len(sim.core.taps) == 1)

    bot("answerCallbackQuery", callback_query_id=next(iter(sim.core.taps)), text="Thank you")
    bot("editMessageText", message_id=old, text="You said yes.")
    bot("deleteMessage", message_id=gone)
    await expect(page.locator("#toast")).to_have_text("Thank you")
    await expect(page.locator(f"[data-message='{old}']")).to_contain_text("You said yes.")
    await expect(page.get_by_text("This goes.")).to_have_count(0)

    await page.get_by_label("Message", exact=True).fill("hello")
    await page.keyboard.press("Enter")
    await expect(page.locator("[data-from=person]").last).to_contain_text("hello")
    await page.keyboard.press("ArrowUp")
    await page.get_by_label("Message", exact=True).fill("hello there")
    await page.keyboard.press("Enter")
    await expect(page.locator("[data-from=person]").last).to_contain_text("hello there")
    assert [u.kind for u in sim.ledger.all_updates] == ["message", "callback_query", "message", "edited_message"]


async def test_nothing_is_cut_off_and_no_accessibility_rule_is_broken(sim: Simulator, page: Page) -> None:
    sim.say("Ana", "a" * 300)
    await page.get_by_role("button", name="Menu").click()
    await page.get_by_label("Language of the phone").select_option("km")
    await expect(page.locator("html")).to_have_attribute("lang", "km")
    broken = (await Axe().run(page)).response["violations"]

    assert [rule["id"] for rule in broken] == []
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    assert sim.person("Ana").language == "km"
