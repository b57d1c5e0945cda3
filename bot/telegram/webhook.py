"""Updates by webhook: our own handler, which answers 200 only for what is committed. No aiogram here.

Telegram delivers serially per chat and repeats whatever is not 2xx for up to a day. So an authentic update is never refused
for its content: too large or too deep, its id, chat and words are saved from what can be read, and that is committed.
"""

from __future__ import annotations

import hmac
import logging
import re
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.telegram.body import Raw, read_object, salvage
from bot.telegram.problems import CannotStart

log = logging.getLogger(__name__)

LARGEST_BODY = 1024 * 1024
HEADER = "X-Telegram-Bot-Api-Secret-Token"

Intake = Callable[[Raw], Awaitable[bool]]
"""Returns whether the update is committed (or was before); False when the store could not write."""


class Webhook:
    """The one address Telegram posts to. `handle` fits any aiohttp application, `application` is one with nothing else."""

    def __init__(self, secret: str, intake: Intake, on_oversize: Callable[[], None]) -> None:
        if not re.fullmatch(r"[A-Za-z0-9_-]{32,256}", secret):
            raise CannotStart("SAFEBOT_WEBHOOK_SECRET must have 32 to 256 letters, digits, _ or -.")
        self._secret = secret.encode()
        self._intake = intake
        self._on_oversize = on_oversize

    def application(self, path: str = "/") -> web.Application:
        """Return a server application with this one route and nothing that costs."""
        app = web.Application()
        app.router.add_post(path, self.handle)
        return app

    async def handle(self, request: web.BaseRequest) -> web.Response:
        """Answer one delivery: 401 not Telegram, 400 no update, 200 committed, 503 try again."""
        if not self._is_telegram(request):
            return self._stranger()
        body, complete = await read_capped(request)
        if not complete:
            return await self._oversize(body)
        update = read_object(body)
        return web.Response(status=400) if update is None else await self._take_in(update)

    def _is_telegram(self, request: web.BaseRequest) -> bool:
        """Compare bytes in constant time: a header may hold anything, also what is not ASCII."""
        given = request.headers.get(HEADER, "").encode("utf-8", "surrogateescape")
        return hmac.compare_digest(given, self._secret)

    def _stranger(self) -> web.Response:
        """Refuse, and do not wait for the rest of a stranger's body."""
        response = web.Response(status=401)
        response.force_close()
        return response

    async def _oversize(self, head: bytes) -> web.Response:
        """Alert the operator, commit what can be saved, and answer 200.

        Not 413: the same bytes would come again for a day and nothing else of that chat would. A head without an
        update_id can never be committed, however often it comes: it is let go too.
        """
        self._on_oversize()
        log.error("an update of more than %d bytes came with the right secret: only its head was read", LARGEST_BODY)
        stub = salvage(head)
        return web.Response() if stub is None else await self._take_in(stub)

    async def _take_in(self, update: Raw) -> web.Response:
        try:
            committed = await self._intake(update)
        except Exception as error:
            log.error("an update could not be committed: %s", type(error).__name__)
            committed = False
        # Telegram honours Retry-After; without it the second try would come after two seconds anyway.
        return web.Response() if committed else web.Response(status=503, headers={"Retry-After": "1"})


async def read_capped(request: web.BaseRequest) -> tuple[bytes, bool]:
    """Return the body and whether that is all of it: no more than the cap is ever held."""
    parts, size = [], 0
    while part := await request.content.readany():
        parts.append(part)
        size += len(part)
        if size > LARGEST_BODY:
            return b"".join(parts)[:LARGEST_BODY], False
    return parts[0] if len(parts) == 1 else b"".join(parts), True
