"""What the operator sees of the store: counts, ages, codes, and what waits in quarantine."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.model.ids import BotId


@dataclass(frozen=True, slots=True)
class Quarantined:
    """An update that could not be handled, sealed. The operator sees id, kind, code and time."""

    kind: str
    code: str
    body: bytes
    at: datetime
    id: int = 0
    bot: BotId = BotId(0)
    update: int = 0


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """How often a counted quiz was answered so: no chat, and no time finer than a month (as '2026-11')."""

    flow: str
    question: str
    when: str  # before or after the story
    answer: str
    right: bool
    language: str
    month: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Backlog:
    """How the outbox stands: for /health and alarms. Counts and ages only."""

    unsent: int = 0
    parked: int = 0
    oldest_crisis: datetime | None = None
    oldest: datetime | None = None
    quarantined: int = 0


@dataclass(frozen=True, slots=True)
class Expired:
    """What retention removed: names of keys whose rows are gone, to be dropped from keys.db, and counts per kind."""

    keys: tuple[str, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
