"""For those who read: a break, a talk, what she carries, and the page when a case would be too much for now."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.cases.care import is_heavy
from bot.console.page import Page, go
from bot.model.ids import StaffId
from bot.work.desk.care import TooHeavy
from bot.work.desk.errors import NotYours


async def rest(page: Page) -> web.Response:
    """Begin a break."""
    await page.console.desk.rest(page.me)
    return go("/shift")


async def back(page: Page) -> web.Response:
    """End it."""
    await page.console.desk.back(page.me)
    return go("/queue")


async def ask_talk(page: Page) -> web.Response:
    """Ask her supervisors for a talk."""
    await page.console.desk.ask_talk(page.me)
    return go("/shift#care")


async def take_talk(page: Page) -> web.Response:
    """Look after somebody who asked, or take one's own wish back."""
    await page.console.desk.take_talk(page.me, await page.field("talk"))
    return go("/shift#care")


async def let_go_on(page: Page) -> web.Response:
    """Let somebody go on with heavy cases."""
    person = await page.field("person")
    if not person.isdecimal() or len(person) > 9:
        raise NotYours
    await page.console.desk.let_go_on(page.me, StaffId(int(person)))
    return go("/shift#care")


async def shift_care(page: Page) -> dict[str, Any]:
    """Return what the page My shift shows of it: hers, and that of those she supervises."""
    desk = page.console.desk
    carrying = await desk.carrying(page.me)
    talks = await desk.talks(page.me)
    return {
        "mine_carried": next((one.carried for one in carrying if one.mine), None),
        "team_carried": [one for one in carrying if not one.mine],
        "my_talk": next((talk for talk, who in talks if who.id == page.me.id), None),
        "talks": [(talk, who) for talk, who in talks if who.id != page.me.id],
    }


async def too_heavy(page: Page, error: TooHeavy) -> web.Response:
    """Show why, with the lighter case that waits longest, and a break."""
    heavy = page.console.campaign().care
    lines = await page.console.desk.queue(page.me)
    lighter = [
        line.case
        for line in lines
        if line.may_claim
        and not line.kept
        and not line.passed
        and not is_heavy(line.case.level.value, line.case.category, heavy)
    ]
    why = page.tongue.explain(error)
    return page.show("care/heavy.html", 409, why=why, lighter=lighter[0] if lighter else None)
