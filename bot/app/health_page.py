"""/health: alive, ready, and what is wrong, in counts and codes. 200 when ready, 503 when not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.work.health import Health


def health_page(health: Health) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Return the handler."""

    async def answer(_request: web.Request) -> web.Response:
        report = health.report
        body = {
            "alive": True,
            "ready": report.ready,
            "problems": list(report.problems),
            "unsent": report.unsent,
            "parked": report.parked,
            "quarantined": report.quarantined,
        }
        return web.json_response(body, status=200 if report.ready else 503, headers={"Cache-Control": "no-store"})

    return answer
