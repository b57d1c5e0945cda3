"""How long it takes from her tap on "send" until a moderator sees the case: read off the two pages' own clocks."""

from __future__ import annotations

import asyncio
from typing import Any

from playwright.async_api import Page

SENT = """() => document.querySelector('#composer').addEventListener(
    'submit', () => { window.sentAt = Date.now(); }, { capture: true, once: true })"""

SEEN = """() => new Promise((done) => {
    const look = () => document.querySelector('.row')?.offsetParent ? done(Date.now()) : requestAnimationFrame(look);
    look();
})"""


class Stopwatch:
    """Starts when the phone sends, stops with the frame in which the console shows a row."""

    def __init__(self, phone: Page, console: Page) -> None:
        self._phone = phone
        self._console = console
        self._seen: asyncio.Task[Any] | None = None

    async def watch(self) -> None:
        await self._phone.evaluate(SENT)
        self._seen = asyncio.create_task(self._console.evaluate(SEEN))

    async def seconds(self) -> float:
        assert self._seen is not None
        seen = await asyncio.wait_for(self._seen, 10)
        return float(seen - await self._phone.evaluate("window.sentAt")) / 1000
