"""The postman: posts waiting updates to the bot's webhook, up to `max_connections` at once."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime

import aiohttp

from bot.simulator.body import Fields, fields_of
from bot.simulator.core import Core
from bot.simulator.delivery import Webhook
from bot.simulator.errors import Refusal
from bot.simulator.ledger import Update
from bot.simulator.methods import call
from bot.work.ports import Clock

ANSWER_AWAITED = 60.0
log = logging.getLogger(__name__)


class Postman:
    """Takes updates from the delivery queues and posts them."""

    def __init__(self, core: Core, clock: Clock) -> None:
        self._core, self._clock = core, clock
        self._active = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._alarm: asyncio.Task[None] | None = None
        self._alarm_at = 0.0
        self._session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        """Be ready to post."""
        self._loop = asyncio.get_running_loop()
        timeout = aiohttp.ClientTimeout(total=ANSWER_AWAITED)
        connector = aiohttp.TCPConnector(limit=0, ssl=False)
        self._session = aiohttp.ClientSession(
            timeout=timeout, connector=connector, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False
        )

    async def stop(self) -> None:
        """Stop posting; what is under way is given up."""
        tasks = [*self._tasks, *([self._alarm] if self._alarm else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    def pump(self) -> None:
        """Post whatever is due, and come back when the next retry is."""
        webhook = self._core.delivery.webhook
        if webhook is None or self._session is None:
            return
        while self._active < webhook.connections and (update := self._core.delivery.take(self._now())):
            self._active += 1
            task = self._loop.create_task(self._work(update))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        self._set_alarm()

    def _now(self) -> float:
        return self._clock.now().timestamp()

    async def _work(self, update: Update | None) -> None:
        try:
            while update is not None and (webhook := self._core.delivery.webhook) is not None:
                await self._post(update, webhook)
                free = self._active <= webhook.connections
                update = self._core.delivery.take(self._now()) if free else None
        finally:
            self._active -= 1
        self.pump()

    def _set_alarm(self) -> None:
        wake = self._core.delivery.next_wake()
        if wake is None or (self._alarm and not self._alarm.done() and self._alarm_at <= wake):
            return
        if self._alarm:
            self._alarm.cancel()
        self._alarm_at = wake
        self._alarm = self._loop.create_task(self._ring(wake))

    async def _ring(self, wake: float) -> None:
        await self._clock.sleep_until(datetime.fromtimestamp(wake, UTC))
        self._alarm = None
        self.pump()

    async def _post(self, update: Update, webhook: Webhook) -> None:
        core = self._core
        fault = core.strike("webhook", {"chat_id": update.chat}, self._now())
        if fault and fault.kind == "refused_connection":
            core.delivery.failed(update, self._now(), "Connection refused")
            return
        status, outcome, wait, fields = await self._exchange(update, webhook)
        if fault and fault.kind == "lost_answer" and 200 <= status < 300:
            core.delivery.failed(update, self._now(), "Read timeout expired")
        elif 200 <= status < 300:
            core.delivery.delivered(update, self._now(), again=bool(fault and fault.kind == "twice"))
            self._call_in_answer(fields)
        else:
            core.delivery.failed(update, self._now(), outcome, wait)

    async def _exchange(self, update: Update, webhook: Webhook) -> tuple[int, str, float, Fields]:
        """Return the status, what went wrong, the wait the bot asks for, and a call placed in the answer."""
        headers = {"Content-Type": "application/json"}
        if webhook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = webhook.secret
        if self._session is None:
            return 0, "Request aborted", 0.0, {}
        try:
            async with self._session.post(
                webhook.url, data=update.body, headers=headers, allow_redirects=False
            ) as response:
                body = await response.read()
                wait = response.headers.get("Retry-After", "")
                fields = _fields(response.headers.get("Content-Type", ""), body)
                outcome = f"{response.status} {response.reason}"
                return response.status, outcome, float(wait) if wait.isdecimal() else 0.0, fields
        except TimeoutError:
            return 0, "Read timeout expired", 0.0, {}
        except (aiohttp.ClientError, OSError) as error:
            return 0, f"Connection failed: {type(error).__name__}", 0.0, {}

    def _call_in_answer(self, fields: Fields) -> None:
        """Do the call placed in the webhook's answer; nobody hears what became of it."""
        method = str(fields.pop("method", "")).lower()
        if not method or method.startswith(("get", "setwebhook", "deletewebhook")):
            return
        try:
            call(self._core, method, fields, self._now())
        except Refusal as refused:
            log.debug("call in a webhook answer refused: %s %s", method, refused.code)


def _fields(content_type: str, body: bytes) -> Fields:
    if len(body) <= 2:
        return {}
    try:
        return fields_of(content_type, body)
    except Refusal:
        return {}
