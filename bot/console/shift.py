"""My shift: what she holds, what she closed today, and until when she stays."""

from __future__ import annotations

from datetime import timedelta

from aiohttp import web

from bot.console.care import shift_care
from bot.console.page import Page, go
from bot.work.desk.errors import NotPossible

LONGEST_SHIFT = 10


async def shift_page(page: Page) -> web.Response:
    """Show her shift."""
    lines = await page.console.desk.queue(page.me)
    closed = await page.console.desk.closed(page.me)
    return page.show(
        "shift.html",
        mine=[line for line in lines if line.mine],
        waiting_count=sum(not line.mine and not line.held for line in lines),
        closed=[case for case in closed if case.claimed_by == page.me.id],
        team=[case for case in closed if case.claimed_by != page.me.id],
        **await shift_care(page),
    )


async def shift_form(page: Page) -> web.Response:
    """Begin, lengthen or end her shift."""
    hours = await page.field("hours")
    if not hours.isdecimal() or int(hours[:3]) > LONGEST_SHIFT:
        raise NotPossible("Please choose for how long you stay.")
    if not int(hours) and await page.console.desk.held(page.me):
        return go("/leave")
    until = page.console.clock.now() + timedelta(hours=int(hours)) if int(hours) else None
    await page.console.desk.on_shift(page.me, until)
    return go("/shift")


async def guide_page(page: Page) -> web.Response:
    """Show the moderators' guide."""
    return page.show("guide.html")
