"""A chat as the store has it, and what hangs on it: its timers and the marks of messages in her window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model.case import Case
from bot.model.ids import ChatToken, StaffId


@dataclass(frozen=True, slots=True)
class ChatRow:
    """One chat as the store has it: sealed address and state, its version, its one open case.

    `state` (sealed) is gone after `state_until`, `profile` (sealed) after `profile_until`.
    """

    chat: ChatToken
    version: int = 0
    address: bytes | None = None
    state: bytes | None = None
    state_until: datetime | None = None
    profile: bytes | None = None
    profile_until: datetime | None = None
    blocked: bool = False
    case: Case | None = None
    staff: StaffId | None = None  # this chat belongs to a staff member: it never enters flows
    last_with: StaffId | None = None  # who closed her newest earlier case
    kept_out: tuple[StaffId, ...] = ()  # who may not have her cases any more, as of that one
    p3_recent: int = 0  # her P3 cases of the last 14 days, counted from coded rows: three make P2
    pranks_recent: int = 0  # cases of the last 7 days that were closed as a prank


@dataclass(frozen=True, slots=True)
class Mark:
    """The sealed id of a message in her window, for 48 hours."""

    body: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class TimerChange:
    """Set a timer of the turn's chat (`at`), or clear it (`at` None)."""

    name: str
    at: datetime | None
    data: str = ""


@dataclass(frozen=True, slots=True)
class Timer:
    """A due timer."""

    chat: ChatToken
    name: str
    at: datetime
    data: str = ""
