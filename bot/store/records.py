"""What goes into and comes out of the store: rows as values. Words are always sealed bytes here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.model.case import Case
from bot.model.ids import BotId, CaseId, ChatToken, StaffId
from bot.model.outbox import OutboxRow, Outgoing
from bot.model.pages import Page
from bot.model.referral import Debrief, Referral


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
class UpdateKey:
    """A turn made by an update of Telegram: acts once."""

    bot: BotId
    update: int


@dataclass(frozen=True, slots=True)
class TimerKey:
    """A turn made by a timer: it acts only if the timer still stands at that time, and removes it."""

    chat: ChatToken
    name: str
    at: datetime


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


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """One sealed line of a case. `kind`: hers, bot, moderator, note. `id` is set when it comes out.

    `seq` is its number in the case, once only: it is sealed in, so that a row put in twice or elsewhere does not open.
    """

    kind: str
    body: bytes
    at: datetime
    staff: StaffId | None = None
    id: int = 0
    seq: str = ""


@dataclass(frozen=True, slots=True)
class CaseWrite:
    """A case as it shall be. `case.version` is the version read (0: new); the store writes version + 1 or conflicts.

    `card` and `blocked` are the store's own after the first write: settling and `Turn.blocked` keep them, so that a case
    read a moment before cannot put an old value back.

    `shred`: remove all its entries (the key is dropped by the caller). `step` names the move for the case's history,
    `at` is when it was made.
    """

    case: Case
    entries: tuple[CaseEntry, ...] = ()
    shred: bool = False
    step: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CaseMove:
    """One line of a case's coded history: the move's name (`CaseWrite.step`), how the case stood after it, and when it was made."""

    step: str
    state: str
    level: str
    claimed_by: StaffId | None
    version: int
    at: datetime | None = None


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
class Turn:
    """All that one event changes, written together or not at all.

    `version` is the chat's version as read (0: never seen). `state`/`profile` None with `keep_state` False means forget.
    `hers`: she wrote or tapped, so replies of a moderator not yet taken go back to drafts. `takes_reply`: the id of the
    reply this turn sends, `opens_replies` of those she now reads (SENT becomes OPENED), `unopened` of those taken away
    again (SENT becomes UNOPENED). `helped`: her word on the case that was closed last. `crisis`: cancel the chat's older unsent replies. `cancel_all`: cancel everything unsent (wipe)
    and forget marks. `key` is None for events that came from inside and carry no timer. With `chat` '' (an update that
    belongs to nobody) no chat is written and `version` does not count.
    """

    key: UpdateKey | TimerKey | None
    chat: ChatToken
    at: datetime
    version: int
    address: bytes | None = None
    keep_state: bool = False
    state: bytes | None = None
    state_until: datetime | None = None
    profile: bytes | None = None
    profile_until: datetime | None = None
    blocked: bool | None = None
    marks: tuple[Mark, ...] = ()
    outbox: tuple[Outgoing, ...] = ()
    timers: tuple[TimerChange, ...] = ()
    case: CaseWrite | None = None
    quarantine: Quarantined | None = None
    hers: bool = False
    takes_reply: str = ""
    opens_replies: tuple[str, ...] = ()
    unopened: tuple[str, ...] = ()
    helped: str = ""
    crisis: bool = False
    cancel_all: bool = False
    counts: tuple[AnswerCount, ...] = ()


class Outcome(StrEnum):
    """What became of one turn."""

    DONE = "done"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class TurnResult:
    """`rows`: the outbox rows written, already claimed by the `owner` named at commit. `cancelled`: rows that must no
    longer be sent. `error`: class name of what failed, no words."""

    outcome: Outcome
    rows: tuple[OutboxRow, ...] = ()
    cancelled: tuple[int, ...] = ()
    error: str = ""


class ReplyState(StrEnum):
    """A moderator's reply: held for a second pair of eyes, pending until it is due, sent behind the neutral line, opened
    by her or gone unopened after a day, or back as a draft."""

    HELD = "held"
    PENDING = "pending"
    DRAFT = "draft"
    SENT = "sent"
    OPENED = "opened"
    UNOPENED = "unopened"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Reply:
    """A moderator's reply on its way. `body` is sealed under the chat's key; it also stands in the case's entries.

    `held_for` are the kinds of contacts (`link phone …`) for which it needs a second person, '' when it needs none;
    `reviewed_by` is who looked at it.
    """

    id: str
    case: CaseId
    chat: ChatToken
    staff: StaffId
    body: bytes
    due_at: datetime
    state: ReplyState = ReplyState.PENDING
    held_for: str = ""
    reviewed_by: StaffId | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """What becomes of a reply that was held: from one state to another, when it is due, and who looked at it (None:
    nobody did). A conflict when it is no longer in the first state."""

    reply: str
    was: ReplyState
    becomes: ReplyState
    due_at: datetime
    by: StaffId | None = None


@dataclass(frozen=True, slots=True)
class Staff:
    """A person of the programme. `roles`: moderator supervisor lead deputy editor operator auditor focal_point.

    `desks` are country codes (or 'ZZ'), `languages` those she reads. `telegram` is the token of her own linked chat.
    `on_shift_until`: she said she is on duty beyond the rota. `skills` are the categories she is trained for.
    `break_until`: she rests, or her last break ended then. `heavy_until`: a supervisor let her go on with heavy cases.
    """

    id: StaffId
    name: str
    roles: tuple[str, ...]
    desks: tuple[str, ...]
    languages: tuple[str, ...]
    passphrase: bytes = b""
    active: bool = True
    on_call: bool = False
    on_shift_until: datetime | None = None
    telegram: ChatToken | None = None
    language: str = "en"
    skills: tuple[str, ...] = ()
    break_until: datetime | None = None
    heavy_until: datetime | None = None

    def resting(self, now: datetime) -> bool:
        """Return whether she is on a break."""
        return self.break_until is not None and self.break_until > now


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser. `token` is the hash of the cookie; `csrf` stands in every form.

    `whole`: her second factor was given too; without it no page opens. `proven_at`: when she last gave a passphrase or a code.
    """

    token: bytes
    staff: StaffId
    csrf: str
    created_at: datetime
    seen_at: datetime
    whole: bool = False
    proven_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """A person's authenticator app: its sealed secret, and the last code that was used. Unconfirmed until the first one."""

    staff: StaffId
    secret: bytes
    last_step: int = 0
    confirmed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class IdentityAsk:
    """Somebody asked for the address of the chat behind a case. `alone`: danger now, it is shown at once and a second person
    confirms within a day; else it is shown after she agreed. `reported_at`: nobody did, and that was reported as a breach."""

    id: str
    case: CaseId
    asked_by: StaffId
    asked_at: datetime
    alone: bool
    decided_by: StaffId | None = None
    decided_at: datetime | None = None
    agreed: bool = False
    reported_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line of the audit: who did what to which case. `detail` is coded. `hash` chains it to the line before, `signature`
    (of the hash) says that a program with the server's key ring wrote it."""

    at: datetime
    staff: StaffId | None
    action: str
    case: CaseId | None = None
    detail: str = ""
    id: int = 0
    hash: bytes = b""
    signature: bytes = b""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A line of the audit, noted elsewhere."""

    line: int
    hash: bytes
    signature: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class DeskWrite:
    """One action of the desk, together or not at all: the case, timers of her chat, a reply, outbox rows, the audit."""

    case: CaseWrite | None = None
    timers: tuple[TimerChange, ...] = ()
    reply: Reply | None = None
    reply_state: tuple[str, ReplyState, ReplyState] | None = None  # id, from, to: conflict when it is no longer `from`
    outbox: tuple[Outgoing, ...] = ()
    audit: tuple[AuditLine, ...] = ()
    identity: tuple[IdentityAsk | None, IdentityAsk] | None = None  # before (None: new), after
    pages: tuple[Page, ...] = ()
    review: Review | None = None
    records: tuple[Referral | Debrief, ...] = ()


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
