"""Loops that must run for ever."""

from __future__ import annotations

import asyncio
import signal

import pytest

from bot.app.listen import LoopEnded, together


class Unwell(Exception):
    """Something an operator must hear."""

    exit_code = 2


async def fails() -> None:
    raise ValueError("lantern words")


async def tells() -> None:
    raise Unwell("another program is already receiving")


async def forever() -> None:
    await asyncio.Event().wait()


async def told_to_stop() -> asyncio.Event:
    """Return the event that the signal to stop sets, as the command has it."""
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    return stopped


async def test_a_loop_that_ends_stops_the_process_with_an_error_that_holds_no_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    stopped = await told_to_stop()
    with pytest.raises(LoopEnded, match="ValueError") as caught:
        async with together([fails]):
            await stopped.wait()
    assert caught.value.exit_code == 2
    assert "lantern" not in f"{caught.value} {caplog.text}"


async def test_what_a_loop_has_to_say_to_the_operator_is_passed_on() -> None:
    stopped = await told_to_stop()
    with pytest.raises(Unwell, match="already receiving"):
        async with together([tells]):
            await stopped.wait()


async def test_a_stop_ends_every_loop_without_an_error() -> None:
    async with together([forever]):
        await asyncio.sleep(0)
