"""What goes into a turn and what comes out of it, still in clear."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot import detect
from bot.cases.decide import Decision
from bot.model.campaign import Campaign
from bot.model.conversation import Conversation, Recent
from bot.model.effects import Lane
from bot.model.events import Commanded, Tapped, What
from bot.model.ids import ChatToken
from bot.model.outbox import Parcel
from bot.store.chat_records import ChatRow, TimerChange
from bot.store.operator_records import AnswerCount
from bot.store.turn_records import TimerKey, UpdateKey

LATE_GATHER = timedelta(seconds=2)
"""How long an answer to a backlog waits for the next message of the same chat to replace it."""


class Running(Protocol):
    """The campaign and the ear of this moment."""

    @property
    def campaign(self) -> Campaign: ...

    @property
    def hearing(self) -> detect.Hearing: ...


@dataclass(frozen=True, slots=True)
class Job:
    """One event of one chat, waiting for its turn. `chat_id` and `message_id` are Telegram's, where there are any."""

    chat: ChatToken
    what: What
    at: datetime
    key: UpdateKey | TimerKey | None
    language_hint: str = ""
    chat_id: int | None = None
    message_id: int | None = None
    hers: bool = True
    takes_reply: str = ""
    notice: str = ""  # not for the engine: answer with this sentence of ours (a key of bot.po) and change nothing
    leave: bool = False  # a group that is not ours: say one sentence and leave
    followed: bool = False  # a newer event of this chat waits already
    code: str = ""  # why the update goes into quarantine as well
    nonce: str = ""  # a rehearsal chooses it; in life it is fresh for every turn


@dataclass(frozen=True, slots=True)
class Draft:
    """What a turn wants, still in clear: sealed and written together by the caller."""

    job: Job
    row: ChatRow
    after: Conversation
    messages: tuple[tuple[Lane, Parcel], ...]
    timers: tuple[TimerChange, ...]
    decision: Decision | None
    words: tuple[Recent, ...]
    wipe: str | None
    late: bool
    opens: tuple[str, ...] = ()  # the moderator's replies she reads in this turn
    counts: tuple[AnswerCount, ...] = ()
    unopened: tuple[str, ...] = ()  # the moderator's replies that are taken away again
    helped: str = ""  # her word on the case that was closed last

    @property
    def quiet(self) -> bool:
        """Return whether the conversation stays as it is: a staff member's chat, a group."""
        return bool(self.job.notice or self.job.leave or self.row.staff is not None)

    @property
    def speaks(self) -> bool:
        """Return whether she said something a moderator should see before a reply goes out; a mere tap is no message."""
        tapped = isinstance(self.job.what, Tapped | Commanded)
        return self.job.hers and not (tapped and (self.decision is None or self.decision.step == "hours"))

    @property
    def crisis(self) -> bool:
        """Return whether help words go out: they overtake and cancel her unsent replies."""
        return any(lane is Lane.CRISIS for lane, _ in self.messages)
