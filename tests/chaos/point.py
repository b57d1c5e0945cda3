"""One point: a fresh database, girls who write, the bot killed and started again, and what came of it all."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bot.app.demo import HOST, free_port
from bot.vault.ring import KeyRing
from tests.chaos.campaign import write_campaign
from tests.chaos.judge import Verdict, judge
from tests.chaos.load import Load
from tests.chaos.nursery import Nursery, Victim
from tests.chaos.plan import TRAPS, Kill, Point
from tests.chaos.report import Report
from tests.chaos.telegram import DESK_CHAT, TOKEN, Telegram

TOO_LONG = 20.0
"""Seconds after which a kill that waits for its moment happens at once."""
LAST_LOAD = 0.3
SECRET = "chaos-secret-chaos-secret-chaos-secret"


class Arena:
    """What all points share: the simulator, the zygote, the campaign. An async context manager."""

    def __init__(self) -> None:
        self.telegram, self.nursery = Telegram(), Nursery()
        self._folder = tempfile.TemporaryDirectory(prefix="safebot-chaos-")
        self.folder = Path(self._folder.name)

    async def __aenter__(self) -> Arena:
        self.campaign = await asyncio.to_thread(write_campaign, self.folder / "campaign")
        await asyncio.gather(self.telegram.open(), self.nursery.open())
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.gather(self.telegram.close(), self.nursery.close())
        self._folder.cleanup()


async def chaos(points: Sequence[Point], seed: int, tell: Callable[[Point, Verdict], None]) -> Report:
    """Return the report of these points; `tell` hears of each as it is done."""
    report = Report(seed)
    began = time.monotonic()
    async with Arena() as arena:
        for point in points:
            verdict = await Run(arena, point).verdict()
            report.add(point, verdict)
            tell(point, verdict)
    report.seconds = time.monotonic() - began
    return report


class Run:
    """One point, from its first start to the verdict."""

    def __init__(self, arena: Arena, point: Point) -> None:
        self._arena, self._point = arena, point
        self._load = Load(arena.telegram, point.seed, point.girls)
        self._folder = arena.folder / point.seed.replace(":", "-")
        self._folder.mkdir()
        self.log = self._folder / "bot.log"
        self._settings = self._choose_settings()
        self._deaths: list[float] = []
        self._late = 0

    def _choose_settings(self) -> dict[str, Any]:
        port = free_port()
        hook = {"webhook_url": f"http://{HOST}:{port}/telegram", "webhook_secret": SECRET}
        return {
            "token": TOKEN,
            "api_url": self._arena.telegram.url,
            "database_url": f"sqlite:///{self._folder / 'bot.db'}",
            "campaign": str(self._arena.campaign),
            "key": KeyRing.new().dump(),
            "webhook_port": port,
            "console_port": 0,
            "desk_chat": DESK_CHAT,
            "rate_chat": 1000.0,
            "burst_chat": 1000,
            "rate_group": 60000.0,
            **({} if self._point.polling else hook),
        }

    async def verdict(self) -> Verdict:
        """Do it all."""
        telegram, point = self._arena.telegram, self._point
        await telegram.begin(_faults(point), point.seed)
        writing = asyncio.create_task(self._load.run())
        for kill, pause in zip(point.kills, point.pauses, strict=True):
            await self._until_killed(kill)
            await asyncio.sleep(pause)
        last = await self._start(None)
        await self._works()
        await asyncio.sleep(LAST_LOAD)
        self._load.stop()
        await writing
        updates = await telegram.updates()
        await last.kill()
        verdict = judge(self._load.girls.values(), updates, self._load.sends, self._deaths)
        verdict.late = self._late
        return verdict

    async def _until_killed(self, kill: Kill) -> None:
        victim = await self._start(kill)
        try:
            async with asyncio.timeout(TOO_LONG):
                await self._moment(victim, kill)
        except TimeoutError:
            self._late += 1
        await victim.kill()
        self._deaths.append(time.time())
        if victim.gone.result() == 0:
            raise RuntimeError(f"the bot ended by itself. Its log:\n{self.log.read_text()[-3000:]}")

    async def _moment(self, victim: Victim, kill: Kill) -> None:
        """Wait until it is time to kill, or until the trap has done so."""
        if kill.kind in TRAPS:
            await asyncio.shield(victim.gone)
            return
        if kill.kind == "at random, under load":
            await self._works()
        await asyncio.sleep(kill.delay)

    async def _works(self) -> None:
        """Wait until the bot has sent something new."""
        self._load.news.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(TOO_LONG):
                await self._load.news.wait()

    async def _start(self, kill: Kill | None) -> Victim:
        trap = (*TRAPS[kill.kind], kill.nth) if kill is not None and kill.kind in TRAPS else None
        orders = {"settings": self._settings, "log": str(self.log), "trap": trap, "weak": self._point.weak}
        return await self._arena.nursery.born(orders, cold=self._point.cold)


def _faults(point: Point) -> list[dict[str, Any]]:
    """Deliveries that are repeated though the bot answered: the answer is lost, or Telegram just does it."""
    if point.polling:
        return []
    return [{"kind": kind, "method": "webhook", "chance": point.faults} for kind in ("lost_answer", "twice")]
