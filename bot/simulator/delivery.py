"""How updates reach the bot, as Telegram does it: queues, retry waits, expiry, offsets. Time is an argument; no network.

A queue is serial: its next update waits until the one before is confirmed or expired. Messages and edits of a chat share
a queue, the button taps of one person have another, so a tap and a text can overtake each other.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from bot.simulator.dice import dice
from bot.simulator.errors import Json
from bot.simulator.ledger import Ledger, Update

DAY = 86_400.0
GRAIN = 1e-5  # clocks count microseconds: a moment that was rounded down is not early
TAP = 150.0
LONGEST_RETRY_AFTER = 3600.0
GONE_AFTER = 23 * 3600.0
REMEMBERED = 10_000
KINDS = (
    *("message", "edited_message", "channel_post", "edited_channel_post", "callback_query", "my_chat_member"),
    *("chat_member", "message_reaction", "message_reaction_count", "inline_query", "poll", "chat_join_request"),
)
BY_DEFAULT = frozenset(KINDS) - {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where updates are posted."""

    url: str
    secret: str = ""
    connections: int = 40


class Delivery:
    """Updates that wait, and whose turn it is."""

    def __init__(self, ledger: Ledger, seed: int = 1, scale: float = 1.0) -> None:
        self.ledger = ledger
        self.webhook: Webhook | None = None
        self.allowed: frozenset[str] = BY_DEFAULT
        self.last_error: tuple[float, str] | None = None
        self.woken: Callable[[], None] = lambda: None
        self.pending: dict[int, Update] = {}
        self._random = dice(seed)
        self._scale = scale
        self._next_id = self._random.randrange(100_000, 900_000_000)
        self._restart_at: int | None = None
        self._queues: dict[tuple[str, int], deque[Update]] = {}
        self._ready: deque[tuple[str, int]] = deque()
        self._waiting: list[tuple[float, int, tuple[str, int]]] = []
        self._turn = 0
        self.repeats: deque[Update] = deque()  # for the poller: handed out once more
        self._remembered: deque[Update] = deque(maxlen=REMEMBERED)
        self._gone_since: float | None = None

    # --- updates come in

    def restart_ids(self, at: int | None = None) -> None:
        """Number the next updates from elsewhere, perhaps lower, as after a quiet week: from when nothing waits."""
        self._restart_at = at if at is not None else self._random.randrange(1, 900_000_000)

    def put(self, kind: str, chat: int, user: int, payload: Json, now: float) -> int:
        """Queue a new update and return its id; 0 when the bot did not ask for this kind."""
        if kind not in self.allowed:
            return 0
        update_id = self._number()
        body = msgspec.json.encode({"update_id": update_id, kind: payload})
        tap = kind == "callback_query"
        key = ("tap", user) if tap else ("member", chat) if kind == "my_chat_member" else ("chat", chat)
        update = Update(update_id, kind, chat, user, key, now, now + (TAP if tap else DAY), body)
        self.ledger.made(update)
        self._enqueue(update)
        self.woken()
        return update_id

    def again(self, update_id: int) -> None:
        """Deliver an update once more, though it was confirmed; one that still waits is delivered anyway."""
        update = self.ledger.updates.get(update_id)
        if update is None or not update.body:
            raise LookupError(f"update {update_id} is not known any more")
        if update_id in self.pending:
            return  # handed out before its turn, its offset would confirm older ones that nobody has seen
        if self.webhook is None:
            self.repeats.append(update)
        else:
            self._enqueue(update)
        self.woken()

    def _number(self) -> int:
        if self._restart_at is not None and not self.pending:
            self._next_id, self._restart_at = self._restart_at, None
        self._next_id += 1
        return self._next_id - 1

    def _enqueue(self, update: Update) -> None:
        self.pending[update.id] = update
        if self.webhook is None:
            return
        queue = self._queues.get(update.key)
        if queue is None:
            self._queues[update.key] = deque([update])
            self._ready.append(update.key)
        else:
            queue.append(update)

    # --- webhook

    def set_webhook(self, webhook: Webhook | None, drop: bool = False) -> None:
        """Post updates there from now on (None: wait for polling); what waits stays, unless it is dropped."""
        self.webhook = webhook
        self._gone_since = None
        self._queues.clear()
        self._ready.clear()
        self._waiting.clear()
        waiting, self.pending = list(self.pending.values()), {}
        for update in waiting:
            if drop:
                self.ledger.lost(update, "dropped")
            else:
                self._enqueue(update)
        self.woken()

    def take(self, now: float) -> Update | None:
        """Return the next update to post. Its queue waits until `delivered` or `failed` is called with it."""
        if self.webhook is None:
            return None
        while self._waiting and self._waiting[0][0] <= now + GRAIN:
            self._ready.append(heapq.heappop(self._waiting)[2])
        while self._ready:
            key = self._ready.popleft()
            if update := self._head(key, now):
                return update
        return None

    def _head(self, key: tuple[str, int], now: float) -> Update | None:
        queue = self._queues.get(key)
        while queue:
            if queue[0].expires > now:
                return queue[0]
            self._forget(queue.popleft(), "expired")
        self._queues.pop(key, None)
        return None

    def delivered(self, update: Update, now: float, again: bool = False) -> None:
        """Note a 2xx; the queue goes on. With `again` the same update is posted once more."""
        self.ledger.tried(update, now, "200")
        self.ledger.took(update, now)
        self._gone_since = None
        if not self._is_head(update):
            return
        if not again:
            self._remember(update)
            self._queues[update.key].popleft()
        self._go_on(update.key)

    def failed(self, update: Update, now: float, outcome: str, retry_after: float = 0.0) -> None:
        """Note a failure: wait 0, 2, 4, 8, 16, 32, then 60–120 s, or as the bot's Retry-After says."""
        self.ledger.tried(update, now, outcome)
        self.last_error = (now, outcome)
        if outcome.startswith("410") and self._gone_for_good(now):
            self.set_webhook(None)
        if not self._is_head(update):
            return
        wait = self._wait(update, min(retry_after, LONGEST_RETRY_AFTER))
        if now + wait > update.expires:
            self._forget(self._queues[update.key].popleft(), "expired")
            self._go_on(update.key)
            return
        self._turn += 1
        heapq.heappush(self._waiting, (now + wait, self._turn, update.key))

    def _wait(self, update: Update, retry_after: float) -> float:
        if retry_after > 0:
            wait = retry_after
        elif update.fails == 0:
            wait = 0.0
        else:
            update.delay = min(self._random.uniform(60, 120), update.delay * 2)
            wait = update.delay
        update.fails += 1
        return wait * self._scale

    def _gone_for_good(self, now: float) -> bool:
        if self._gone_since is None:
            self._gone_since = now
        return now > self._gone_since + GONE_AFTER

    def next_wake(self) -> float | None:
        """Return when a retry is due."""
        return self._waiting[0][0] if self._waiting else None

    def _is_head(self, update: Update) -> bool:
        queue = self._queues.get(update.key)
        return bool(queue) and queue is not None and queue[0] is update

    def _go_on(self, key: tuple[str, int]) -> None:
        if self._queues[key]:
            self._ready.append(key)
        else:
            del self._queues[key]

    # --- long polling

    def poll(self, offset: int, limit: int, now: float) -> list[Update]:
        """Return updates from `offset` on; everything before it is confirmed by this very call."""
        if offset < 0:
            self._forget_all_but(-offset)
        elif offset <= self._next_id + 10:  # further in the future: Telegram starts from the head
            self._confirm_below(offset, now)
        chosen = [self.repeats.popleft() for _ in range(min(limit, len(self.repeats)))]
        chosen += self._waiting_for_poll(limit - len(chosen), now)
        for update in chosen:
            self.ledger.tried(update, now, "polled")
        return chosen

    def _waiting_for_poll(self, most: int, now: float) -> list[Update]:
        chosen: list[Update] = []
        expired: list[Update] = []
        for update in self.pending.values():
            if len(chosen) >= most:
                break
            (chosen if update.expires > now else expired).append(update)
        for update in expired:
            self._forget(update, "expired")
        return chosen

    def _confirm_below(self, offset: int, now: float) -> None:
        confirmed = []
        for update in self.pending.values():
            if update.id >= offset:
                break
            confirmed.append(update)
        for update in confirmed:
            self.ledger.took(update, now)
            self._remember(update)

    def _forget_all_but(self, last: int) -> None:
        for update in list(self.pending.values())[:-last]:
            self._forget(update, "dropped")

    def _remember(self, update: Update) -> None:
        self.pending.pop(update.id, None)
        if len(self._remembered) == REMEMBERED:
            self._remembered[0].body = b""  # memory: a long run makes millions of updates
        self._remembered.append(update)

    def _forget(self, update: Update, why: str) -> None:
        self.pending.pop(update.id, None)
        update.body = b""
        if update.confirmed is None:
            self.ledger.lost(update, why)
