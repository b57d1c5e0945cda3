"""A trivial Bot API on loopback for this room's tests: it remembers what was asked and answers by script."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

TOKEN = "424242:AAaaBBbbCCccDDddEEeeFFff"
Reply = dict[str, Any] | str | Callable[[web.Request], Any]


@dataclass
class StandIn:
    """What was asked, in order, and what is answered next; sends are numbered from 101."""

    url: str = ""
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    script: dict[str, list[tuple[int, Any]]] = field(default_factory=dict)
    uploads: int = 0
    sent: int = 100

    def will(self, method: str, *answers: tuple[int, Any]) -> None:
        """Answer the next calls of a method like this: (status, body or bytes)."""
        self.script.setdefault(method, []).extend(answers)

    def calls(self, method: str) -> list[dict[str, Any]]:
        return [values for name, values in self.asked if name == method]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        self.asked.append((method, await self._values(request)))
        status, body = self._next(method)
        if isinstance(body, Exception):
            assert request.transport is not None
            request.transport.close()
        if isinstance(body, (dict, list)):
            return web.json_response(body, status=status)
        return web.Response(status=status, body=body if isinstance(body, bytes) else b"", content_type="text/html")

    async def _values(self, request: web.Request) -> dict[str, Any]:
        if request.content_type == "application/json":
            return dict(json.loads(await request.read()))
        form = await request.post()
        self.uploads += any(isinstance(value, web.FileField) for value in form.values())
        return {name: value if isinstance(value, str) else "FILE" for name, value in form.items()}

    def _next(self, method: str) -> tuple[int, Any]:
        if waiting := self.script.get(method):
            return waiting.pop(0)
        self.sent += 1
        results: dict[str, Any] = {
            "sendMessage": {"message_id": self.sent, "text": "…", "chat": {"id": 1, "type": "private"}, "date": 1},
            "sendPhoto": {"message_id": self.sent, "photo": [{"file_id": "small"}, {"file_id": "big"}]},
            "sendVoice": {"message_id": self.sent, "voice": {"file_id": "voice"}},
            "getMe": {"id": 424242, "is_bot": True, "first_name": "Bot", "username": "stand_in_bot"},
            "getUpdates": [],
        }
        return 200, {"ok": True, "result": results.get(method, True)}


def refusal(code: int, description: str, **parameters: Any) -> tuple[int, dict[str, Any]]:
    """Return a refusal as Telegram writes it."""
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    return code, {**body, "parameters": parameters} if parameters else body


@asynccontextmanager
async def serving(app: web.Application) -> AsyncIterator[str]:
    """Serve an application on loopback and give its address."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    try:
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def standing_in() -> AsyncIterator[StandIn]:
    """Serve a stand-in."""
    stand_in = StandIn()
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", stand_in.answer)
    async with serving(app) as stand_in.url:
        yield stand_in


class JumpingClock:
    """A clock whose waits pass at once; `waits` says how long they would have been."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
        self.waits: list[float] = []

    def now(self) -> datetime:
        return self.time

    async def sleep_until(self, when: datetime) -> None:
        self.waits.append((when - self.time).total_seconds())
        self.time = max(self.time, when) + timedelta(microseconds=1)
