"""What the engine wants done. It decides, it never sends, stores or waits."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from bot.model.levels import Level
from bot.model.words import Bubble, Words


class Lane(StrEnum):
    """Queues of the sender, most urgent first."""

    CRISIS = "crisis"
    REPLY = "reply"
    DESK = "desk"
    BROADCAST = "broadcast"


class Send(msgspec.Struct, frozen=True):
    """Send her one bubble. Crisis bubbles overtake and cancel her unsent replies."""

    bubble: Bubble
    lane: Lane = Lane.REPLY


class SetTimer(msgspec.Struct, frozen=True):
    """Ring for this chat at a time; the same name again moves it. `data` holds codes only."""

    name: str
    at: datetime
    data: str = ""


class ClearTimer(msgspec.Struct, frozen=True):
    """Forget a timer, if there is one."""

    name: str


class Signal(msgspec.Struct, frozen=True):
    """Something worrying enough for a person. `shown` False: P3, hidden from the desk until she says yes or ten minutes
    pass. `source`: text, tap, handoff, media or edit."""

    level: Level
    category: str
    rules: tuple[str, ...]
    source: str
    shown: bool = True
    consented: bool = False


class SheSays(msgspec.Struct, frozen=True):
    """Her word on her own case: `yes` a person may read it, `no` she is fine, `withdraw`, `another_helper`, `opened` a
    reply, `too_late` (ten minutes of silence: shown), `no_answer` (she waits for the person who has her case), `hours`
    (`code`: when it is safe to write to her), `helped` (`code`: whether it helped, after the case was closed)."""

    what: str
    reply: str = ""
    code: str = ""


class Unopened(msgspec.Struct, frozen=True):
    """A moderator's reply is taken away unopened, and the neutral line that stood for it."""

    reply: str


class Wipe(msgspec.Struct, frozen=True):
    """Clear the window, cancel what is queued, shred the conversation; never an open P1/P2 case or its address.

    `done` is said afterwards; its `{n}` is filled when the messages are gone."""

    done: Words = Words("bot", "wipe.done", values={"n": "{n}"})


class StaffCode(msgspec.Struct, frozen=True):
    """A staff member's one-time deep link was used in this chat."""

    code: str


class CountAnswer(msgspec.Struct, frozen=True):
    """A quiz that is counted was answered. Nothing in it says by whom."""

    flow: str
    question: str
    when: str
    answer: str
    right: bool


Effect = Send | SetTimer | ClearTimer | Signal | SheSays | Unopened | Wipe | StaffCode | CountAnswer
