"""A phone in one hand: the next thing to tap stands in the first window, the reply box is one tap away, tables can be read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.async_api import Locator, expect

from tests.browser.queue import fill, pour
from tests.browser.screens import PHONE, Screens, too_wide
from tests.scenarios.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]


async def lower_edge(place: Locator) -> float:
    box = await place.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


@pytest.mark.parametrize("language", ["en", "ne", "km"])
async def test_after_claiming_the_button_for_her_words_needs_no_scrolling(
    screens: Screens, here: Town, language: str
) -> None:
    case = (await fill(here, 1))[0]
    await here.ground.store.save_staff(replace(await here.staff("Max"), language=language))
    await here.ground.desk.claim(await here.staff("Max"), case.id)
    max_ = await screens.moderator(size=PHONE)

    await max_.goes(f"/cases/{case.id}")

    assert await lower_edge(max_.page.locator("[data-open]")) < PHONE[1]


async def test_from_the_top_of_a_long_talk_the_reply_box_is_one_tap_away(screens: Screens, here: Town) -> None:
    case = (await fill(here, 1))[0]
    await here.ground.desk.claim(await here.staff("Max"), case.id)
    await pour(here, case.id, [f"line {number} of a long talk" for number in range(20)])
    max_ = await screens.moderator(size=PHONE)
    await max_.goes(f"/cases/{case.id}")
    await max_.opens_the_words()
    way = max_.page.get_by_role("link", name="To the reply box")
    await expect(way).to_be_in_viewport()

    await way.click()

    await expect(max_.page.get_by_label("Your reply")).to_be_in_viewport()


async def test_the_lines_of_the_audit_stay_flat_on_a_phone(screens: Screens, here: Town) -> None:
    await here.ground.accounts.add("Aud", ("auditor",), (), ("en",))
    aud = await screens.moderator("Aud", size=PHONE)

    heights = await aud.page.locator("tbody tr").evaluate_all("rows => rows.map(row => row.offsetHeight)")

    assert heights
    assert max(heights) < 120
    assert not await too_wide(aud.page)


async def test_who_writes_stories_is_told_that_nothing_here_is_hers_to_do(screens: Screens, here: Town) -> None:
    await here.ground.accounts.add("Edi", ("editor",), (), ("en",))
    edi = await screens.moderator("Edi", size=PHONE)

    await expect(edi.page.get_by_text("Stories are written in files, not here.")).to_be_visible()
    await edi.page.goto(f"{here.demo.console}/queue")
    await expect(edi.page.get_by_role("link", name="Back to the start")).to_be_visible()
    screens.complaints.clear()  # the browser notes that there is no such page for her
