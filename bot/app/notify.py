"""Telling systemd that we are ready and alive, and a dead-man address that all is well. Without them nothing happens."""

from __future__ import annotations

import logging
import os
import socket
from datetime import timedelta

import aiohttp

from bot.work.health import Health
from bot.work.ports import Clock

log = logging.getLogger("safebot.notify")


def notify(message: str) -> None:
    """Send one line to systemd's socket, if there is one (sd_notify(3))."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.connect("\0" + address[1:] if address.startswith("@") else address)
        line.sendall(message.encode())


async def watchdog(health: Health, clock: Clock) -> None:
    """Tell systemd twice per period that the event loop turns and the store answers; silence makes it restart us.

    A store that refuses (full, locked) is an answer: a new process could not even open it, this one still gives help words.
    """
    period = int(os.environ.get("WATCHDOG_USEC", "0")) / 1e6
    if not period:
        return
    while True:
        if health.alive:
            notify("WATCHDOG=1")
        await clock.sleep_until(clock.now() + timedelta(seconds=period / 2))


async def dead_man(url: str, health: Health, clock: Clock) -> None:
    """Call an address every minute while nothing is wrong; whoever watches it alarms when it stops."""
    if not url:
        return
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)) as session:
        while True:
            if health.report.ready and not health.report.problems:
                await _call(session, url)
            await clock.sleep_until(clock.now() + timedelta(minutes=1))


async def _call(session: aiohttp.ClientSession, url: str) -> None:
    try:
        async with session.get(url):
            pass
    except (aiohttp.ClientError, TimeoutError) as error:
        log.warning("the dead-man address does not answer: %s", type(error).__name__)
