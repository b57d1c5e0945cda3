"""Who must wait after a 429: that chat, that group, the broadcast lane; and everybody but crisis when it rains.

Telegram's answer names one chat. Five chats refused within two seconds mean the whole bot is too fast.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from bot.model.effects import Lane
from bot.model.ids import ChatToken

MANY, WITHIN = 5, 2.0


@dataclass(slots=True)
class Holds:
    """Until when (seconds, one clock) a chat, the broadcast lane, or all but crisis are held."""

    chats: dict[ChatToken, float] = field(default_factory=dict)
    broadcast: float = 0.0
    everybody: float = 0.0
    _refused: deque[tuple[float, ChatToken]] = field(default_factory=deque)

    def refuse(self, chat: ChatToken, lane: Lane, now: float, seconds: float, *, flood: bool) -> None:
        """Note that a chat must wait; a flood counts towards holding everybody."""
        self.chats[chat] = max(self.chats.get(chat, 0.0), now + seconds)
        if not flood:
            return
        if lane is Lane.BROADCAST:
            self.broadcast = max(self.broadcast, now + seconds)
        self._refused.append((now, chat))
        while self._refused and now - self._refused[0][0] > WITHIN:
            self._refused.popleft()
        if len({c for _, c in self._refused}) >= MANY:
            self.everybody = max(self.everybody, now + seconds)

    def wait(self, chat: ChatToken, lane: Lane, now: float) -> float:
        """Return how many seconds a row of this chat and lane must still wait."""
        until = self.chats.get(chat, 0.0)
        if until <= now:
            self.chats.pop(chat, None)
        if lane is not Lane.CRISIS:
            until = max(until, self.everybody)
        if lane is Lane.BROADCAST:
            until = max(until, self.broadcast)
        return max(0.0, until - now)
