"""The stream of a page: which cases in her queue changed, or that the case she has open changed. Ids, never words."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from aiohttp import web

from bot.console.page import Page
from bot.model.ids import CaseId
from bot.work.desk_errors import NotYours

State = Mapping[str, object]


async def stream(page: Page) -> web.StreamResponse:
    """Answer `event: queue` or `event: case` with the ids that changed, as long as the page is open and signed in."""
    case = page.request.query.get("case", "")
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
    await response.prepare(page.request)
    # A page that went away, or a case that is no longer hers, ends the stream; the page asks again and is told why.
    with page.console.news, suppress(ConnectionError, NotYours):
        await _tell(page, response, case)
    return response


async def _tell(page: Page, response: web.StreamResponse, case: str) -> None:
    news, before = page.console.news, _shown(page, case)
    await response.write(b"retry: 1000\n\n")
    changed = True  # something may have happened between the page and its stream
    while not news.closing and await _still_here(page):
        after = await _state(page, case) if changed else before
        ids = [key for key in {*before, *after} if before.get(key) != after.get(key)]
        await response.write(_event("case" if case else "queue", ids) if ids else b": here\n\n")
        before, changed = after, await news.wait()


def _shown(page: Page, case: str) -> State:
    """Return what the page says it shows; a queue asks for everything once."""
    return {case: page.request.query.get("at", "")} if case else {}


async def _still_here(page: Page) -> bool:
    """A stream ends with its session: an idle page hides what it shows."""
    cookie = page.request.cookies.get(page.console.cookie("session"), "")
    return await page.console.accounts.session(cookie, touch=False) is not None


async def _state(page: Page, case: str) -> State:
    """Return what the page shows, as numbers: cases of her queue by version, or her one case and its replies."""
    if not case:
        return {line.case.id: line.case.version for line in await page.console.desk.queue(page.me)}
    return {case: await page.console.desk.glance(page.me, CaseId(case))}


def _event(name: str, ids: list[str]) -> bytes:
    return f"event: {name}\ndata: {','.join(sorted(ids))}\n\n".encode()
