"""Receiving updates: by webhook when it has an address, else by long polling; /health answers in both cases."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.app.health_page import health_page
from bot.app.house import Bot
from bot.app.listen import listening, together
from bot.store.errors import StoreError
from bot.work.staff.links import BOT_NAME

if TYPE_CHECKING:
    from bot.telegram.open import Telegram

log = logging.getLogger("safebot.receive")


@dataclass(slots=True)
class Receiver:
    """Turns raw updates into turns. `prepare` introduces the bot to Telegram, `receiving` lets updates in."""

    bot: Bot
    telegram: Telegram

    async def prepare(self) -> None:
        """Check the token, set commands and texts, and choose how updates come. Raises CannotStart."""
        from bot.telegram.startup import WebhookPlan, prepare

        ground, settings = self.bot.ground, self.bot.ground.settings
        plan = WebhookPlan(settings.webhook_url, settings.webhook_secret) if settings.webhook_url else None
        me = await prepare(self.telegram.calls, ground.live.campaign, ground.clock, plan, settings.desk_chat)
        # `safebot staff link` prints an address with the bot's name in it, without asking Telegram.
        await ground.store.set_marker(BOT_NAME, me.username)

    @asynccontextmanager
    async def receiving(self) -> AsyncIterator[str]:
        """Listen (webhook and /health), and poll when there is no webhook; yield the address."""
        settings = self.bot.ground.settings
        app = web.Application()
        app.router.add_get("/health", health_page(self.bot.ground.health))
        if settings.webhook_url:
            app.router.add_post(urlsplit(settings.webhook_url).path or "/", self._webhook().handle)
        polling = [] if settings.webhook_url else [self._poller().run]
        served = listening(app, settings.webhook_host, settings.webhook_port, "SAFEBOT_WEBHOOK_PORT")
        async with served as address, together(polling):
            yield address

    async def take(self, raw: dict[str, Any]) -> bool:
        """Let one update act; True when it is committed."""
        try:
            return await self.bot.intake.take(self._read(raw), raw)
        except StoreError:
            return False

    async def take_many(self, batch: list[dict[str, Any]]) -> bool:
        """Let a batch act, in order per chat; True when all of it is committed."""
        return all(await asyncio.gather(*(self.take(raw) for raw in batch)))

    def _read(self, raw: dict[str, Any]) -> Any:
        from bot.telegram.updates import read_update

        ground = self.bot.ground
        return read_update(raw, ground.settings.bot_id, self.bot.desk_chat, ground.clock.now())

    def _webhook(self) -> Any:
        from bot.telegram.webhook import Webhook

        health = self.bot.ground.health
        return Webhook(self.bot.ground.settings.webhook_secret, self.take, lambda: health.tell("oversize"))

    def _poller(self) -> Any:
        from bot.telegram.polling import Poller

        return Poller(self.telegram.calls, self.take_many, self.bot.ground.clock)
