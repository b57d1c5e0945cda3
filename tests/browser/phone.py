"""A girl's phone: the chat page, used as she uses it."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

from tests.scenarios.town import Town


@dataclass
class Phone:
    """What she sees and does."""

    page: Page
    name: str
    here: Town

    async def starts(self) -> None:
        await self.page.locator("#open-gate").click()

    async def answers(self, question: str, label: str) -> None:
        """Wait for the question, then tap this button below it."""
        await self.asked(question).get_by_role("button", name=label, exact=True).click()

    def asked(self, question: str) -> Locator:
        """Return the newest message of the bot with these words."""
        return self.page.locator(".message[data-from=bot]", has_text=question).last

    async def is_asked(self, question: str) -> None:
        """Wait until the newest message is this question: a story asks some of them twice."""
        await expect(self.page.locator(".message[data-from=bot]").last).to_contain_text(question)

    async def reads(self, words: str) -> None:
        """Wait until the bot has said this."""
        await expect(self.asked(words)).to_be_visible()

    async def types(self, text: str) -> None:
        """Write into the box, without sending."""
        await self.page.locator("#text").fill(text)

    async def sends(self) -> None:
        await self.page.locator("#send").click()

    async def says(self, text: str) -> None:
        await self.types(text)
        await self.sends()

    async def at_rest(self) -> None:
        """Wait until the bot has said everything, and every tap is answered."""
        await self.here.settle()
        await expect(self.page.locator(".message")).to_have_count(len(self.here.sim.messages(self.name)))
        await expect(self.page.locator(".dots, [aria-busy]")).to_have_count(0)

    async def scrolls_to(self, words: str) -> None:
        """Put the newest bubble with these words at the top of the screen."""
        bubble = self.page.locator(".message", has_text=words).last
        await bubble.evaluate("bubble => bubble.scrollIntoView({block: 'start'})")
