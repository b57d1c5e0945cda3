"""The forms of a case page. Each does one thing at the desk and shows the case again."""

from __future__ import annotations

from aiohttp import web

from bot.console.page import Page, go, seen_of
from bot.model.levels import Level
from bot.work.desk.errors import NotPossible


async def undo(page: Page) -> web.Response:
    """Take a reply back."""
    await page.console.desk.undo(page.me, await page.field("reply"))
    return _back(page)


async def discard(page: Page) -> web.Response:
    """Throw a draft away."""
    await page.console.desk.discard(page.me, await page.field("reply"))
    return _back(page)


async def note(page: Page) -> web.Response:
    """Keep a note for colleagues."""
    await page.console.desk.note(page.me, page.case_id, await page.field("text"))
    return _back(page)


async def renew(page: Page) -> web.Response:
    """Keep the claim: she is writing."""
    await page.console.desk.renew(page.me, page.case_id)
    return web.Response(status=204)


async def release(page: Page) -> web.Response:
    """Pass the case on, for whatever reason: nobody asks."""
    await page.console.desk.pass_on(page.me, page.case_id)
    return go("/queue")


async def take_over(page: Page) -> web.Response:
    """Take the case from a colleague."""
    await page.console.desk.take_over(page.me, page.case_id)
    return go(f"/cases/{page.case_id}")


async def close(page: Page) -> web.Response:
    """Resolve or refer the case."""
    desk, outcome, seen = page.console.desk, await page.field("outcome"), await seen_of(page)
    if await page.field("how") == "refer":
        await desk.refer(page.me, page.case_id, outcome, seen=seen)
    else:
        await desk.resolve(page.me, page.case_id, outcome, seen=seen)
    return go("/queue?done=closed")


async def reopen(page: Page) -> web.Response:
    """Put a closed case back in line."""
    await page.console.desk.reopen(page.me, page.case_id)
    return go("/queue")


async def raise_level(page: Page) -> web.Response:
    """Raise the level, alone."""
    await page.console.desk.raise_level(page.me, page.case_id, await _level(page))
    return _back(page)


async def ask_lower(page: Page) -> web.Response:
    """Ask a second person to lower the level."""
    await page.console.desk.ask_lower(page.me, page.case_id, await _level(page), await page.field("reason"))
    return _back(page)


async def lower(page: Page) -> web.Response:
    """Decide, as the second person."""
    agree = await page.field("agree") == "yes"
    await page.console.desk.lower_level(page.me, page.case_id, agree=agree, shown=await _level(page) if agree else None)
    return _back(page)


async def _level(page: Page) -> Level:
    try:
        return Level(await page.field("level"))
    except ValueError:
        raise NotPossible("Please choose a level.") from None


def _back(page: Page) -> web.Response:
    return go(f"/cases/{page.case_id}?words=open#talk")
