"""Screens: a browser window of somebody's, which notes what the browser complains about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page

from tests.browser.console import Moderator
from tests.browser.phone import Phone
from tests.scenarios.town import Town

PHONE = (360, 740)
DESK = (1200, 800)


@dataclass
class Screens:
    """Opens windows on the demo, each as a person of its own with cookies of her own."""

    chromium: Browser
    here: Town
    complaints: list[str] = field(default_factory=list)

    async def phone(self, name: str, size: tuple[int, int] = PHONE, language: str = "en", **options: Any) -> Phone:
        """Return a girl's phone with the chat open."""
        self.here.sim.person(name, language)
        page = await self.window(size, **options)
        await page.goto(f"{self.here.demo.chat}/?user={name}")
        return Phone(page, name, self.here)

    async def moderator(self, name: str = "Max", size: tuple[int, int] = DESK, **options: Any) -> Moderator:
        """Return a moderator's window, signed in, at her first page."""
        page = await self.window(size, **options)
        code = await self.here.ground.accounts.sign_in_link(name)
        await page.goto(f"{self.here.demo.console}/sign-in/{code}")
        await page.wait_for_url(lambda url: "/sign-in" not in url)
        return Moderator(page, name, self.here.demo.console)

    async def window(self, size: tuple[int, int], scale: float = 1, **options: Any) -> Page:
        """Return an empty window; whatever its pages complain about counts."""
        width, height = size
        context = await self.chromium.new_context(
            viewport={"width": width, "height": height},
            device_scale_factor=scale,
            timezone_id="Africa/Nairobi",
            locale="en-GB",
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(10_000)
        page = await context.new_page()
        page.on("console", lambda message: self._note(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self._note(str(error)))
        return page

    def _note(self, complaint: str) -> None:
        self.complaints.append(complaint)


async def too_wide(page: Page) -> bool:
    """Return whether the page scrolls to the side."""
    return bool(await page.evaluate("document.documentElement.scrollWidth > innerWidth"))


async def too_tall(page: Page) -> bool:
    """Return whether the window itself scrolls down: on the chat page only the messages may."""
    return bool(await page.evaluate("document.documentElement.scrollHeight > innerHeight"))


async def barriers(page: Page) -> list[str]:
    """Return the accessibility rules that the page breaks, each with its first place."""
    found = (await Axe().run(page)).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in found]
