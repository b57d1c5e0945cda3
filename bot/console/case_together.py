"""The forms of a case with which colleagues share it: hand over, accept, ask, whisper, step aside."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.console.page import Page, go
from bot.model.case import Case
from bot.model.ids import StaffId
from bot.work.desk.errors import NotPossible


async def hand_over(page: Page) -> web.Response:
    """Offer the case to a colleague; danger now stays here until she says yes."""
    case = await page.console.desk.hand_over(page.me, page.case_id, await _colleague(page), await page.field("text"))
    return go(f"/cases/{page.case_id}") if case.claimed_by == page.me.id else go("/queue")


async def accept(page: Page) -> web.Response:
    """Take over what a colleague offers."""
    await page.console.desk.accept(page.me, page.case_id)
    return go(f"/cases/{page.case_id}")


async def decline(page: Page) -> web.Response:
    """Say that she cannot take it."""
    await page.console.desk.decline(page.me, page.case_id)
    return go("/queue")


async def ask_opinion(page: Page) -> web.Response:
    """Let a colleague read the case and leave notes."""
    await page.console.desk.ask_opinion(page.me, page.case_id, await _colleague(page), await page.field("text"))
    return _back(page)


async def opinion_done(page: Page) -> web.Response:
    """End a second opinion."""
    case = await page.console.desk.opinion_done(page.me, page.case_id)
    return _back(page) if case.claimed_by == page.me.id else go("/queue")


async def whisper(page: Page) -> web.Response:
    """Leave a line for whoever has the case."""
    await page.console.desk.whisper(page.me, page.case_id, await page.field("text"))
    return _back(page)


async def step_aside(page: Page) -> web.Response:
    """She may know the girl: the case is hidden from her for good."""
    await page.console.desk.step_aside(page.me, page.case_id)
    return go("/queue")


async def together(page: Page, case: Case) -> dict[str, Any]:
    """Return what these forms show: who could take the case, whom it is offered to, who was asked."""
    names = {person.id: person.name for person in await page.console.store.staff()}
    return {
        "colleagues": await page.console.desk.colleagues(page.me, case) if case.open else [],
        "offered_name": names.get(case.offered_to, "") if case.offered_to else "",
        "asked_names": [names.get(one, "") for one in case.also],
    }


async def _colleague(page: Page) -> StaffId:
    chosen = await page.field("colleague")
    if not chosen.isdecimal() or len(chosen) > 9:
        raise NotPossible("Please choose a colleague.")
    return StaffId(int(chosen))


def _back(page: Page) -> web.Response:
    return go(f"/cases/{page.case_id}?words=open#talk")
