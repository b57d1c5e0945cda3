"""Where victims come from: forked from the zygote in milliseconds, or started cold; ended only by `kill -9` of their pid."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(slots=True)
class Victim:
    """One running bot. `gone` resolves with the signal that ended it (0: it ended by itself)."""

    pid: int
    gone: asyncio.Task[int]

    async def kill(self) -> None:
        """Kill it now, if it lives, and wait until it is gone."""
        if not self.gone.done():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        await self.gone


class Nursery:
    """Starts victims, one at a time."""

    def __init__(self) -> None:
        self._zygote: Process | None = None

    async def open(self) -> None:
        """Start the zygote: this takes the imports' seconds."""
        self._zygote = await _python("tests.chaos.zygote", stdin=PIPE, stdout=PIPE)
        await self._hear()

    async def close(self) -> None:
        """End the zygote."""
        if self._zygote is not None and self._zygote.stdin is not None:
            self._zygote.stdin.close()
            await self._zygote.wait()

    async def born(self, orders: dict[str, Any], *, cold: bool = False) -> Victim:
        """Start a bot: forked, or by a Python of its own."""
        if cold:
            process = await _python("tests.chaos.victim", json.dumps(orders))
            return Victim(process.pid, asyncio.create_task(_cold_end(process)))
        pid = await self._ask(orders)
        return Victim(pid, asyncio.create_task(self._forked_end(pid)))

    async def _forked_end(self, pid: int) -> int:
        status = await self._ask({"wait": pid})
        return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0

    async def _ask(self, what: dict[str, Any]) -> int:
        assert self._zygote is not None and self._zygote.stdin is not None
        self._zygote.stdin.write(json.dumps(what).encode() + b"\n")
        return int(await self._hear())

    async def _hear(self) -> Any:
        assert self._zygote is not None and self._zygote.stdout is not None
        line = await self._zygote.stdout.readline()
        if not line:
            raise RuntimeError("the zygote ended: what it wrote to standard error says why")
        return json.loads(line) if line != b'"ready"\n' else 0


async def _python(module: str, *given: str, **pipes: Any) -> Process:
    return await asyncio.create_subprocess_exec(sys.executable, "-m", module, *given, cwd=ROOT, **pipes)


async def _cold_end(process: Process) -> int:
    return max(0, -await process.wait())
