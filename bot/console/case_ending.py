"""The forms with which a case comes to its end: referral, duty to report, following up; and uncovering what is hidden."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import date

from aiohttp import web

from bot.console.case import show_case
from bot.console.page import Page, go
from bot.model.case import Case
from bot.model.referral import SENT
from bot.texts import mark
from bot.work.desk.errors import NotPossible
from bot.work.desk.referrals import ReferralForm


async def add_referral(page: Page) -> web.Response:
    """Write a referral down."""
    form = ReferralForm(
        service=await page.field("other") or await page.field("service"),
        took_by=await page.field("took_by"),
        agreement=await page.field("agreement"),
        sent=tuple([code for code in SENT if await page.field(f"sent_{code}")]),
        when=await page.field("when"),
        words=await page.field("words"),
        follow_up=await _day(page, "follow_up"),
    )
    return await _done(page, page.console.desk.add_referral(page.me, page.case_id, form))


async def followed_up(page: Page) -> web.Response:
    """Note that somebody asked how it went."""
    desk, again = page.console.desk, await _day(page, "again")
    await desk.followed_up(page.me, page.case_id, await page.field("referral"), again)
    return go("/queue")


async def reported(page: Page) -> web.Response:
    """Write down that it was reported."""
    to, when, reference = [await page.field(name) for name in ("to", "when", "reference")]
    return await _done(page, page.console.desk.reported(page.me, page.case_id, to, when, reference))


async def ask_not_reported(page: Page) -> web.Response:
    """Ask that nothing be reported."""
    return await _done(page, page.console.desk.ask_not_reported(page.me, page.case_id, await page.field("reason")))


async def settle_not_reported(page: Page) -> web.Response:
    """Decide, as the second person."""
    agree = await page.field("agree") == "yes"
    return await _done(page, page.console.desk.settle_not_reported(page.me, page.case_id, agree=agree))


async def unmask(page: Page) -> web.Response:
    """Show one hidden piece, once."""
    line, _, number = (await page.field("piece")).partition(".")
    shown = await page.console.desk.unmask(
        page.me, page.case_id, _number(line), _number(number), await page.field("reason")
    )
    return page.show("case/uncovered.html", case=shown.case, kind=shown.kind, text=shown.text)


async def _done(page: Page, act: Awaitable[Case]) -> web.Response:
    try:
        await act
    except NotPossible as error:
        return await show_case(page, words=False, status=409, trouble=page.tongue.explain(error))
    return go(f"/cases/{page.case_id}")


async def _day(page: Page, name: str) -> date | None:
    written = await page.field(name)
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise NotPossible(mark("Please write the day as year-month-day.")) from None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 16 else 0
