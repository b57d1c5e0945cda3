"""The stream of a page: which cases in her queue changed, or that the case she has open changed. Ids, never words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from aiohttp import web

from bot.console.page import Page
from bot.model.ids import CaseId
from bot.work.desk.board import NOTHING, Seen
from bot.work.desk.errors import NotYours
from bot.work.desk.reading import desks_of

EVERYTHING = b"event: queue\ndata: all\n\n"


async def stream(page: Page) -> web.StreamResponse:
    """Answer `event: queue` and `event: case` with the ids that changed, as long as the page is open and signed in."""
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
    await response.prepare(page.request)
    listener = _Listener(page)
    # A page that went away, or a case that is no longer hers, ends the stream; the page asks again and is told why.
    with page.console.news, suppress(ConnectionError, NotYours):
        await listener.tell(response)
    return response


class _Listener:
    """One open page: what it was told last, so that nothing is told twice and nothing is left out.

    A new stream says that anything may have changed, unless the page shows (`shown`) what stands in the store: so nothing is
    missed that happened while it had no stream.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._case = CaseId(page.request.query.get("case", ""))
        self._glance = page.request.query.get("at", "")
        self._shown = page.request.query.get("shown", "")
        self._seen = NOTHING

    async def tell(self, response: web.StreamResponse) -> None:
        """Write what changed, and a sign of life in between, until the page is gone."""
        news = self._page.console.news
        await response.write(b"retry: 1000\n\n")
        changed = True  # something may have happened between the page and its stream
        while not news.closing and await self._still_here():
            events = await self._events() if changed else b""
            await response.write(events or b": here\n\n")
            changed = await news.wait()

    async def _still_here(self) -> bool:
        """A stream ends with its session: an idle page hides what it shows."""
        page = self._page
        cookie = page.request.cookies.get(page.console.cookie("session"), "")
        return await page.console.accounts.session(cookie, touch=False) is not None

    async def _events(self) -> bytes:
        return await self._about_the_queue() + await self._about_the_case()

    async def _about_the_queue(self) -> bytes:
        board, before = self._page.console.news.board, self._seen
        self._seen = await board.look(desks_of(self._page.me))
        if before is NOTHING:
            return b"" if self._shown == str(self._seen.number) else EVERYTHING
        return _event("queue", self._hers(board.changed(before, self._seen), before))

    def _hers(self, changed: Sequence[CaseId], before: Seen) -> list[CaseId]:
        """What she may see a line of, or might until now."""
        desk, me = self._page.console.desk, self._page.me
        return [c for c in changed if any(c in s.cases and desk.may_see(me, s.cases[c]) for s in (before, self._seen))]

    async def _about_the_case(self) -> bytes:
        if not self._case:
            return b""
        before, self._glance = self._glance, await self._page.console.desk.glance(self._page.me, self._case)
        return b"" if before == self._glance else _event("case", [self._case])


def _event(name: str, ids: Iterable[CaseId]) -> bytes:
    told = ",".join(sorted(ids))
    return f"event: {name}\ndata: {told}\n\n".encode() if told else b""
