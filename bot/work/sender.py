"""The sender: takes rows from the outbox, one chat one row in flight, crisis first, and writes down what became of each.

At least once: after a crash, the one message in flight per chat may repeat. Telegram has no key to prevent that. So that
it is one, the next message of a chat goes only when the one before is written down.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any

from bot.model.effects import Lane
from bot.model.ids import DESK, ChatToken
from bot.model.outbox import Delivered, Never, OutboxRow, Settled, TryAgain
from bot.store.errors import StoreError
from bot.store.protocol import Store
from bot.work.crowd import told_together
from bot.work.dispatch import Dispatch, Done
from bot.work.holds import Holds
from bot.work.line import ChatLine
from bot.work.pace import Pace
from bot.work.ports import Clock
from bot.work.trouble import place_of

log = logging.getLogger("safebot.sender")

IN_FLIGHT = 64
LEASE = timedelta(seconds=60)
POLL = timedelta(milliseconds=250)
SHORT = 5.0
"""A wait up to this many seconds is spent here; a longer one goes back to the store, which keeps the order."""
GIVE_UP = timedelta(hours=24)
"""An older row is parked: nobody wants yesterday's question."""
LONGEST_BACKOFF = 60.0
CRISIS_BACKOFF = 10.0
CRISIS_DEBT = 5
DICE = SystemRandom()


@dataclass(frozen=True, slots=True)
class Limits:
    """How fast: one chat (after a burst), the moderators' group a minute, the broadcast lane a second."""

    chat: float = 1.0
    burst: int = 5
    group: float = 20.0
    broadcast: float = 30.0


