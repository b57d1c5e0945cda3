"""The pages of a case's end in Chromium: referral, duty to report, uncovering, search, a case too heavy: no barrier, nothing cut off."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.async_api import Page, expect

from bot.cases.reporting import with_clock
from bot.model.case import Case
from bot.model.levels import Level
from bot.store.case_records import CaseWrite
from bot.store.desk_records import DeskWrite
from tests.browser.queue import fill, pour
from tests.browser.screens import DESK, PHONE, Screens, barriers, too_wide
from tests.scenarios.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

HERS = "he calls from 0700123456 and his page is www.example.com/him"


async def her_case(here: Town, language: str) -> Case:
    """A girl in Cambodia whose case must be reported; Max, who is a lead too, holds it."""
    max_ = await here.staff("Max")
    await here.ground.store.save_staff(replace(max_, language=language, roles=("moderator", "lead")))
    cases = await fill(here, 7)
    duty = replace(cases[5], category="sextortion", version=1)
    clocked = with_clock(duty, here.ground.live.campaign, here.clock.now())
    assert clocked.report_by is not None
    assert await here.ground.store.commit_desk(DeskWrite(case=CaseWrite(clocked, step="raised", at=here.clock.now())))
    await here.ground.desk.claim(await here.staff("Max"), clocked.id)
    await pour(here, clocked.id, [HERS])
    return clocked


async def wrong_with(page: Page) -> list[str]:
    """Open everything that folds, and return what keeps somebody from using the page."""
    await page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    return [*await barriers(page), *(["scrolls aside"] if await too_wide(page) else [])]


@pytest.mark.parametrize(
    ("language", "size", "colours"),
    [("en", PHONE, "light"), ("km", DESK, "dark"), ("sw", PHONE, "dark")],
    ids=("en-phone", "km-desk", "sw-phone"),
)
async def test_the_pages_of_a_cases_end_have_no_barrier_and_nothing_is_cut_off(
    screens: Screens, here: Town, language: str, size: tuple[int, int], colours: str
) -> None:
    case = await her_case(here, language)
    max_ = await screens.moderator(size=size, color_scheme=colours)
    await here.ground.desk.ask_talk(await here.staff("Max"))
    await here.ground.desk.rest(await here.staff("Max"))
    found = {}
    for path in (f"/cases/{case.id}?words=open", "/queue", "/shift", "/search?state=new", "/search?name=none"):
        await max_.goes(path)
        found[path] = await wrong_with(max_.page)

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


async def test_a_number_is_uncovered_once_and_a_referral_written_by_plain_forms(screens: Screens, here: Town) -> None:
    case = await her_case(here, "en")
    page = (await screens.moderator()).page
    await page.goto(f"{here.demo.console}/cases/{case.id}?words=open")
    await expect(page.locator(".line.hers").last).to_contain_text(
        "[••• number hidden] and his page is [••• link hidden]"
    )
    assert "0700123456" not in await page.content()
    await page.get_by_text("Uncover for a referral").click()
    await page.get_by_label("For which service, and why").fill("For the police desk, by phone.")
    await page.get_by_role("button", name="Show it once").click()
    await expect(page.locator(".uncovered")).to_have_text("0700123456")
    assert await barriers(page) == []

    await page.get_by_role("link", name="Back to the case").click()
    assert "0700123456" not in await page.content()
    await page.get_by_text("Refer to a service").click()
    await page.get_by_label("Its name, when it is not in the list").fill("Safe house")
    await page.get_by_label("Who took it there").fill("Sister Rose")
    await page.get_by_label("she agrees", exact=True).check()
    await page.get_by_label("coded facts").check()
    await page.get_by_role("button", name="Keep the referral").click()
    await expect(page.get_by_label("Referrals")).to_contain_text("another service")


async def test_a_case_too_heavy_offers_a_lighter_one_and_a_break_without_a_barrier(
    screens: Screens, here: Town
) -> None:
    cases = await fill(here, 30)
    lena, now = await here.staff("Lena"), here.clock.now()
    await here.ground.store.save_staff(replace(lena, on_shift_until=now + timedelta(hours=8)))
    heavy = [case for case in cases if case.category in ("sextortion", "self_harm") and case.level is Level.P2]
    max_ = await here.staff("Max")
    for number, case in enumerate(heavy[:4]):
        fresh = replace(case, version=1, due_at=now + timedelta(minutes=30))
        await here.ground.store.commit_desk(DeskWrite(case=CaseWrite(fresh, step="raised", at=now)))
        if number < 3:
            await here.ground.desk.claim(max_, case.id)
    page = (await screens.moderator()).page
    await page.goto(f"{here.demo.console}/queue")
    await page.locator(f"#case-{heavy[3].id}").get_by_role("button", name="Claim").click()

    await expect(page.get_by_role("alert")).to_contain_text("3 heavy cases in a row")
    assert [one for one in screens.complaints if "409" not in one] == []
    screens.complaints.clear()  # the browser notes that the answer was no
    assert await barriers(page) == []
    await page.get_by_role("button", name="A break of 15 minutes").click()
    await expect(page.get_by_role("status").first).to_contain_text("You are on a break for another 1")
