"""The stand-in for Telegram, in a process of its own, over its JSON routes."""

from __future__ import annotations

import json
import sys
from asyncio.subprocess import PIPE, Process, create_subprocess_exec
from typing import Any

import aiohttp

from tests.chaos.nursery import ROOT

DESK_CHAT = -1000000000042
TOKEN = "1000001:chaos-token-that-opens-nothing"


class Telegram:
    """What people do, and the ledger of what the bot did."""

    def __init__(self) -> None:
        self.url = ""
        self._process: Process | None = None
        self._http: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Start it; retries come hundreds of times sooner than Telegram's."""
        self._process = await create_subprocess_exec(
            *(sys.executable, "-m", "bot.simulator", "--rates", "off", "--retry-scale", "0.003", "--token", TOKEN),
            stdout=PIPE,
            cwd=ROOT,
        )
        assert self._process.stdout is not None
        self.url = json.loads(await self._process.stdout.readline())["url"]
        self._http = aiohttp.ClientSession(self.url)

    async def close(self) -> None:
        """End it."""
        if self._http is not None:
            await self._http.close()
        if self._process is not None:
            self._process.terminate()
            await self._process.wait()

    async def begin(self, faults: list[dict[str, Any]], seed: str) -> None:
        """Forget everything; have the moderators' group, and this trouble."""
        await self._post("reset", {})
        await self.act([{"do": "make_group", "desk": True, "title": "Desk", "id": DESK_CHAT}])
        await self._post("faults", {"clear": True, "faults": faults, "seed": seed})

    async def act(self, acts: list[dict[str, Any]]) -> list[int]:
        """Let people act; return the update each act made."""
        done = await self._post("acts", {"acts": acts})
        return [one.get("update", 0) for one in done["done"]]

    async def end_trouble(self) -> None:
        """Have no faults any more."""
        await self._post("faults", {"clear": True})

    async def sends(self, after: int) -> list[dict[str, Any]]:
        """Return what the bot sent since then, a thousand at most."""
        return list((await self._get(f"sends?after={after}"))["sends"])

    async def unconfirmed(self) -> int:
        """Return how many updates the bot has not said it has."""
        return int((await self._get("ledger"))["unconfirmed"])

    async def updates(self) -> list[dict[str, Any]]:
        """Return every update with its deliveries."""
        rows: list[dict[str, Any]] = []
        while more := (await self._get(f"updates?after={len(rows)}"))["updates"]:
            rows += more
        return rows

    async def _get(self, path: str) -> Any:
        assert self._http is not None
        async with self._http.get(f"/_sim/{path}") as response:
            return await response.json()

    async def _post(self, path: str, body: dict[str, Any]) -> Any:
        assert self._http is not None
        async with self._http.post(f"/_sim/{path}", json=body) as response:
            answer = await response.json()
        if response.status != 200:
            raise RuntimeError(f"the simulator refused {path}: {answer}")
        return answer
