"""Telegram's limits: hard ones refuse the call and count, soft ones (rates) count and, if wanted, answer 429."""

from __future__ import annotations

from collections import deque

MESSAGE_UNITS = 4096
CAPTION_UNITS = 1024
DATA_BYTES = 64
DELETE_IDS = 100
DELETE_SECONDS = 48 * 3600
TOPIC_NAME = 128
ANSWER_CHARACTERS = 200
TAP_SECONDS = 60
COPY_CHARACTERS = 256

PER_CHAT = 1.0  # a second, after a burst
BURST = 5.0
PER_GROUP = 20  # a minute
BULK = 30  # a second, to people who did not just write
BULK_AFTER = 60.0


def units(text: str) -> int:
    """Return the length as Telegram counts it: UTF-16 units."""
    return len(text) + sum(1 for letter in text if letter > "\uffff") if not text.isascii() else len(text)


class Rates:
    """How fast the bot writes. A soft limit that is passed has a name and seconds to wait."""

    def __init__(self) -> None:
        self._chats: dict[int, tuple[float, float]] = {}  # chat -> (allowance, when)
        self._groups: dict[int, deque[float]] = {}
        self._bulk: deque[float] = deque()
        self._held: dict[int, tuple[float, float]] = {}  # chat -> (since, until)

    def hold(self, chat: int, now: float, seconds: float) -> None:
        """Note that this chat was answered 429."""
        self._held[chat] = (now, now + seconds)

    def too_early(self, chat: int, now: float) -> float:
        """Return the seconds still to wait after a 429, 0 when it may write. What was under way is forgiven."""
        since, until = self._held.get(chat, (0.0, 0.0))
        if now >= until:
            self._held.pop(chat, None)
            return 0.0
        return until - now if now > since + 0.2 else 0.0

    def write(self, chat: int, group: bool, bulk: bool, now: float) -> tuple[str, int] | None:
        """Count one message; return the limit it passes and how long to wait, or None."""
        if group:
            return self._in_window("group_20_per_minute", self._groups.setdefault(chat, deque()), PER_GROUP, 60.0, now)
        found = self._in_window("bulk_30_per_second", self._bulk, BULK, 1.0, now) if bulk else None
        return found or self._in_chat(chat, now)

    def _in_chat(self, chat: int, now: float) -> tuple[str, int] | None:
        allowance, when = self._chats.get(chat, (BURST, now))
        allowance = min(BURST, allowance + (now - when) * PER_CHAT)
        # Half a message of slack: a sender that keeps exactly to the limit is not blamed for the clock's jitter.
        if allowance < 0.5:
            self._chats[chat] = (allowance, now)
            return "chat_1_per_second", 1
        self._chats[chat] = (allowance - 1, now)
        return None

    def _in_window(self, name: str, times: deque[float], most: int, span: float, now: float) -> tuple[str, int] | None:
        while times and times[0] <= now - span:
            times.popleft()
        if len(times) >= most:
            return name, max(1, round(times[0] + span - now))
        times.append(now)
        return None
