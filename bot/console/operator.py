"""The operator's page: what could not be sent, what could not be read, and whether all is well. Nothing of any story."""

from __future__ import annotations

from aiohttp import web

from bot.console.page import Page, go
from bot.store.audit_records import AuditLine
from bot.store.errors import StoreError
from bot.texts import mark
from bot.work.desk.errors import NotPossible

AT_MOST = 200


async def operator_page(page: Page) -> web.Response:
    """Show the outbox's parked rows, quarantine and health."""
    store = page.console.store
    return page.show(
        "operator.html",
        parked=await store.parked(AT_MOST),
        quarantined=await store.quarantined(AT_MOST),
        backlog=await store.backlog(page.console.clock.now()),
        trouble=await _trouble(page),
        can_replay=page.console.replay is not None,
    )


async def _trouble(page: Page) -> str:
    try:
        return await page.console.store.check()
    except StoreError:
        return page.tongue.say(mark("The store does not answer."))


async def quarantine_form(page: Page) -> web.Response:
    """Replay a quarantined update, or drop it unread."""
    row, what = int(page.request.match_info["row"]), page.request.match_info["what"]
    await _audit(page, f"quarantine_{what}", row)
    if not await (_replay(page, row) if what == "replay" else page.console.store.drop_quarantined(row)):
        raise NotPossible("This one is not there any more, or still cannot be handled.")
    return go("/operator")


async def _replay(page: Page, row: int) -> bool:
    if page.console.replay is None:
        raise NotPossible("The bot runs in another process. Replay it there.")
    return await page.console.replay(row)


async def parked_form(page: Page) -> web.Response:
    """Put a parked row back in line, or drop it."""
    row, what = int(page.request.match_info["row"]), page.request.match_info["what"]
    await _audit(page, f"parked_{what}", row)
    if not await page.console.store.move_parked(row, again=what == "again"):
        raise NotPossible("This row is not parked any more.")
    return go("/operator")


async def _audit(page: Page, action: str, row: int) -> None:
    now = page.console.clock.now()
    await page.console.store.audit(AuditLine(now, page.me.id, action, detail=str(row)))
