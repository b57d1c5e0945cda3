"""Servers and loops as context managers: what is opened here is closed here."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

from aiohttp import web

log = logging.getLogger("safebot")

Loop = Callable[[], Awaitable[None]]


class PortTaken(Exception):
    """A port cannot be listened on; the line says which setting to change."""


class LoopEnded(Exception):
    """A loop that must run for ever did not: the process ends with an error, so that it is started again."""

    exit_code = 2


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
    """Run loops beside what happens inside; one that fails ends the process, so that somebody restarts it.

    Raises what a loop has to say to the operator (an error with an `exit_code`), else LoopEnded with the error's kind.
    """
    tasks = [asyncio.ensure_future(loop()) for loop in loops]
    for task in tasks:
        task.add_done_callback(_fell)
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    for error in ended:
        if isinstance(error, Exception):
            raise error if hasattr(error, "exit_code") else LoopEnded(_said(error))


def _fell(task: asyncio.Future[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.critical("%s", _said(error))
        signal.raise_signal(signal.SIGTERM)


def _said(error: BaseException) -> str:
    """Return the kind of the error only: its text may hold words of people."""
    return f"a loop ended ({type(error).__name__}): stopping, so that we are started again"
