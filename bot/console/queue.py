"""The queue: who waits, how long, and why, in coded facts. No words of anybody."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from bot.cases.permissions import may
from bot.console.care import too_heavy
from bot.console.page import Page, go
from bot.work.desk.care import TooHeavy
from bot.work.desk.core import view_of
from bot.work.desk.reading import desks_of
from bot.work.desk.view import QueueLine

AT_ONCE = 50
"""Lines of a page. Nobody reads more, and the most urgent stand on the first."""

BESIDE = 8
"""Waiting cases beside an open one."""


async def queue_page(page: Page) -> web.Response:
    """Show the queue."""
    return page.show("queue.html", **await _lines(page), follow_ups=await page.console.desk.follow_ups(page.me))


async def queue_rows(page: Page) -> web.Response:
    """Answer the rows alone, for the page that is open."""
    return page.show("queue/rows.html", **await _lines(page))


async def queue_beside(page: Page) -> web.Response:
    """Answer the short queue that stands beside an open case."""
    return page.show("queue/beside.html", **await beside(page), here_case=page.request.query.get("case", ""))


async def claim(page: Page) -> web.Response:
    """Take a case and open it."""
    try:
        case = await page.console.desk.claim(page.me, page.case_id)
    except TooHeavy as error:
        return await too_heavy(page, error)
    return go(f"/cases/{case.id}")


async def beside(page: Page) -> dict[str, Any]:
    """Return her own cases and the next in line, as they stand beside the case that is open."""
    lines, number = await _all(page)
    free = [line for line in lines if not _hers(line) and not line.held]
    return {
        "shown": number,
        "mine_beside": [line for line in lines if _hers(line)],
        "free_beside": free[:BESIDE],
        "free_count": len(free),
    }


async def _lines(page: Page) -> dict[str, Any]:
    everything, number = await _all(page)
    lines = _chosen(page, everything)
    free = [line for line in lines if not _hers(line) and not line.held]
    to_decide = [line for line in everything if line.held and not _hers(line) and _asks_her(page, line)]
    held = [line for line in lines if line.held and not _hers(line) and line not in to_decide]
    at = _page_number(page, len(free))
    return {
        "shown": number,
        "to_review": await page.console.desk.to_review(page.me),
        "mine": [line for line in lines if _hers(line)],
        "free": free[(at - 1) * AT_ONCE : at * AT_ONCE],
        "free_count": len(free),
        "to_decide": to_decide,
        "held": held[:AT_ONCE],
        "held_count": len(held),
        "languages": sorted(set(page.me.languages)),
        "done": page.request.query.get("done") == "closed",
        "chosen": page.request.query.get("language", ""),
        "trained": page.request.query.get("skill") == "mine",
        "query": urlencode(
            {"language": page.request.query.get("language", ""), "skill": page.request.query.get("skill", "")}
        ),
        "at": at,
        "pages": _pages(len(free)),
    }


async def _all(page: Page) -> tuple[list[QueueLine], int]:
    await page.console.desk.at_work()
    seen = await page.console.news.board.look(desks_of(page.me))
    return page.console.desk.lines(page.me, seen.cases.values()), seen.number


def _pages(many: int) -> int:
    return max(1, -(-many // AT_ONCE))


def _page_number(page: Page, many: int) -> int:
    asked = page.request.query.get("page", "")
    return min(_pages(many), max(1, int(asked))) if asked.isdecimal() and len(asked) < 6 else 1


def _chosen(page: Page, lines: list[QueueLine]) -> list[QueueLine]:
    """Keep one language, or what she is trained for, if she asked for it. P1 is never filtered away."""
    language, trained = page.request.query.get("language", ""), page.request.query.get("skill") == "mine"
    return [
        line
        for line in lines
        if line.case.level == "P1"
        or ((not language or line.case.language == language) and (not trained or line.case.category in page.me.skills))
    ]


def _asks_her(page: Page, line: QueueLine) -> bool:
    """Return whether a colleague waits for her as the second person: to lower a case, or not to report it."""
    now = page.console.clock.now()
    return any(may(view_of(page.me), action, line.case, now) for action in ("lower_level", "agree_not_reported"))


def _hers(line: QueueLine) -> bool:
    """Return whether a line stands on top: she has it, it is offered to her, or a colleague asks what she thinks."""
    return line.mine or line.offered or line.asked
