"""The girls who write while the bot is killed, and what they have been answered so far.

A steady girl waits for both bubbles of an answer before she writes again. A hasty one writes five words at once: of these
only the last must be answered (the sender keeps at most three unsent replies a chat). One in trouble ends with a plea.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.chaos.campaign import ECHO, PLEA
from tests.chaos.telegram import DESK_CHAT, Telegram

FIRST_ID = 5000
LOOK = 0.008
HASTE = 5
JOINS_EVERY = 0.12
AGAIN = 0.03
QUIET = 0.5
PATIENCE = 5.0


@dataclass(slots=True)
class Girl:
    """One chat. `said` are (words, update) in order; `awaits` the bubbles that must come before she writes again."""

    id: int
    manner: str  # steady, hasty or trouble
    joins_at: float
    words_left: int = 1_000_000
    said: list[tuple[str, int]] = field(default_factory=list)
    awaits: set[tuple[str, str]] = field(default_factory=set)
    pleaded: bool = False
    helped: bool = False

    def next_words(self) -> list[str]:
        """Return what she writes now."""
        if not self.said:
            return ["/start"]
        if self.words_left <= 0:
            return [PLEA]
        count = HASTE if self.manner == "hasty" else 1
        self.words_left -= count
        return [f"kite{len(self.said) + n}" for n in range(count)]

    def wrote(self, words: list[str], updates: list[int]) -> None:
        """Note what she wrote and what she waits for."""
        self.said += zip(words, updates, strict=True)
        self.pleaded = words == [PLEA]
        heard_as = "" if words == ["/start"] else words[-1]
        self.awaits = set() if self.pleaded else {("First", heard_as), ("Second", heard_as)}

    def reads(self, text: str) -> None:
        """Note what the bot sent her."""
        if match := ECHO.fullmatch(text):
            self.awaits.discard((match[1], match[2]))
        else:
            self.helped = self.helped or self.pleaded

    @property
    def content(self) -> bool:
        """Return whether she has her answer."""
        return not self.awaits and self.helped == self.pleaded


class Load:
    """All girls of one point. `run` goes on while the bot is down."""

    def __init__(self, telegram: Telegram, seed: str, girls: int) -> None:
        self._telegram, self._dice = telegram, Random(seed)
        self.girls = {FIRST_ID + n: self._girl(n) for n in range(girls)}
        self.sends: list[dict[str, Any]] = []
        self.news = asyncio.Event()
        self._stopped = False
        self._quiet_since = 0.0
        self._repeatable: deque[int] = deque(maxlen=200)

    def _girl(self, n: int) -> Girl:
        manner = "trouble" if n % 4 == 2 else "hasty" if n % 5 == 3 else "steady"
        left = self._dice.randint(0, 6) if manner == "trouble" else 1_000_000
        return Girl(FIRST_ID + n, manner, n * JOINS_EVERY, left)

    def stop(self) -> None:
        """Nobody writes anything new; `run` then ends when all have their answers."""
        self._stopped = True

    async def run(self) -> None:
        """Write and read until stopped and quiet; who has no answer then does not get one."""
        loop = asyncio.get_running_loop()
        began = self._quiet_since = loop.time()
        while not await self._over(loop.time()):
            await self._read(loop.time())
            if not self._stopped:
                await self._write(loop.time() - began)
            await asyncio.sleep(LOOK)

    async def _over(self, now: float) -> bool:
        quiet = now - self._quiet_since
        if not self._stopped or quiet < QUIET:
            return False
        return quiet > PATIENCE or (self._all_answered() and not await self._telegram.unconfirmed())

    def _all_answered(self) -> bool:
        pleas = sum(girl.pleaded for girl in self.girls.values())
        cards = {sent["text"] for sent in self.sends if sent["chat"] == DESK_CHAT and sent["method"] == "sendMessage"}
        return all(girl.content for girl in self.girls.values() if girl.said) and len(cards) >= pleas

    async def _read(self, now: float) -> None:
        new = await self._telegram.sends(len(self.sends))
        if new:
            self._quiet_since = now
            self.news.set()
        self.sends += new
        for sent in new:
            if sent["chat"] in self.girls and sent["method"] == "sendMessage":
                self.girls[sent["chat"]].reads(sent["text"])

    async def _write(self, since: float) -> None:
        ready = [g for g in self.girls.values() if g.joins_at <= since and g.content and not g.pleaded]
        written = [(girl, girl.next_words()) for girl in ready]
        acts = [{"do": "say", "user": girl.id, "text": text} for girl, words in written for text in words]
        if self._repeatable and self._dice.random() < AGAIN:
            acts.append({"do": "again", "update": self._dice.choice(self._repeatable)})
        if not acts:
            return
        updates = iter(await self._telegram.act(acts))
        for girl, words in written:
            mine = [next(updates) for _ in words]
            girl.wrote(words, mine)
            self._repeatable.extend(mine)
