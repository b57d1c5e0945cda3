"""Going home with open cases: each goes back in line, to a colleague, or stays with her for some hours."""

from __future__ import annotations

from aiohttp import web

from bot.console import sign_in
from bot.console.page import Page, go
from bot.model.case import Case
from bot.model.ids import StaffId
from bot.work.desk.errors import DeskError, NotPossible
from bot.work.desk.leaving import may_keep

HOURS = (1, 4, 8, 12)


async def leave_page(page: Page) -> web.Response:
    """Ask what happens to each case she has; without any she is signed out, or off duty, at once."""
    return await _show(page, then=page.request.query.get("then", ""))


async def leave_form(page: Page) -> web.Response:
    """Do what she chose for each case, and let her go."""
    then = await page.field("then")
    try:
        for case in await page.console.desk.held(page.me):
            await _settle(page, case, await page.field(f"what_{case.id}"), await page.field(f"note_{case.id}"))
    except DeskError as error:
        return await _show(page, then=then, trouble=page.tongue.explain(error), status=409)
    await page.console.desk.on_shift(page.me, None)
    return await sign_in.sign_out(page) if then == "sign-out" else go("/shift")


async def sign_out(page: Page) -> web.Response:
    """Sign out, after asking what becomes of the cases she still has."""
    if await page.console.desk.held(page.me):
        return go("/leave?then=sign-out")
    return await sign_in.sign_out(page)


async def _settle(page: Page, case: Case, what: str, note: str) -> None:
    """`what`: line, keep:HOURS, or to:STAFF."""
    desk, (kind, _, value) = page.console.desk, what.partition(":")
    if kind == "line":
        await desk.release(page.me, case.id)
    elif kind == "keep" and value in map(str, HOURS):
        await desk.keep(page.me, case.id, int(value))
    elif kind == "to" and value.isdecimal():
        await desk.hand_over(page.me, case.id, StaffId(int(value[:9])), note)
        if case.level == "P1":  # it stays hers until the colleague says yes
            raise NotPossible("Please wait until your colleague has accepted the case of danger now.")
    else:
        raise NotPossible("Please choose what happens to each case.")


async def _show(page: Page, *, then: str, trouble: str = "", status: int = 200) -> web.Response:
    desk = page.console.desk
    held = await desk.held(page.me)
    return page.show(
        "leave.html",
        status,
        held=[(case, await desk.colleagues(page.me, case), may_keep(case)) for case in held],
        hours=HOURS,
        then="sign-out" if then == "sign-out" else "",
        trouble=trouble,
    )
