"""A moderator's window: the console, used as she uses it."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect


@dataclass
class Moderator:
    """What she sees and does."""

    page: Page
    name: str
    console: str

    async def goes(self, path: str) -> None:
        await self.page.goto(self.console + path)

    def rows(self) -> Locator:
        return self.page.locator(".row")

    async def claims(self) -> None:
        """Take the first case in line, and look at the words."""
        await self.rows().first.get_by_role("button", name="Claim").click()
        await self.opens_the_words()

    async def opens_the_words(self) -> None:
        await self.page.get_by_role("link", name="Show the words").click()

    async def writes(self, text: str) -> None:
        await self.page.get_by_label("Your reply").fill(text)
        await self.page.get_by_role("button", name="Send", exact=True).click()
        await expect(self.page.locator(".line.moderator").last).to_contain_text(text[:30])

    async def resolves(self, outcome: str = "Real") -> None:
        await self.page.get_by_text("Close the case").click()
        await self.page.get_by_label(outcome).check()
        await self.page.get_by_role("button", name="Resolve").click()
        await expect(self.page.get_by_text("The case is closed")).to_be_visible()
