"""Updates by long polling: a batch is confirmed only after all of it is committed."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from aiogram.methods import GetUpdates

from bot.model.outbox import TryAgain
from bot.telegram.answers import TOO_DEEP, Answer, meaning
from bot.telegram.body import Raw, is_id, read_json, salvage
from bot.telegram.calls import Calls
from bot.telegram.problems import CannotStart
from bot.telegram.updates import ALLOWED_UPDATES
from bot.telegram.waits import Backoff
from bot.work.ports import Clock

log = logging.getLogger(__name__)

IntakeMany = Callable[[list[Raw]], Awaitable[bool]]
"""Returns whether every update of the batch is committed (or was before, or is in quarantine)."""

A_BATCH = 100
LONG_POLL = 30
"""Seconds that Telegram holds an empty answer back; its server caps this at 50."""

AT_START = timedelta(seconds=15)
"""How long a second receiver may keep us from the first answer: the one we replace needs a moment to end."""

LINES = {
    "conflict": "another program is already receiving for this bot (409). Stop it, or give it a token of its own.",
    "token_refused": "Telegram refuses SAFEBOT_TOKEN (401). Was it revoked? @BotFather knows.",
    "not_a_bot_api": "no Bot API for this token behind SAFEBOT_API_URL (404). Check both.",
}


class Poller:
    """One receiver. Two on one token fight: Telegram answers 409."""

    def __init__(self, calls: Calls, intake: IntakeMany, clock: Clock, timeout: int = LONG_POLL) -> None:
        self._calls = calls
        self._intake = intake
        self._clock = clock
        self._timeout = timeout
        self._offset: int | None = None
        self._limit = A_BATCH
        self._told = ""
        self._answered = False
        self._started: datetime | None = None
        self._backoff = Backoff(clock)

    async def run(self) -> None:
        """Receive until cancelled. Raises CannotStart when another receiver keeps us out from the beginning."""
        self._started = self._clock.now()
        while True:
            await self.once()

    async def once(self) -> None:
        """Ask once, and commit or wait."""
        answer = await self._ask()
        if not answer.ok and answer.trouble != TOO_DEEP:
            return await self._refused(meaning_of(answer))
        self._told, self._answered = "", True
        batch = self._batch(answer)
        if batch is not None and await self._committed(batch):
            self._backoff.reset()
            self._confirm(batch)
            return None
        return await self._backoff.wait(after=3.0)  # the same offset again within three seconds is slowed down

    async def _ask(self) -> Answer:
        values = {"limit": self._limit, "timeout": self._timeout, "allowed_updates": ALLOWED_UPDATES}
        if self._offset is not None:
            values["offset"] = self._offset
        return await self._calls.ask(GetUpdates, values, self._timeout + 15.0)

    async def _committed(self, batch: list[Raw]) -> bool:
        if not batch:
            return True
        try:
            return await self._intake(batch)
        except Exception as error:
            log.error("a batch of updates could not be committed: %s", type(error).__name__)
            return False

    def _confirm(self, batch: list[Raw]) -> None:
        """Raise the offset above what is committed.

        After an empty answer it is forgotten: all is confirmed then, and after a quiet week Telegram starts again at a
        random number, which may be lower.
        """
        self._offset = max(update["update_id"] for update in batch) + 1 if batch else None
        self._limit = A_BATCH

    def _batch(self, answer: Answer) -> list[Raw] | None:
        """Return the updates; None when they cannot be read: then one at a time, and the bad one is salvaged."""
        try:
            return [u for u in read_json(bytes(answer.result)) if isinstance(u, dict) and is_id(u.get("update_id"))]
        except (ValueError, TypeError, RecursionError):
            stub = salvage(_first(bytes(answer.result))) if self._limit == 1 else None
            self._limit = 1
            return [stub] if stub else None

    async def _refused(self, delivery: TryAgain) -> None:
        """Say once what is wrong, and wait. A second receiver at the start ends us: it would never be noticed."""
        line = LINES.get(delivery.reason, f"no updates from Telegram now ({delivery.reason}); trying again")
        if delivery.reason != self._told:
            log.error("%s", line)
        self._told = delivery.reason
        if delivery.reason == "conflict" and not self._answered and self._for_too_long():
            raise CannotStart(line)
        if not self._answered and delivery.reason == "conflict":
            self._backoff.reset()  # who starts the bot wants to know within seconds, not minutes
        await self._backoff.wait(delivery.after)

    def _for_too_long(self) -> bool:
        return self._started is not None and self._clock.now() - self._started > AT_START


def _first(body: bytes) -> bytes:
    """Return the bytes from the first update on."""
    start = body.find(b'{"update_id"')
    return body[start:] if start >= 0 else b""


def meaning_of(answer: Answer) -> TryAgain:
    """Return why there are no updates: for a receiver every refusal is to be tried again."""
    delivery = meaning(answer)
    return delivery if isinstance(delivery, TryAgain) else TryAgain(f"http_{answer.error_code}")
