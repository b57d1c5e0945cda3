"""Live updates: two hundred open pages whose connections drop, and nobody misses a change. Ids only.

Six seconds by default; `SAFEBOT_LONG=1` makes it the whole minute.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from bot.model.ids import CaseId
from bot.model.levels import Level
from bot.work.clock import SystemClock
from bot.work.desk.board import NOTHING, Board
from tests.console.house import Browser, House, a_house

LISTENERS = 200
SECONDS = 60 if os.environ.get("SAFEBOT_LONG") == "1" else 6
EVERY = 0.25


@dataclass
class Listener:
    """An open page: it notes when it was told what, and its connection drops now and then."""

    browser: Browser
    dice: random.Random
    told: dict[str, float] = field(default_factory=dict)
    drops: int = 0
    slowest: float = 0.0

    async def listen(self) -> None:
        while True:
            try:
                async with asyncio.timeout(self.dice.uniform(0.5, 4)):
                    await self._stream()
            except TimeoutError:
                self.drops += 1
                await asyncio.sleep(self.dice.uniform(0, 0.4))

    async def _stream(self) -> None:
        async with self.browser.http.get(self.browser.root + "/live") as answer:
            while block := await answer.content.readuntil(b"\n\n"):
                if block.startswith(b"event: queue"):
                    for case in block.split(b"data: ")[1].strip().decode().split(","):
                        self.told[case] = time.monotonic()

    def knows(self, case: str, since: float) -> bool:
        return max(self.told.get(case, 0), self.told.get("all", 0)) >= since


async def changes(house: House, seconds: float) -> dict[str, float]:
    """Open cases, claim some and close some, and return when each changed last."""
    changed: dict[str, float] = {}
    end, number = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        case = f"case{number}"
        await house.room.opens(case, level=Level.P4, category="wants_to_talk")
        if number % 3:
            await house.room.desk.claim(house.room.max, CaseId(case))
        if number % 3 == 2:
            await house.room.desk.resolve(house.room.max, CaseId(case), "real")
        changed[case] = time.monotonic()
        number += 1
        await asyncio.sleep(EVERY)
    return changed


@asynccontextmanager
async def listening(house: House) -> AsyncIterator[list[Listener]]:
    first = await house.browser("Lena")
    connector = aiohttp.TCPConnector(limit=0)
    http = aiohttp.ClientSession(cookie_jar=first.http.cookie_jar, connector=connector)
    listeners = [Listener(Browser(http, house.root), random.Random(n)) for n in range(LISTENERS)]
    tasks = [asyncio.create_task(one.listen()) for one in listeners]
    try:
        yield listeners
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await http.close()


async def test_two_hundred_open_pages_whose_connections_drop_miss_nothing(tmp_path: Path) -> None:
    async with a_house(tmp_path, clock=SystemClock(), all_real=True) as house, listening(house) as listeners:
        changed = await changes(house, SECONDS)
        for _ in range(50):  # the last ones to be away come back within half a second
            missed = [c for one in listeners for c, at in changed.items() if not one.knows(c, at)]
            if not missed:
                break
            await asyncio.sleep(0.1)

    drops = sum(one.drops for one in listeners)
    print(f"\n{LISTENERS} listeners, {SECONDS} s, {len(changed)} cases changed, {drops} drops, {len(missed)} missed")
    assert missed == []
    assert drops > LISTENERS


async def test_a_page_that_comes_back_hears_of_a_case_that_has_gone(tmp_path: Path) -> None:
    async with a_house(tmp_path, clock=SystemClock(), all_real=True) as house:
        await house.room.opens()
        number = await house.room.store.news()
        await house.room.desk.claim(house.room.max, CaseId("ana1"))
        await house.room.desk.resolve(house.room.max, CaseId("ana1"), "real")
        max_ = await house.browser("Max")

        first = await first_word(max_, f"/live?shown={number}")
        now = await first_word(max_, f"/live?shown={await house.room.store.news()}")

    assert first == b"event: queue\ndata: all\n\n"
    assert now == b": here\n\n"


async def test_cases_of_other_desks_are_not_told_not_even_by_their_id(tmp_path: Path) -> None:
    async with a_house(tmp_path, clock=SystemClock(), all_real=True) as house:
        olga = await house.browser("Olga")
        async with olga.http.get(house.root + "/live") as answer:
            await answer.content.readuntil(b"\n\n")
            await answer.content.readuntil(b"\n\n")
            await house.room.opens("kenya1")
            await house.room.opens("nepal1", desk="NP", language="ne", country="NP")
            told = await answer.content.readuntil(b"\n\n")

    assert told == b"event: queue\ndata: nepal1\n\n"


async def test_the_store_is_read_once_for_everybody_and_only_when_there_is_news(tmp_path: Path) -> None:
    async with a_house(tmp_path) as house:
        board = Board(house.room.store)
        before = await board.look(("KE",))
        assert await board.look(("KE",)) is before
        await house.room.opens()
        after = await board.look(("KE",))

    assert board.changed(before, after) == ["ana1"]
    assert board.changed(after, after) == ()
    assert board.changed(NOTHING, after) == ["ana1"]


async def first_word(browser: Browser, path: str) -> bytes:
    async with browser.http.get(browser.root + path) as answer:
        await answer.content.readuntil(b"\n\n")
        return await answer.content.readuntil(b"\n\n")
