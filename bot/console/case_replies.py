"""The forms around a reply: send it, let a held one go, send it back, note that one was looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.console.case import show_case
from bot.console.page import Page, go, seen_of
from bot.work.desk.errors import DeskError, NeedsTick, NotPossible, SheWroteFirst, WaitsForHer
from bot.work.desk.reply_wording import Ticks


async def reply(page: Page) -> web.Response:
    """Send her words on their way; five seconds to take them back. What stands against it comes back with the words."""
    text, draft = await page.field("text"), await page.field("draft")
    seen, ticks = await seen_of(page), await _ticks(page)
    try:
        await page.console.desk.reply(page.me, page.case_id, text, seen=seen, draft=draft, ticks=ticks)
    except SheWroteFirst as error:
        return await _again(page, error, {"seen": seen, "ticked": ticks})
    except WaitsForHer as error:
        return await _again(page, error, {})
    except NotPossible as error:
        tick = error.tick if isinstance(error, NeedsTick) else ""
        return await _again(page, error, {"tick": tick, "ticked": ticks}, text=text, draft=draft)
    return _back(page)


async def _again(page: Page, error: DeskError, box: Mapping[str, Any], **more: str) -> web.Response:
    return await show_case(page, words=True, status=409, trouble=page.tongue.explain(error), box=box, **more)


async def _ticks(page: Page) -> Ticks:
    return Ticks(
        fits=await page.field("fits") == "yes",
        anyway=await page.field("anyway") == "yes",
        ask_hours=await page.field("ask_hours") == "yes",
    )


async def release_reply(page: Page) -> web.Response:
    """Let a held reply go, as the second person."""
    await page.console.desk.release_reply(page.me, await page.field("reply"))
    return go("/queue")


async def send_back(page: Page) -> web.Response:
    """Give a held reply back to its writer, with a word."""
    await page.console.desk.send_back(page.me, await page.field("reply"), await page.field("text"))
    return go("/queue")


async def looked_at(page: Page) -> web.Response:
    """Note that a reply which went out without a second person was looked at."""
    await page.console.desk.looked_at(page.me, await page.field("reply"))
    return go("/queue")


def _back(page: Page) -> web.Response:
    return go(f"/cases/{page.case_id}?words=open#talk")
