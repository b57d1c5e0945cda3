"""Where one girl stands: what is sealed under her chat's key after every turn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from bot.model.levels import Level


class Run(msgspec.Struct, frozen=True):
    """A flow inside the conversation's stack; `hash` is the content hash of the step she stands on, as she saw it."""

    flow: str
    step: str
    hash: str = ""


class Prompt(msgspec.Struct, frozen=True):
    """The question that is open: only its buttons count, others answer "that question has passed"."""

    nonce: str
    flow: str
    step: str
    choices: tuple[str, ...]
    tries: int = 0


class Careful(msgspec.Struct, frozen=True):
    """The state after a worrying message: no quiz, stars, stickers, reminders until she chooses to go on.

    `asked`: the question about a person that is open ('read_this', 'consent', 'offer') or ''. `rules` are the ids that
    matched, kept for a case that waits for her yes.
    """

    level: Level
    category: str
    since: datetime
    asked: str = ""
    rules: tuple[str, ...] = ()


class Recent(msgspec.Struct, frozen=True):
    """One of the last 20 messages (at most 24 hours): who is 'her', 'bot' or 'moderator'."""

    at: datetime
    who: str
    text: str


class WaitingReply(msgspec.Struct, frozen=True):
    """A moderator's reply behind its neutral line: shown after she taps Open and says she is alone and safe.

    `card`: a question with buttons that comes with it (`hours`: when is it safe to write to you?), or ''.
    """

    id: str
    text: str
    at: datetime
    card: str = ""


class Conversation(msgspec.Struct, frozen=True):
    """Everything the engine knows of one girl. A new value after every event; nothing else is remembered.

    `profile` outlives a day only with opt-in at or above the age of consent: language, age_band, country, opted_in
    ('yes' 'no' or absent), and answers declared `keep: profile`. `answers` are the other declared answers.
    `stack` is the running flow last; `resume` the stack a hit or a command interrupted. `offered` is the worrying message
    whose question about a person is still hers to answer. `waits_since`: her first message that a person who has the case
    has not answered. `remind_at`: a reminder is set. `answered`: an answer came after what she wrote last. `ended_at`: her
    case was closed then.
    """

    profile: Mapping[str, str] = msgspec.field(default_factory=dict)
    answers: Mapping[str, str] = msgspec.field(default_factory=dict)
    stack: tuple[Run, ...] = ()
    resume: tuple[Run, ...] = ()
    prompt: Prompt | None = None
    careful: Careful | None = None
    recent: tuple[Recent, ...] = ()
    waiting: tuple[WaitingReply, ...] = ()
    told_silent: bool = False  # she was told that a person has taken over
    wiping: bool = False  # the one confirm of /wipe is open
    last_at: datetime | None = None
    offered: Careful | None = None
    waits_since: datetime | None = None
    remind_at: datetime | None = None
    answered: bool = False
    ended_at: datetime | None = None

    @property
    def language(self) -> str | None:
        """Return her language as chosen, if she chose."""
        return self.profile.get("language")
