"""A console on real SQLite, on a loopback port, with a small client that keeps cookies and fills forms."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from bot.console.app import make_console
from bot.console.page import ConsoleOptions
from bot.model.campaign import Campaign, CannedReply, Country, RiskFrame, WordFile
from bot.model.levels import Level
from bot.work.ports import Clock
from bot.work.staff.accounts import StaffAccounts
from bot.work.staff.passphrases import Passphrases
from bot.work.staff.second_factor import SecondFactors
from tests.work.desk_room import Room, a_room

CAMPAIGN = Campaign(
    name="test",
    languages=("en", "sw"),
    flows={},
    countries={"KE": Country("KE", "Kenya", "Africa/Nairobi")},
    helplines=(),
    words=(WordFile("sw", frames=(RiskFrame("sw.sextortion.threat", "sw", "…", "sextortion", Level.P2),)),),
    replies=(
        CannedReply(
            "thank_you",
            "first answer",
            "Thank you for telling me. It is not your fault.",
            {"en": "Thank you for telling me.", "sw": "Asante kwa kuniambia. Si kosa lako."},
            not_when="she is in danger now",
        ),
        CannedReply("call", "sextortion", "You can call 116.", {"en": "You can call {number}."}),
    ),
    catalogues={},
)


@dataclass
class Browser:
    """One person's browser."""

    http: aiohttp.ClientSession
    root: str

    async def get(self, path: str) -> tuple[int, str]:
        async with self.http.get(self.root + path, allow_redirects=False) as answer:
            return answer.status, answer.headers.get("Location") or await answer.text()

    async def send(self, path: str, token: str | None = None, **fields: str) -> tuple[int, str]:
        data = {"csrf": await self.token() if token is None else token, **fields}
        async with self.http.post(self.root + path, data=data, allow_redirects=False) as answer:
            return answer.status, answer.headers.get("Location") or await answer.text()

    async def token(self) -> str:
        _, text = await self.get("/guide")
        found = re.search(r'name="csrf" (?:content|value)="([^"]*)"', text)
        return found.group(1) if found else ""


@dataclass
class House:
    room: Room
    accounts: StaffAccounts
    app: web.Application
    root: str
    browsers: list[aiohttp.ClientSession]

    def stranger(self) -> Browser:
        http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        self.browsers.append(http)
        return Browser(http, self.root)

    async def browser(self, name: str) -> Browser:
        """Return a browser in which this person is signed in."""
        browser = self.stranger()
        status, _ = await browser.get(f"/sign-in/{await self.accounts.sign_in_link(name)}")
        assert status == 200
        return browser


@asynccontextmanager
async def a_house(
    folder: Path,
    *,
    demo: bool = True,
    secure: bool = False,
    clock: Clock | None = None,
    replay: Callable[[int], Awaitable[bool]] | None = None,
    campaign: Campaign = CAMPAIGN,
    all_real: bool = False,
    second: bool = False,
) -> AsyncIterator[House]:
    """Yield a console; with `all_real` the desk, too, lives by the clock that is given."""
    async with a_room(folder, campaign=campaign) as room:
        room.clock.at = clock.now() if clock else room.clock.at
        if clock and all_real:
            room.desk.clock = room.clock = clock  # type: ignore[assignment]  # put in the place of the real one
        accounts = StaffAccounts(room.store, room.clock, Passphrases(room.store, room.clock, *_quick()))
        accounts.second = SecondFactors(room.store, room.clock, room.vault) if second else None
        options = ConsoleOptions(secure=secure, demo=demo)
        app = make_console(room.desk, accounts, room.store, clock or room.clock, lambda: campaign, options, replay)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        house = House(room, accounts, app, _root(runner), [])
        try:
            yield house
        finally:
            for http in house.browsers:
                await http.close()
            await runner.cleanup()


def _root(runner: web.AppRunner) -> str:
    return f"http://127.0.0.1:{runner.addresses[0][1]}"


def _quick() -> tuple[Any, Any]:
    return lambda text: b"hash of " + text.encode(), lambda hashed, text: hashed == b"hash of " + text.encode()
