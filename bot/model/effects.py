"""What the engine wants done. It decides, it never sends, stores or waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.levels import Level
from bot.model.words import Bubble, Words


class Lane(StrEnum):
    """Queues of the sender, most urgent first."""

    CRISIS = "crisis"
    REPLY = "reply"
    DESK = "desk"
    BROADCAST = "broadcast"


@dataclass(frozen=True, slots=True)
class Send:
    """Send her one bubble. Crisis bubbles overtake and cancel her unsent replies."""

    bubble: Bubble
    lane: Lane = Lane.REPLY


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Ring for this chat at a time; the same name again moves it. `data` holds codes only."""

    name: str
    at: datetime
    data: str = ""


@dataclass(frozen=True, slots=True)
class ClearTimer:
    """Forget a timer, if there is one."""

    name: str


@dataclass(frozen=True, slots=True)
class Signal:
    """Something worrying enough for a person. `shown` False: P3, hidden from the desk until she says yes or ten minutes
    pass. `source`: text, tap, handoff, media or edit."""

    level: Level
    category: str
    rules: tuple[str, ...]
    source: str
    shown: bool = True
    consented: bool = False


@dataclass(frozen=True, slots=True)
class SheSays:
    """Her word on her own case: `yes` a person may read it, `no` she is fine, `withdraw`, `another_helper`, `opened` a
    reply, `too_late` (ten minutes of silence: shown), `no_answer` (she waits for the person who has her case)."""

    what: str
    reply: str = ""


@dataclass(frozen=True, slots=True)
class Wipe:
    """Clear the window, cancel what is queued, shred the conversation; never an open P1/P2 case or its address.

    `done` is said afterwards; its `{n}` is filled when the messages are gone."""

    done: Words = Words("bot", "wipe.done", values={"n": "{n}"})


@dataclass(frozen=True, slots=True)
class StaffCode:
    """A staff member's one-time deep link was used in this chat."""

    code: str


Effect = Send | SetTimer | ClearTimer | Signal | SheSays | Wipe | StaffCode
