"""When nothing can be written: help words go straight to her, from a copy compiled into the program.

Telegram will deliver the update again, and again; so each chat hears this at most once in ten minutes.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot import texts
from bot.model.events import Commanded, Said, SentMedia, Tapped
from bot.model.ids import ChatToken
from bot.model.levels import Level
from bot.model.outbox import Delivered, Message
from bot.work.job import Job
from bot.work.ports import Clock, Transport

log = logging.getLogger("safebot.emergency")

AGAIN_AFTER = timedelta(minutes=10)
LOUD = (Level.P1, Level.P2, Level.P3)


class Lead(Protocol):
    """Somebody who can be told that a girl is in danger, when no case can be opened."""

    async def heard(self, token: ChatToken, level: Level, category: str, language: str) -> None:
        """Tell her, in coded words."""


@dataclass(slots=True)
class Emergency:
    """Answers worrying words and calls for help without any storage."""

    transport: Transport
    clock: Clock
    lead: Lead | None = None
    _told: dict[int, datetime] = field(default_factory=dict)

    async def help(self, jobs: Sequence[Job]) -> None:
        """Send help words to those among these chats whose words need them, and tell a lead of danger now. Never raises."""
        await asyncio.gather(*(self._tell(job) for job in jobs if _needs_help(job)), return_exceptions=True)
        await asyncio.gather(*(self._alert(job) for job in jobs), return_exceptions=True)

    async def _alert(self, job: Job) -> None:
        what = job.what
        if self.lead is not None and isinstance(what, Said | SentMedia) and what.heard.level is not None:
            await self.lead.heard(job.chat, what.heard.level, what.heard.category, job.language_hint)

    async def _tell(self, job: Job) -> None:
        now = self.clock.now()
        if job.chat_id is None or now - self._told.get(job.chat_id, now - AGAIN_AFTER) < AGAIN_AFTER:
            return
        self._told = {chat: at for chat, at in self._told.items() if now - at < AGAIN_AFTER}
        self._told[job.chat_id] = now
        sent = await self.transport.deliver(job.chat_id, Message(texts.last_resort(job.language_hint, "")))
        if isinstance(sent, Delivered):
            log.error("help words were sent without storage")
        else:
            self._told.pop(job.chat_id, None)  # the next delivery of her message tries again


def _needs_help(job: Job) -> bool:
    what = job.what
    if isinstance(what, Said | SentMedia):
        asked = isinstance(what, Said) and bool(what.word_lists & {"help", "safe_word"})
        return asked or what.heard.level in LOUD
    if isinstance(what, Tapped):
        return what.data in {"!help", "!talk", "!person", "!not_safe"}
    return isinstance(what, Commanded) and what.name in {"help", "talk"}
