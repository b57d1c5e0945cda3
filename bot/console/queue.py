"""The queue: who waits, how long, and why, in coded facts. No words of anybody."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.console.page import Page, go
from bot.work.desk_view import QueueLine


async def queue_page(page: Page) -> web.Response:
    """Show the queue."""
    return page.show("queue.html", **await _lines(page))


async def queue_rows(page: Page) -> web.Response:
    """Answer the rows alone, for the page that is open."""
    return page.show("queue/rows.html", **await _lines(page))


async def claim(page: Page) -> web.Response:
    """Take a case and open it."""
    case = await page.console.desk.claim(page.me, page.case_id)
    return go(f"/cases/{case.id}")


async def _lines(page: Page) -> dict[str, Any]:
    lines = _chosen(page, await page.console.desk.queue(page.me))
    return {
        "mine": [line for line in lines if line.mine],
        "free": [line for line in lines if not line.mine and not line.held],
        "held": [line for line in lines if line.held],
        "languages": sorted(set(page.me.languages)),
        "done": page.request.query.get("done") == "closed",
        "chosen": page.request.query.get("language", ""),
    }


def _chosen(page: Page, lines: list[QueueLine]) -> list[QueueLine]:
    """Keep one language if she asked for it. P1 is never filtered away."""
    language = page.request.query.get("language", "")
    return [line for line in lines if not language or line.case.language == language or line.case.level == "P1"]
