"""Her last messages: twenty at most, a day at most. What the detector listens back to, and what a case takes in."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.engine.play import Play
from bot.model.conversation import Recent

MOST = 20
LONGEST = timedelta(hours=24)


def note(play: Play, who: str, text: str) -> None:
    """Remember one message, and forget what is too old or too much."""
    if text:
        line = Recent(play.event.at, who, text)
        play.chat = replace(play.chat, recent=_young((*play.chat.recent, line), play.now)[-MOST:])


def _young(recent: tuple[Recent, ...], now: datetime) -> tuple[Recent, ...]:
    oldest = now - LONGEST
    if recent[0].at >= oldest:
        return recent
    return tuple(line for line in recent if line.at >= oldest)
