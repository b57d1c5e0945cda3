"""Two thousand messages that want to do harm, on the page of a case in Chromium."""

from __future__ import annotations

import random
from itertools import cycle, islice

import pytest
from playwright.async_api import Page

from tests.browser.hostile import hostile
from tests.browser.queue import fill, pour
from tests.browser.screens import PHONE, Screens, too_wide
from tests.scenarios.town import Town

# One loop for all: they share one Chromium, each with a town and windows of its own.
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

MESSAGES = 2_000

WATCH = """
window.reports = 0;
document.addEventListener('securitypolicyviolation', () => { window.reports += 1; });
"""

BROKEN = """() => {
    const wrong = [];
    for (const line of document.querySelectorAll('.line')) {
        const by = line.querySelector('.by'), text = line.querySelector('.text');
        if (getComputedStyle(by).direction !== 'ltr' || !by.textContent.includes('wrote')) wrong.push('who said it');
        if (text.getBoundingClientRect().right > line.getBoundingClientRect().right + 1) wrong.push('sticks out');
        if (line.getBoundingClientRect().height > 1500) wrong.push('a wall');
        if (line.querySelector('script, img, svg, iframe, form, a, link, meta, base, style, object, input')) wrong.push('markup');
    }
    return wrong;
}"""


async def test_two_thousand_hostile_messages_do_nothing(screens: Screens, here: Town) -> None:
    (case,) = await fill(here, 1)
    await here.ground.desk.claim(await here.staff("Max"), case.id)
    dice = random.Random(2_000)
    await pour(here, case.id, [make(dice) for make in islice(cycle(hostile()), MESSAGES)])
    max_ = await screens.moderator()
    outside = await watched(max_.page, max_.console)

    await max_.goes(f"/cases/{case.id}?words=open")

    assert await max_.page.locator(".line.hers").count() == MESSAGES + 1
    wrong = await max_.page.evaluate(BROKEN)
    await max_.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    ran, reports = await max_.page.evaluate("[window.ran ?? 0, window.reports]")
    print(
        f"\n{MESSAGES} hostile messages: {ran} scripts ran, {len(outside)} outside requests, {reports} policy reports"
    )
    assert (ran, outside, reports, sorted(set(wrong))) == (0, [], 0, [])
    assert not await too_wide(max_.page)


async def watched(page: Page, console: str) -> list[str]:
    """Return the list in which addresses outside the console and dialogs are noted."""
    outside: list[str] = []
    page.on("request", lambda request: None if request.url.startswith(console) else outside.append(request.url))
    page.on("dialog", lambda dialog: outside.append(dialog.message))
    await page.add_init_script(WATCH)
    return outside
