"""Running it: loops, servers and receiving, until a signal says stop."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta

from bot.app.house import Bot, Ground, build_bot, only_bot_of, open_ground
from bot.app.listen import Loop, listening, together
from bot.app.notify import dead_man, notify, watchdog
from bot.app.receive import Receiver
from bot.app.replay import Replay
from bot.console.app import make_console
from bot.console.page import ConsoleOptions
from bot.flowfile.translating.status import unreviewed
from bot.settings import Settings
from bot.store.open import database_path
from bot.work.clock import SystemClock
from bot.work.desk.holder_lines import WARNING
from bot.work.desk.identity_watch import IdentityWatch
from bot.work.desk.taps import DeskTaps
from bot.work.go_live import admit
from bot.work.helpline_dates import Reminder
from bot.work.ports import Clock

log = logging.getLogger("safebot")


async def serve(settings: Settings, only: str = "", clock: Clock | None = None) -> None:
    """Run bot and console (or `only` one of them) until SIGINT or SIGTERM."""
    clock = clock or SystemClock()
    async with AsyncExitStack() as stack:
        ground = await open_ground(settings, clock)
        stack.push_async_callback(ground.close)
        if only != "console":
            await _go_live(ground)
        bot = await stack.enter_async_context(running_bot(ground)) if only != "console" else None
        if only != "bot":
            await stack.enter_async_context(running_console(ground, bot))
        notify("READY=1")
        await _until_told(stack)
        notify("STOPPING=1")


async def _go_live(ground: Ground) -> None:
    """Let countries marked live in, once. Raises NotReady with everything that is missing."""
    campaign = ground.live.campaign
    if any(country.live for country in campaign.countries.values()):
        drafts = await asyncio.to_thread(unreviewed, ground.settings.campaign)
        for code in await admit(ground.store, campaign, drafts, ground.clock.now()):
            log.info("%s is live from now on", code)
    else:
        log.warning("no country is live: this is a trial. `safebot doctor` says what is missing")


async def _until_told(stack: AsyncExitStack) -> None:
    """Wait for a signal, or for a loop that must not end and did."""
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
        stack.callback(asyncio.get_running_loop().remove_signal_handler, name)
    await stopped.wait()


@asynccontextmanager
async def running_bot(ground: Ground) -> AsyncIterator[Bot]:
    """Open Telegram, start the loops, then receive. Raises CannotStart with one clear line."""
    settings = ground.settings
    async with AsyncExitStack() as stack:
        stack.enter_context(only_bot_of(database_path(settings.database_url)))
        from bot.telegram.open import open_telegram  # takes seconds: not before we know that we may run

        telegram = await open_telegram(settings.token, settings.api_url)
        stack.push_async_callback(telegram.close)
        taps = DeskTaps(ground.desk, ground.accounts, ground.vault, telegram.transport)
        if settings.desk_content == "full":
            log.warning(WARNING)
        bot = await build_bot(ground, telegram.transport, telegram.watch, taps)
        await ground.store.release_outbox(None)
        await bot.retention.sweep_orphans()
        receiver = Receiver(bot, telegram)
        await receiver.prepare()
        await stack.enter_async_context(together([*bot.loops(), *_ground_loops(ground)]))
        await stack.enter_async_context(receiver.receiving())
        # What lives now lives as long as the process: the collector need not look at it at every turn.
        gc.collect()
        gc.freeze()
        gc.set_threshold(10_000, 20, 20)
        yield bot


def _ground_loops(ground: Ground) -> list[Loop]:
    health, clock = ground.health, ground.clock
    return [
        health.run,
        ground.anchoring.run,
        IdentityWatch(ground.store, clock).run,
        lambda: reload_campaign(ground),
        Reminder(lambda: ground.live.campaign.helplines, clock).run,
        lambda: watchdog(health, clock),
        lambda: dead_man(ground.settings.deadman_url, health, clock),
    ]


@asynccontextmanager
async def running_console(ground: Ground, bot: Bot | None) -> AsyncIterator[str]:
    """Serve the console; yield its address."""
    settings = ground.settings
    options = ConsoleOptions(secure=settings.console_url.startswith("https://"), demo=ground.demo)
    app = make_console(
        ground.desk,
        ground.accounts,
        ground.store,
        ground.clock,
        lambda: ground.live.campaign,
        options,
        Replay(bot) if bot is not None else None,
        ground.audit,
    )
    async with AsyncExitStack() as stack:
        if bot is None:
            await stack.enter_async_context(together(_ground_loops(ground)))
        yield await stack.enter_async_context(
            listening(app, settings.console_host, settings.console_port, "SAFEBOT_CONSOLE_PORT")
        )


async def reload_campaign(ground: Ground) -> None:
    """Look every second whether staff saved a file; a campaign with errors never replaces a good one."""
    while True:
        await ground.clock.sleep_until(ground.clock.now() + timedelta(seconds=1))
        if await asyncio.to_thread(ground.live.refresh):
            log.info("the campaign was reloaded")
        ground.health.audit_broken = ground.anchoring.broken
        ground.health.campaign_broken = any(p.severity == "error" for p in ground.live.problems)
        await ground.people.refresh()
        ground.vault.desks = await ground.accounts.keys.sealing_for()
        ground.accounts.keys.chain.keep_only([person.id for person in ground.people.staff if person.active])
