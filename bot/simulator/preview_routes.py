"""The JSON routes under /preview/, for the staff panel. They answer only where a Preview was given: in the demo."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import msgspec
from aiohttp import web

from bot.simulator.preview import NotPossible, Preview, Wish
from bot.simulator.world import User

if TYPE_CHECKING:
    from bot.simulator.server import Simulator

HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
Answer = Callable[[Preview, web.BaseRequest], Awaitable[web.Response]]


class PreviewRoutes:
    """Everything under /preview/."""

    def __init__(self, simulator: Simulator) -> None:
        self._sim = simulator
        self._routes: dict[str, Answer] = {
            "GET /preview/stage": self._stage,
            "GET /preview/trouble": self._trouble,
            "GET /preview/standing": self._standing,
            "GET /preview/picture": self._picture,
            "POST /preview/put": self._put,
        }

    async def answer(self, request: web.BaseRequest) -> web.Response:
        """Return the answer to a call of the panel."""
        preview, found = self._sim.preview, self._routes.get(f"{request.method} {request.path}")
        if preview is None or found is None:
            return web.Response(status=404)
        if request.method == "POST" and not request.headers.get("Content-Type", "").startswith("application/json"):
            # A form of another site cannot say application/json without asking first.
            return _json({"error": "send JSON, with Content-Type: application/json"}, 415)
        try:
            return await found(preview, request)
        except (NotPossible, LookupError, ValueError) as error:  # msgspec's errors are ValueErrors, too
            return _json({"error": str(error)}, 400)

    async def _stage(self, preview: Preview, _request: web.BaseRequest) -> web.Response:
        return _json(await preview.stage())

    async def _trouble(self, preview: Preview, _request: web.BaseRequest) -> web.Response:
        return _json(await preview.trouble())

    async def _standing(self, preview: Preview, request: web.BaseRequest) -> web.Response:
        return _json(await preview.standing(self._whose(request).id))

    async def _picture(self, preview: Preview, request: web.BaseRequest) -> web.Response:
        drawn = await preview.picture(request.query.get("flow", ""), request.query.get("language", ""))
        return web.Response(text=drawn, content_type="image/svg+xml", headers=HEADERS)

    async def _put(self, preview: Preview, request: web.BaseRequest) -> web.Response:
        wish = msgspec.json.decode(await request.read(), type=Wish)
        user = self._whose(request)
        user.started = True  # else Telegram refuses the bot's first words to her
        await preview.put(user.id, wish)
        return _json({"ok": True})

    def _whose(self, request: web.BaseRequest) -> User:
        """Return the person of a private chat. Raises LookupError for anything else."""
        return self._sim.core.world.users[int(request.query.get("chat", ""))]


def _json(answer: object, status: int = 200) -> web.Response:
    return web.Response(
        body=msgspec.json.encode(answer), status=status, content_type="application/json", headers=HEADERS
    )
