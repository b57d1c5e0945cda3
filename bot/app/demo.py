"""The demo: the real bot, the real console, and a stand-in for Telegram, in one process on one throw-away file."""

from __future__ import annotations

import asyncio
import secrets
import signal
import socket
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.app.house import Ground, open_ground
from bot.app.preview import open_preview
from bot.app.serve import running_bot, running_console
from bot.settings import Settings
from bot.simulator.server import Simulator
from bot.vault.ring import KeyRing
from bot.work.clock import SystemClock
from bot.work.ports import Clock

HOST = "127.0.0.1"
TOKEN = "1000001:demo-token-that-opens-nothing"  # noqa: S105 - the stand-in's own, it opens nothing
DESK_CHAT = -1000000000042
EVERY_DESK = ("KE", "NP", "KH", "PH", "NL", "ZZ")
EVERY_LANGUAGE = ("en", "sw", "fil", "ne", "km", "nl")


@dataclass(frozen=True, slots=True)
class Demo:
    """What somebody needs to look around: the chat page, the console, a link that signs in once."""

    chat: str
    console: str
    sign_in: str
    ground: Ground
    simulator: Simulator


@asynccontextmanager
async def running_demo(
    campaign: Path, port: int = 0, console_port: int = 0, clock: Clock | None = None, **changes: Any
) -> AsyncIterator[Demo]:
    """Start everything; it is gone without a trace when this ends. `changes` replace settings (webhook=True: by webhook)."""
    clock = clock or SystemClock()
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="safebot-demo-")))
        console_port = console_port or free_port()
        console = f"http://{HOST}:{console_port}"
        simulator = Simulator(clock, token=TOKEN, console_url=console, rates=changes.pop("rates", "count"))
        simulator.desk_group("Moderators", chat_id=DESK_CHAT)
        stack.push_async_callback(simulator.stop)  # before it starts: where the port is taken, half of it is up
        await simulator.start(HOST, port)
        webhook = changes.pop("webhook", False)
        settings = replace(_settings(folder, campaign, simulator.url, console_port, webhook=webhook), **changes)
        ground = await open_ground(settings, clock, demo=True)
        stack.push_async_callback(ground.close)
        ground.accounts.demo_passphrase = secrets.token_hex(16)
        await _staff(ground, clock)
        bot = await stack.enter_async_context(running_bot(ground))
        simulator.preview = open_preview(bot)
        await stack.enter_async_context(running_console(ground, bot))
        code = await ground.accounts.sign_in_link("Max")
        yield Demo(simulator.url, console, f"{console}/sign-in/{code}", ground, simulator)


def _settings(folder: Path, campaign: Path, api_url: str, console_port: int, *, webhook: bool) -> Settings:
    webhook_port = free_port()
    return Settings(
        token=TOKEN,
        api_url=api_url,
        database_url=f"sqlite:///{folder / 'demo.db'}",
        campaign=campaign,
        key=KeyRing.new().dump(),
        console_port=console_port,
        webhook_port=webhook_port,
        webhook_url=f"http://{HOST}:{webhook_port}/telegram" if webhook else "",
        webhook_secret="demo-secret-demo-secret-demo-secret" if webhook else "",
        desk_chat=DESK_CHAT,
    )


async def _staff(ground: Ground, clock: Clock) -> None:
    """Two people on duty: one to sign in as, and one who decides with her where two must."""
    for name, roles in (("Max", ("moderator", "operator")), ("Lena", ("lead", "supervisor"))):
        person = await ground.accounts.add(name, roles, EVERY_DESK, EVERY_LANGUAGE, ground.accounts.demo_passphrase)
        await ground.desk.on_shift(person, clock.now() + timedelta(days=1))
    await ground.people.refresh()
    ground.vault.desks = await ground.accounts.keys.sealing_for()


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


async def show(campaign: Path, port: int, say: Callable[[str], None]) -> None:
    """Run the demo until Ctrl-C; `say` gets the lines for the person who started it."""
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    async with running_demo(campaign, port, port + 1 if port else 0) as demo:
        say("The demo is running. Nothing you do here is kept, and nothing leaves this machine.\n")
        say(f"  Be a girl who writes:      {demo.chat}/")
        say(f"  Be Max, who moderates:     {demo.sign_in}   (signs in once)")
        say(f"  The console afterwards:    {demo.console}/\n")
        say("Try:  there is a boy online who kept my video and wants money by friday")
        say("Stop with Ctrl-C.")
        await stopped.wait()
        say("\nStopped. The throw-away files are gone.")
