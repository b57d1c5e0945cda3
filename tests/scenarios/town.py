"""The whole house in one process: real bot, real console, the stand-in for Telegram; and people who use it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.app.demo import Demo, running_demo
from bot.model.case import Case
from bot.store.staff_records import Staff
from tests.clocks import JumpClock

ROOT = Path(__file__).resolve().parents[2]
EVERY_DESK = ("KE", "NP", "KH", "PH", "NL", "ZZ", "focal")


@dataclass(slots=True)
class Girl:
    """Somebody who writes to the bot. Each verb returns what the bot answered to it."""

    town: Town
    name: str
    arrived: bool = False

    async def says(self, text: str) -> list[str]:
        return await self.town.answers(self.name, lambda: self.town.sim.say(self.name, text))

    async def taps(self, label: str) -> list[str]:
        return await self.town.answers(self.name, lambda: self.town.sim.press(self.name, label))

    async def sends(self, kind: str, caption: str = "") -> list[str]:
        return await self.town.answers(self.name, lambda: self.town.sim.send_media(self.name, kind, caption))

    async def edits(self, text: str) -> list[str]:
        """Change her newest message."""
        sim = self.town.sim
        newest = [m for m in sim.messages(self.name) if m.sender is not None][-1]
        return await self.town.answers(self.name, lambda: sim.edit(self.name, newest.id, text))

    async def arrives(self, language: str = "English", country: str = "Kenya", opts_in: bool = True) -> None:
        """Go through the first contact to the menu."""
        await self.says("/start")
        await self.taps(language)
        buttons = self.buttons()
        await self.taps(buttons[1])
        await self.taps(country)
        await self.taps(self.buttons()[0 if opts_in else 1])
        self.arrived = True

    def buttons(self) -> list[str]:
        return self.town.sim.buttons(self.name)

    def sees(self) -> list[str]:
        return self.town.sim.texts(self.name)


@dataclass(slots=True)
class Town:
    """The demo with a clock that tests move."""

    demo: Demo
    clock: JumpClock

    @property
    def sim(self) -> Any:
        return self.demo.simulator

    @property
    def ground(self) -> Any:
        return self.demo.ground

    def unhurried(self) -> None:
        """Let a reply be taken back for most of a minute: a slow machine must not race the five seconds."""
        live = self.ground.live
        clocks = replace(live.campaign.clocks, reply_undo=timedelta(seconds=55))
        live.campaign = replace(live.campaign, clocks=clocks)

    def girl(self, name: str) -> Girl:
        self.sim.person(name)
        return Girl(self, name)

    async def staff(self, name: str) -> Staff:
        found = await self.ground.accounts.named(name)
        assert found is not None
        return found

    async def answers(self, name: str, act: Any) -> list[str]:
        before = len(self.sim.texts(name)) if name in _names(self.sim) else 0
        act()
        await self.settle()
        return self.sim.texts(name)[before:]

    async def settle(self) -> None:
        """Wait until everything is confirmed, committed, sent and written down."""
        counts = self.sim.ledger.counts
        await self.sim.until(lambda: counts()["unconfirmed"] == 0, 10)
        async with asyncio.timeout(20):
            while (await self.ground.store.backlog(self.clock.now())).unsent:
                await asyncio.sleep(0)  # let the others work: a read of the store does not wait

    async def later(self, name: str, **length: float) -> list[str]:
        """Move time and wait for what it brings to this girl: at least one message."""
        before = len(self.sim.texts(name))
        self.clock.jump(**length)
        await self.sim.until(lambda: len(self.sim.texts(name)) > before, 10)
        await self.settle()
        return self.sim.texts(name)[before:]

    async def cases(self) -> list[Case]:
        return await self.ground.store.open_cases(EVERY_DESK)


def _names(sim: Any) -> set[str]:
    return {user.name for user in sim.core.world.users.values()}


@asynccontextmanager
async def town(webhook: bool = False, **changes: Any) -> AsyncIterator[Town]:
    """Open the town. Paces are wide, so that a test need not wait for them."""
    clock = JumpClock()
    wide = {"rates": "off", "rate_chat": 1000.0, "burst_chat": 1000, "rate_group": 60000.0}
    async with running_demo(ROOT, clock=clock, webhook=webhook, **{**wide, **changes}) as demo:
        yield Town(demo, clock)
