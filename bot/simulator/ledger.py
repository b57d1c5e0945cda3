"""What happened, seen from outside the bot: every update with its deliveries and confirmation, every accepted send.
Losses, doubles and order are counted from here, never from the bot's own database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Update:
    """One update: made, tried (when, what came back), confirmed by a 2xx or a higher offset, expired or dropped."""

    id: int
    kind: str
    chat: int
    user: int
    key: tuple[str, int]  # the queue it waits in: serial within, parallel between
    created: float
    expires: float
    body: bytes
    attempts: list[tuple[float, str]] = field(default_factory=list)
    confirmed: float | None = None
    confirmations: int = 0
    gone: str = ""  # expired, dropped
    delay: float = 1.0
    fails: int = 0


@dataclass(frozen=True, slots=True)
class Sent:
    """One accepted call that changed what a chat shows. `buttons` are (label, what it carries) in reading order."""

    n: int
    at: float
    method: str
    chat: int
    message: int
    text: str = ""
    buttons: tuple[tuple[str, str], ...] = ()
    thread: int = 0
    silent: bool = False
    protected: bool = False
    kind: str = "text"
    reply_to: int = 0


@dataclass(frozen=True, slots=True)
class Violation:
    """A limit that the bot did not keep. No words of anybody."""

    what: str
    method: str
    chat: int
    at: float


class Ledger:
    """The whole record of one run."""

    def __init__(self) -> None:
        self.updates: dict[int, Update] = {}
        self.all_updates: list[Update] = []  # ids can restart: the dict has the newest of an id
        self.sends: list[Sent] = []
        self.violations: list[Violation] = []
        self.calls: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()  # "sendMessage 429"
        self.faults: Counter[str] = Counter()
        self.taps_answered: dict[str, float] = {}
        self.confirmed = 0
        self.gone: Counter[str] = Counter()
        self.attempts = 0
        self.repeats = 0
        self.messages = 0  # accepted sendMessage, sendPhoto, sendVoice
        self.changed: Callable[[], None] = lambda: None

    def called(self, method: str) -> None:
        """Note a call of the bot."""
        self.calls[method] += 1
        self.changed()

    def struck(self, fault: str) -> None:
        """Note a planned fault that happened."""
        self.faults[fault] += 1
        self.changed()

    def made(self, update: Update) -> None:
        """Note a new update."""
        self.updates[update.id] = update
        self.all_updates.append(update)

    def tried(self, update: Update, now: float, outcome: str) -> None:
        """Note one delivery attempt and what came of it."""
        self.attempts += 1
        self.repeats += bool(update.attempts)
        update.attempts.append((now, outcome))
        self.changed()

    def took(self, update: Update, now: float) -> None:
        """Note that the bot said it has this update."""
        update.confirmations += 1
        if update.confirmed is None:
            update.confirmed = now
            self.confirmed += 1
            self.changed()

    def lost(self, update: Update, why: str) -> None:
        """Note that Telegram no longer offers this update."""
        update.gone = why
        self.gone[why] += 1
        self.changed()

    def sent(self, sent: Sent) -> None:
        """Note an accepted send, edit or deletion."""
        self.sends.append(sent)
        self.messages += sent.method.startswith("send")
        self.changed()

    def broke(self, what: str, method: str, chat: int, now: float) -> None:
        """Note a violation."""
        self.violations.append(Violation(what, method, chat, now))

    def counts(self) -> dict[str, Any]:
        """Return the figures of the run."""
        return {
            "updates": len(self.all_updates),
            "attempts": self.attempts,
            "repeats": self.repeats,
            "confirmed": self.confirmed,
            "unconfirmed": len(self.all_updates) - self.confirmed - sum(self.gone.values()),
            "gone": dict(self.gone),
            "sent": self.messages,
            "changes": len(self.sends),
            "calls": dict(self.calls),
            "refused": dict(self.refused),
            "faults": dict(self.faults),
            "taps_answered": len(self.taps_answered),
            "violations": dict(Counter(v.what for v in self.violations)),
        }
