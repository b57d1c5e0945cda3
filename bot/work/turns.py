"""All turns of this process: whatever waits at the same moment is loaded, decided and committed together.

One chat has at most one turn in flight. A future resolves only after the commit: that is the acknowledgement.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.model.ids import ChatToken
from bot.model.outbox import OutboxRow
from bot.store.chat_records import ChatRow, Timer
from bot.store.desk_records import DeskWrite
from bot.store.errors import StoreError
from bot.store.operator_records import Quarantined
from bot.store.protocol import Store
from bot.store.reply_records import ReplyState
from bot.store.turn_records import Outcome, TimerKey, Turn, TurnResult, UpdateKey
from bot.vault.errors import CannotOpen
from bot.vault.vault import Vault
from bot.work import ring
from bot.work.conversations import Conversations
from bot.work.duty_now import DutyNow
from bot.work.honest import heard_all_the_same, honest_turn
from bot.work.job import Draft, Job, Running
from bot.work.ports import Clock
from bot.work.sealed_rows import seal_quarantined
from bot.work.sealing import Box, case_key, chat_key, desks_in, keys_needed, open_mark, sealed_turn
from bot.work.trouble import place_of
from bot.work.turn import take_turn
from bot.work.waiting import CannotRing, Raw, Waiting

log = logging.getLogger("safebot.turns")

BATCH = 64
TRIES = 5


class Outlet(Protocol):
    """Where committed rows go at once: the sender."""

    def offer(self, rows: Sequence[OutboxRow], cancelled: Sequence[int]) -> None: ...


class LastWords(Protocol):
    """Help words that need no storage."""

    async def help(self, jobs: Sequence[Job]) -> None: ...


@dataclass(slots=True)
class Turns:
    """The one way in: `take` for updates, `ring` for timers. Run `run()` as a task beside them."""

    store: Store
    vault: Vault
    running: Running
    clock: Clock
    duty: DutyNow
    outlet: Outlet
    last_words: LastWords
    owner: str
    demo: bool = False
    desk: bool = False
    after: Callable[[Draft], Awaitable[None]] | None = None  # called with every turn that was committed
    _queues: dict[ChatToken, deque[Waiting]] = field(default_factory=dict)
    _ready: deque[ChatToken] = field(default_factory=deque)
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _chats: Conversations = field(init=False)

    def __post_init__(self) -> None:
        self._chats = Conversations(self.vault)

    async def take(self, job: Job, raw: Raw | None = None) -> bool:
        """Return True once the event has acted, or had acted before. Raises StoreError when nothing could be written."""
        waiting = Waiting(job, asyncio.get_running_loop().create_future(), raw)
        queue = self._queues.get(job.chat)
        if queue is None:
            self._queues[job.chat] = deque((waiting,))
            self._ready.append(job.chat)
        else:
            queue.append(waiting)
        self._wake.set()
        return await waiting.done

    async def ring(self, timer: Timer) -> bool:
        """Let a due timer act."""
        reply = await self.store.reply(timer.name.partition(":")[2]) if timer.name.startswith("reply:") else None
        box = (await self.vault.boxes([chat_key(timer.chat)]))[chat_key(timer.chat)]
        try:
            return await self.take(ring.job_of(timer, reply, box))
        except CannotOpen:
            log.error("a moderator's reply cannot be opened any more: it goes back to her page")
            await self._back_to_draft(timer)
            return await self.take(ring.job_of(timer, None, box))

    async def _back_to_draft(self, timer: Timer) -> None:
        name = timer.name.partition(":")[2]
        await self.store.commit_desk(DeskWrite(reply_state=(name, ReplyState.PENDING, ReplyState.DRAFT)))

    async def set_aside(self, key: UpdateKey, code: str, raw: Raw) -> bool:
        """Commit an update that belongs to no chat into quarantine."""
        now = self.clock.now()
        body = seal_quarantined(self.vault, raw, key)
        turn = Turn(key, ChatToken(""), now, 0, keep_state=True, quarantine=Quarantined("Unreadable", code, body, now))
        result = (await self.store.commit_turns([turn]))[0]
        if result.outcome is Outcome.FAILED:
            raise StoreError(f"an update cannot be set aside ({result.error})")
        return True

    async def run(self) -> None:
        """Work for ever. Cancel to stop: what is not committed was not acknowledged."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._ready:
                await self._round([self._ready.popleft() for _ in range(min(BATCH, len(self._ready)))])

    async def _round(self, chats: list[ChatToken]) -> None:
        batch = [self._queues[chat][0] for chat in chats]
        try:
            await self._try(batch)
        finally:
            self._next(chats)

    async def _try(self, batch: list[Waiting]) -> None:
        try:
            await self._commit(batch)
        except StoreError as error:
            log.error("nothing could be written: %s", error)
            await self._give_up(batch, error)
        except Exception as error:
            # A bug of ours: whoever it concerns is found by going one by one, the others must not wait for it.
            log.error("%d turns could not be worked out: %s", len(batch), place_of(error))
            await self._one_by_one(batch)

    async def _one_by_one(self, batch: list[Waiting]) -> None:
        if len(batch) == 1 and batch[0].tries > TRIES:
            await self._give_up(batch, StoreError("the turn could not be worked out"))
            return
        for waiting in [w for w in batch if not w.done.done()]:
            if len(batch) == 1:
                waiting.tries = TRIES + 1  # the honest way, into quarantine
            await self._try([waiting])

    def _next(self, chats: Iterable[ChatToken]) -> None:
        """A chat whose first event is settled makes room for its next one."""
        for chat in chats:
            queue = self._queues[chat]
            if queue[0].done.done():
                queue.popleft()
            if queue:
                self._ready.append(chat)
            else:
                del self._queues[chat]

    async def _give_up(self, batch: list[Waiting], error: StoreError) -> None:
        left = [w for w in batch if not w.done.done()]
        await self.last_words.help([self._heard(w.job) for w in left])
        for waiting in left:
            waiting.refuse(error)

    def _heard(self, job: Job) -> Job:
        return replace(job, what=heard_all_the_same(self.running, job, ChatRow(job.chat)))

    async def _commit(self, batch: list[Waiting]) -> None:
        now = self.clock.now()
        rows = await self.store.load_chats([w.job.chat for w in batch], now)
        boxes: dict[str, Box] = dict(await self.vault.boxes([chat_key(w.job.chat) for w in batch]))
        made = [(w, self._draft(w, rows[w.job.chat], boxes, now)) for w in batch]
        drafts = [(waiting, draft) for waiting, draft in made if draft is not None]
        await self._lend_keys([draft for _, draft in drafts], boxes)
        turns = [await self._seal(waiting, draft, boxes, now) for waiting, draft in drafts]
        results = await self.store.commit_turns(turns, self.owner, now)
        for (waiting, draft), result in zip(drafts, results, strict=True):
            await self._settle(waiting, draft, result)

    async def _lend_keys(self, drafts: list[Draft], boxes: dict[str, Box]) -> None:
        """Keys of cases are committed in their own file before the turn that needs them."""
        names = {n for d in drafts for n in keys_needed(d, desk=self.desk)} - boxes.keys()
        if names:
            boxes.update(await self.vault.boxes(sorted(names), desks_in(drafts)))

    def _draft(self, waiting: Waiting, row: ChatRow, boxes: dict[str, Box], now: datetime) -> Draft | None:
        """Return what the event changes; None for a timer that a bug keeps from ringing: it stands, and rings again."""
        followed = len(self._queues[waiting.job.chat]) > 1
        job = replace(waiting.job, followed=True) if followed else waiting.job
        before = self._chats.open(row, boxes[chat_key(job.chat)], now)
        duty = self.duty.of(self.running.campaign, before.profile, job.language_hint, now)
        timer = isinstance(job.key, TimerKey)
        try:
            if timer or waiting.tries <= TRIES:
                return take_turn(self.running, job, row, before, duty, now, demo=self.demo)
        except Exception as error:
            log.error("turn failed: %s in chat event %s", place_of(error), type(job.what).__name__)
            if timer:
                waiting.refuse(CannotRing(place_of(error)))
                return None
        # Her words must not vanish in a bug: they are heard, she gets an honest sentence, the update waits sealed.
        waiting.tries = TRIES + 1
        return honest_turn(self.running, job, row, before, duty, now, demo=self.demo)

    async def _seal(self, waiting: Waiting, draft: Draft, boxes: dict[str, Box], now: datetime) -> Turn:
        job = draft.job
        address = None
        known = draft.row.address
        if job.chat_id is not None and (known is None or not self.vault.sealed_by_newest(known)):
            address = self.vault.seal(str(job.chat_id).encode(), f"address:{job.chat}")
        window = await self._window(draft, boxes, now) if draft.wipe is not None or draft.unopened else ()
        turn = sealed_turn(
            draft,
            boxes,
            self.running.campaign,
            now,
            ring=self.vault,
            address=address,
            window=window,
            desk=self.desk,
        )
        if waiting.tries > TRIES or waiting.job.code:
            turn = replace(turn, quarantine=self._quarantined(waiting, now))
        return turn

    async def _window(self, draft: Draft, boxes: dict[str, Box], now: datetime) -> tuple[int, ...]:
        """Return the ids of messages to delete: all of her window, or only neutral lines of replies taken away."""
        chat, wiped = draft.job.chat, draft.wipe is not None
        box = boxes[chat_key(chat)]
        ids = {draft.job.message_id} if wiped and draft.job.message_id else set()
        for mark in await self.store.marks(chat, now - timedelta(hours=48)):
            try:
                number, reply = open_mark(box, chat, mark.body)
            except CannotOpen:
                continue
            if wiped or reply in draft.unopened:
                ids.add(number)
        return tuple(sorted(ids))

    def _quarantined(self, waiting: Waiting, now: datetime) -> Quarantined | None:
        if waiting.raw is None:
            return None
        body = seal_quarantined(self.vault, waiting.raw, waiting.job.key)
        return Quarantined(
            kind=type(waiting.job.what).__name__, code=waiting.job.code or "turn_failed", body=body, at=now
        )

    async def _settle(self, waiting: Waiting, draft: Draft, result: TurnResult) -> None:
        match result.outcome:
            case Outcome.DONE:
                self._chats.remember(draft)
                self.outlet.offer(result.rows, result.cancelled)
                await self._shred(draft)
                waiting.acknowledge()
                if self.after is not None:
                    await self.after(draft)
            case Outcome.DUPLICATE:
                waiting.acknowledge()
            case Outcome.CONFLICT:
                self._chats.forget(draft.job.chat)
                waiting.tries += 1
                if waiting.tries > TRIES + 3:
                    await self._give_up([waiting], StoreError("the chat changed again and again under this turn"))
            case Outcome.FAILED:
                self._chats.forget(draft.job.chat)
                log.error("turn could not be written: %s", result.error)
                if waiting.tries > TRIES:
                    await self._give_up([waiting], StoreError(f"a turn cannot be written ({result.error})"))
                waiting.tries = TRIES + 1

    async def _shred(self, draft: Draft) -> None:
        """Drop keys whose rows are gone: of a case she did not want, of a chat that was wiped. Retention tries again."""
        names = [case_key(draft.decision.case.id)] if draft.decision is not None and draft.decision.shred else []
        names += [chat_key(draft.job.chat)] if draft.wipe is not None else []
        if not names:
            return
        try:
            await self.vault.shred(names)
        except StoreError as error:
            log.error("a key could not be shredded yet: %s", error)
