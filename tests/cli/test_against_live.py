"""`safebot flows check --against live`, `versions` and `back` beside a bot that runs: processes of their own, one store."""

from __future__ import annotations

import asyncio
import shutil
import signal
import subprocess
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from bot.simulator.core import DEMO
from bot.simulator.server import Simulator
from bot.work.clock import SystemClock
from tests.flowfile.campaigns import write

HELLO = """
flow: hello
title: Hello
steps:
  hello:
    ask: Hello. Good that you are here. Ready?
    buttons: {yes: Yes -> done, no: No -> done}
"""
RENAMED = HELLO.replace("  hello:", "  ready:")
Run = Callable[..., Result]


class Beside:
    """A bot that runs, and the commands somebody types beside it."""

    def __init__(self, simulator: Simulator, folder: Path, settings: dict[str, str], run: Run) -> None:
        self.simulator, self.folder, self._settings, self._run = simulator, folder, settings, run

    async def flows(self, *arguments: str) -> Result:
        return await asyncio.to_thread(self._run, "flows", *arguments, **self._settings)

    async def says(self, words: str) -> str:
        """Ana writes; return what she reads."""
        before = len(self.simulator.ledger.sends)
        self.simulator.say("Ana", words)
        await self.simulator.until(lambda: len(self.simulator.ledger.sends) > before, 20)
        return str(self.simulator.ledger.sends[-1].text)

    async def reads(self, words: str) -> None:
        """Wait until the bot answers Ana with these words."""
        async with asyncio.timeout(20):
            while words not in await self.says("/start"):
                pass

    def save(self, hello: str) -> None:
        (self.folder / "flows" / "hello.yaml").write_text(hello, encoding="utf-8")


@pytest.fixture
async def beside(tmp_path: Path, process: Callable[..., subprocess.Popen[str]], safebot: Run) -> AsyncIterator[Beside]:
    simulator = Simulator(SystemClock(), rates="off")
    await simulator.start()
    folder = write(tmp_path / "campaign", **{"flows/hello.yaml": HELLO})
    changes: dict[str, Any] = {
        "SAFEBOT_TOKEN": DEMO,
        "SAFEBOT_API_URL": simulator.url,
        "SAFEBOT_CAMPAIGN": str(folder),
        "SAFEBOT_RATE_CHAT": "1000",
        "SAFEBOT_BURST_CHAT": "1000",
    }
    bot = process("run", "--only", "bot", **changes)
    try:
        yield Beside(simulator, folder, changes, safebot)
    finally:
        bot.send_signal(signal.SIGTERM)
        await asyncio.to_thread(bot.wait, 20)
        await simulator.stop()


async def test_the_chats_of_a_running_bot_are_counted_at_the_question_an_edit_takes_away(
    beside: Beside, tmp_path: Path
) -> None:
    edited = shutil.copytree(beside.folder, tmp_path / "edited")
    (edited / "flows" / "hello.yaml").write_text(RENAMED, encoding="utf-8")
    await beside.says("/start")

    found = await beside.flows("check", str(edited), "--against", "live")

    assert "W220 the question 'hello' is gone, and 1 chat waits there" in found.output, found.output
    moved = RENAMED.replace("steps:", "moved: {hello: ready}\nsteps:")
    (edited / "flows" / "hello.yaml").write_text(moved, encoding="utf-8")
    assert "W220" not in (await beside.flows("check", str(edited), "--against", "live")).output


async def test_a_running_bot_keeps_what_it_takes_up_and_goes_back_when_it_is_told(beside: Beside) -> None:
    assert "Good that" in await beside.says("/start")
    beside.save(RENAMED.replace("Good", "Nice"))
    await beside.reads("Nice that")

    assert "flows/hello.yaml" in (await beside.flows("versions")).output
    assert (await beside.flows("back")).exit_code == 0
    await beside.reads("Good that")
