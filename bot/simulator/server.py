"""The simulator as one object: `Simulator(clock)`, `await start()`, then point the bot at `.url`."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from bot.simulator.api import Api
from bot.simulator.control import Control
from bot.simulator.core import DEMO, Core
from bot.simulator.crowd import Crowd
from bot.simulator.faults import Fault
from bot.simulator.ledger import Ledger
from bot.simulator.page_routes import PageRoutes
from bot.simulator.polling import Poller
from bot.simulator.preview import Preview
from bot.simulator.preview_routes import PreviewRoutes
from bot.simulator.waiting import Condition, Watch
from bot.simulator.webhook import Postman
from bot.work.ports import Clock

LARGEST = 52 * 1024 * 1024  # Telegram takes uploads of 50 MB


class Simulator(Crowd):
    """A stand-in for Telegram with one bot. People are moved by the methods of Crowd, or over HTTP under /_sim/."""

    def __init__(
        self,
        clock: Clock,
        *,
        token: str = DEMO,
        console_url: str = "",
        seed: int = 1,
        rates: str = "count",
        retry_scale: float = 1.0,
        preview: Preview | None = None,
    ) -> None:
        """`rates`: count, enforce (answer 429) or off. `retry_scale` shortens the webhook's retry waits.

        `preview` opens the staff panel; it may be set later, once the bot that it looks into is there.
        """
        super().__init__(Core(token, seed, rates, retry_scale), clock)
        self._settings = (token, seed, rates, retry_scale)
        self.console_url = console_url
        self.preview = preview
        self._runner: web.ServerRunner | None = None
        self.url = ""
        self._host = ""
        self._equip()

    def _equip(self) -> None:
        self.watch = Watch(self.core.ledger)
        self._postman = Postman(self.core, self.clock)
        self._poller = Poller(self.core, self.clock)
        self._api = Api(self.core, self.clock, self._poller)
        self._control = Control(self)
        self._page = PageRoutes(self)
        self._panel = PreviewRoutes(self)
        self.core.delivery.woken = self._wake

    def _wake(self) -> None:
        self._postman.pump()
        self._poller.wake()

    @property
    def ledger(self) -> Ledger:
        """Return what happened so far."""
        return self.core.ledger

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; `.url` is then known."""
        await self._postman.start()
        server = web.Server(self._answer, request_factory=_request, handler_cancellation=True, access_log=None)
        self._runner = web.ServerRunner(server, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port, backlog=1024)
        await site.start()
        self._host = host
        self.url = f"http://{host}:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Stop listening and posting."""
        self._page.close()
        await self._postman.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def reset(self) -> None:
        """Forget everything that happened; the address and the token stay."""
        self._page.close()
        await self._postman.stop()
        self.core, self.desk = Core(*self._settings), None
        self._equip()
        await self._postman.start()

    def fault(self, kind: str, **rule: Any) -> None:
        """Plan trouble: `sim.fault("too_many", method="sendMessage", seconds=3, times=1)`; kinds in faults.KINDS."""
        self.core.faults.add([Fault(kind, **rule)])

    async def until(self, condition: Condition, seconds: float = 5.0) -> None:
        """Wait until the condition holds; it is looked at whenever the bot calls or confirms."""
        if not await self.watch.until(condition, seconds):
            raise TimeoutError(f"it did not come true in {seconds} s. The ledger: {self.ledger.counts()}")

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        if path.startswith("/bot"):
            return await self._api.answer(request)
        if not self._known_host(request):
            return web.Response(status=421, text="Ask for this page by the address that was printed.\n")
        if path.startswith("/file/bot"):
            self.core.broke("fetched_or_forwarded", "download", 0, self.now())
        if path.startswith("/_sim/"):
            return await self._control.answer(request)
        if path.startswith("/preview/"):
            return await self._panel.answer(request)
        return await self._page.answer(request)

    def _known_host(self, request: web.BaseRequest) -> bool:
        """A page of somebody else must not reach this one through a name of its own (DNS rebinding)."""
        name = request.headers.get("Host", "").rsplit(":", 1)[0]
        return name in {"127.0.0.1", "localhost"} or self._host not in {"127.0.0.1", "localhost"}


def _request(message: Any, payload: Any, protocol: Any, writer: Any, task: asyncio.Task[None]) -> web.BaseRequest:
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=LARGEST)
