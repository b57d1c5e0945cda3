"""Servers and loops as context managers: what is opened here is closed here."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress

from aiohttp import web

log = logging.getLogger("safebot")

Loop = Callable[[], Awaitable[None]]


class PortTaken(Exception):
    """A port cannot be listened on; the line says which setting to change."""


@asynccontextmanager
async def listening(app: web.Application, host: str, port: int, setting: str) -> AsyncIterator[str]:
    """Serve an application; yield its address. No access log: addresses hold case ids."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise PortTaken(f"{host}:{port} cannot be listened on ({error.strerror}). Change {setting}.") from error
        yield f"http://{host}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def together(loops: Sequence[Loop]) -> AsyncIterator[None]:
    """Run loops beside what happens inside; one that fails ends the process, so that somebody restarts it."""
    tasks = [asyncio.ensure_future(loop()) for loop in loops]
    for task in tasks:
        task.add_done_callback(_fell)
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks, return_exceptions=True)


def _fell(task: asyncio.Future[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.critical("a loop ended (%s): stopping, so that we are started again", type(error).__name__)
        signal.raise_signal(signal.SIGTERM)