class Sender:
    """`offer` rows as they are committed; `run` sends them and whatever else the store has due."""

    def __init__(
        self, store: Store, dispatch: Dispatch, clock: Clock, owner: str, limits: Limits | None = None
    ) -> None:
        self._store, self._dispatch, self._clock, self._owner = store, dispatch, clock, owner
        self._limits = limits or Limits()
        self._lines: dict[ChatToken, ChatLine] = {}
        self._paces: dict[ChatToken, Pace] = {}
        self._broadcast = Pace(self._limits.broadcast, self._limits.broadcast)
        self._holds = Holds()
        self._held: set[int] = set()
        self._cancelled: set[int] = set()
        self._later: dict[ChatToken, datetime] = {}
        self._tries: dict[ChatToken, int] = {}  # refusals in a row: they outlive a wait in the store
        self._unwritten: dict[ChatToken, asyncio.Future[None]] = {}
        self._settled: list[Settled] = []
        self._to_settle = asyncio.Event()
        self._room = asyncio.Semaphore(IN_FLIGHT)
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def desk_chat(self) -> int | None:
        """Return the moderators' group's present id."""
        return self._dispatch.desk_chat

    def offer(self, rows: Sequence[OutboxRow], cancelled: Sequence[int] = ()) -> None:
        """Take over committed rows that this sender holds already, and forget those that were cancelled."""
        self._cancelled.update(number for number in cancelled if number in self._held)
        for row in rows:
            self._accept(row)

    async def run(self) -> None:
        """Send until cancelled. Rows then in flight are settled by whoever starts next."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._collect())
                group.create_task(self._settle())
        finally:
            for task in self._tasks:
                task.cancel()

    # -- taking rows in

    def _accept(self, row: OutboxRow) -> None:
        if row.id in self._held:
            return
        again = self._later.get(row.chat)
        if again is not None and again > self._clock.now() and row.lane is not Lane.CRISIS:
            # Earlier rows of this chat wait in the store: this one goes behind them, or the order would break.
            self._write(Settled(row.id, row.chat, "retry", again_at=again, reason="behind"))
            return
        self._held.add(row.id)
        line = self._lines.setdefault(row.chat, ChatLine())
        line.add(row)
        if not line.working:
            line.working = True
            self._start(self._work(row.chat, line))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _collect(self) -> None:
        """Fetch what was not handed over: retries, the desk, the broadcast, rows of a process that died."""
        while True:
            now = self._clock.now()
            self._forget_rested(now)
            try:
                for row in await self._store.claim_outbox(self._owner, now, 200, now + LEASE):
                    self._accept(row)
            except StoreError as error:
                log.error("the outbox cannot be read: %s", error)
            await self._clock.sleep_until(now + POLL)

    def _forget_rested(self, now: datetime) -> None:
        if len(self._paces) > 10_000:
            seconds = now.timestamp()
            self._paces = {chat: pace for chat, pace in self._paces.items() if not pace.full(seconds)}
        self._later = {chat: at for chat, at in self._later.items() if at > now} if self._later else self._later

    # -- one chat

    async def _work(self, chat: ChatToken, line: ChatLine) -> None:
        try:
            while line.first() is not None:
                await self._written_down(chat)
                if (row := line.first()) is not None:
                    await self._step(chat, line, row)
        except Exception as error:
            log.error("sending to a chat failed: %s; its rows go back to the store", place_of(error))
            self._put_back(chat, line, LONGEST_BACKOFF, "bug")
        finally:
            line.working = False
            if self._lines.get(chat) is line and line.first() is None:
                del self._lines[chat]

    async def _written_down(self, chat: ChatToken) -> None:
        """Wait until what this chat was sent last is in the store: a crash now would repeat it, and only it."""
        if (writing := self._unwritten.get(chat)) is not None:
            await writing

    async def _step(self, chat: ChatToken, line: ChatLine, row: OutboxRow) -> None:
        if row.id in self._cancelled:
            self._close(line, row, Settled(row.id, chat, "dropped", reason="overtaken"))
            return
        wait = self._wait(chat, row.lane)
        if wait > SHORT:
            self._put_back(chat, line, wait, "held")
        elif wait > 0:
            line.changed.clear()
            await _first(line.changed, self._clock, self._clock.now() + timedelta(seconds=wait))
        else:
            crowd = told_together(line.rows()) if chat == DESK else ()
            async with self._room:
                now = self._clock.now()
                done = await (self._dispatch.tell_together(crowd, now) if crowd else self._dispatch.send(row))
            self._after(chat, line, row, done)
            self._told(line, row, crowd if isinstance(done.delivery, Delivered) else ())

    def _told(self, line: ChatLine, row: OutboxRow, crowd: Sequence[OutboxRow]) -> None:
        """What was told together with a row need not be told again."""
        for other in crowd:
            if other.id != row.id:
                self._close(line, other, Settled(other.id, other.chat, "dropped", reason="told_together"))

    def _wait(self, chat: ChatToken, lane: Lane) -> float:
        """Return the seconds until a row of this lane may go; with 0 its place is taken."""
        now = self._clock.now().timestamp()
        held = self._holds.wait(chat, lane, now)
        if held > 0:
            return held
        if lane is Lane.BROADCAST and (wait := self._broadcast.wait(now)) > 0:
            return wait
        pace = self._paces.get(chat)
        if pace is None:
            pace = self._paces[chat] = self._new_pace(chat)
        # Help words do not wait behind the small talk that used the burst up.
        return pace.wait(now, CRISIS_DEBT if lane is Lane.CRISIS else 0.0)

    def _new_pace(self, chat: ChatToken) -> Pace:
        if chat == DESK:  # at most a quarter at once, so that no minute ever holds more than the whole
            return Pace(self._limits.group * 0.75 / 60, max(1.0, self._limits.group * 0.25))
        return Pace(self._limits.chat, self._limits.burst)

    def _after(self, chat: ChatToken, line: ChatLine, row: OutboxRow, done: Done) -> None:
        match done.delivery:
            case Delivered():
                self._tries.pop(chat, None)
                self._unwritten[chat] = asyncio.get_running_loop().create_future()
                self._close(line, row, Settled(row.id, chat, "sent", marks=done.marks, card=done.card))
            case Never(reason=reason, blocked=blocked):
                self._close(line, row, Settled(row.id, chat, "parked", reason=reason, blocked=blocked))
            case TryAgain() as refusal:
                self._refused(chat, line, row, refusal)

    def _refused(self, chat: ChatToken, line: ChatLine, row: OutboxRow, refusal: TryAgain) -> None:
        now = self._clock.now()
        if now - row.created_at > GIVE_UP:
            self._close(line, row, Settled(row.id, chat, "parked", reason=f"too_old:{refusal.reason}"))
            return
        tries = self._tries[chat] = self._tries.get(chat, 0) + 1
        seconds = refusal.after if refusal.after is not None else back_off(tries, row.lane)
        self._holds.refuse(chat, row.lane, now.timestamp(), seconds, flood=refusal.flood)

    def _put_back(self, chat: ChatToken, line: ChatLine, seconds: float, reason: str) -> None:
        """A long wait is spent in the store: all rows of the chat go back together, so their order stays."""
        again = self._clock.now() + timedelta(seconds=seconds)
        self._later[chat] = max(again, self._later.get(chat, again))
        for row in line.rows():
            self._close(line, row, Settled(row.id, chat, "retry", again_at=again, reason=reason))

    def _close(self, line: ChatLine, row: OutboxRow, settled: Settled) -> None:
        line.take_out(row)
        self._write(settled)

    # -- writing down

    def _write(self, settled: Settled) -> None:
        self._settled.append(settled)
        self._to_settle.set()

    async def _settle(self) -> None:
        while True:
            await self._to_settle.wait()
            self._to_settle.clear()
            batch, self._settled = self._settled, []
            try:
                await self._store.settle_outbox(batch, self._clock.now())
            except StoreError as error:
                log.error("what was sent cannot be written down: %s", error)
                self._settled = [*batch, *self._settled]
                self._go_on(batch)  # help words do not wait for a broken disk: better they repeat than stay away
                await self._clock.sleep_until(self._clock.now() + timedelta(seconds=1))
                self._to_settle.set()
                continue
            for settled in batch:
                self._held.discard(settled.id)
                self._cancelled.discard(settled.id)
            self._go_on(batch)

    def _go_on(self, batch: Sequence[Settled]) -> None:
        """Let the chats go on whose last message was being written down."""
        for settled in batch:
            writing = self._unwritten.pop(settled.chat, None) if settled.state == "sent" else None
            if writing is not None and not writing.done():
                writing.set_result(None)


def back_off(tries: int, lane: Lane) -> float:
    """Return the seconds until the next try: doubled each time up to a minute (help words: ten seconds), with jitter so
    that many chats do not come back at once."""
    longest = CRISIS_BACKOFF if lane is Lane.CRISIS else LONGEST_BACKOFF
    return float(min(longest, 0.5 * 2 ** min(tries, 10))) * DICE.uniform(0.5, 1.0)


async def _first(event: asyncio.Event, clock: Clock, until: datetime) -> None:
    """Wait for the event or the time, whichever comes first."""
    sleeping = asyncio.ensure_future(clock.sleep_until(until))
    waiting = asyncio.ensure_future(event.wait())
    try:
        await asyncio.wait({sleeping, waiting}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        sleeping.cancel()
        waiting.cancel()
