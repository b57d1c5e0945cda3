"""The verbs of the store. `work` and `console` know only this; each backend is one file beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.model.case import Case
from bot.model.ids import CaseId, ChatToken, StaffId
from bot.model.outbox import OutboxRow, Settled
from bot.store.audit_records import Anchor, AuditLine
from bot.store.case_records import CaseEntry, CaseMove
from bot.store.chat_records import ChatRow, Mark, Timer
from bot.store.closing_protocol import ClosingStore
from bot.store.desk_records import DeskWrite
from bot.store.identity_records import IdentityAsk
from bot.store.key_records import DeskKey, DeskShare, StaffKey
from bot.store.operator_records import AnswerCount, Backlog, Expired, Quarantined
from bot.store.reply_records import Reply
from bot.store.rota_protocol import RotaStore
from bot.store.staff_records import SecondFactor, Session, Staff
from bot.store.turn_records import Turn, TurnResult
from bot.vault.keystore import KeyStore

__all__ = ["AnchorStore", "DeskStore", "KeyFile", "KeyStore", "OperatorStore", "OutboxStore", "Store", "TurnStore"]


class AnchorStore(Protocol):
    """Where the audit's newest line is noted, apart from the audit: beside the wrapped keys."""

    async def anchor(self) -> Anchor | None:
        """Return the line of the audit that was noted last."""

    async def set_anchor(self, anchor: Anchor) -> None:
        """Note a newer line of the audit."""


class KeyFile(KeyStore, AnchorStore, Protocol):
    """All that lies in keys.db."""


class TurnStore(Protocol):
    """What a turn needs."""

    async def load_chats(self, chats: Sequence[ChatToken], now: datetime | None = None) -> dict[ChatToken, ChatRow]:
        """Return every chat asked for; one never seen has version 0.

        `p3_recent` counts closed P3 cases of the 14 days before `now` (None: the machine's clock), mistaken ones not.
        """

    async def seen(self, bot: int, updates: Sequence[int]) -> set[int]:
        """Return those update ids that have acted already."""

    async def commit_turns(
        self, turns: Sequence[Turn], owner: str = "", now: datetime | None = None
    ) -> list[TurnResult]:
        """Commit the turns in one durable transaction, each in a savepoint; answer one result per turn, in order.

        With `owner`, their crisis and reply rows that are due at `now` (None: the machine's clock) come back claimed by
        it for 60 seconds; a row behind older unsent ones of its chat and lane stays in line for `claim_outbox` instead.
        Raises StoreError when nothing could be written at all (the caller must not acknowledge).
        """

    async def due_timers(self, now: datetime, limit: int) -> list[Timer]:
        """Return timers that are due, oldest first; they stay until a turn with their TimerKey commits."""

    async def next_timer(self) -> datetime | None:
        """Return when the next timer is due."""

    async def reply(self, reply: str) -> Reply | None:
        """Return one reply."""

    async def marks(self, chat: ChatToken, since: datetime) -> list[Mark]:
        """Return the sealed message ids of her window since then."""


class OutboxStore(Protocol):
    """What the sender needs."""

    async def claim_outbox(self, owner: str, now: datetime, limit: int, lease_until: datetime) -> list[OutboxRow]:
        """Claim due rows that nobody holds (or whose lease ran out): lane first, then id.

        A row waits while an older one of its chat and lane is held by another owner or is to be tried again later.
        """

    async def release_outbox(self, owner: str | None) -> int:
        """Let go of what `owner` (None: anybody) claimed and did not settle: at start, after a crash. Return how many."""

    async def settle_outbox(self, settled: Sequence[Settled], now: datetime) -> None:
        """Write what became of claimed rows: sent ones go, with their mark kept; parked ones stay visible."""

    async def addresses(self, chats: Sequence[ChatToken]) -> dict[ChatToken, bytes]:
        """Return the sealed Telegram ids of chats; one that is gone is missing."""

    async def parked(self, limit: int) -> list[tuple[int, str, datetime]]:
        """Return (row id, reason code, created at) of rows that could not be sent, newest first."""

    async def move_parked(self, row: int, again: bool) -> bool:
        """Put a parked row back in line (`again`), or drop it."""

    async def set_marker(self, name: str, value: str) -> None:
        """Keep a small setting of the running system (the group's new id, the poll offset): codes only."""

    async def marker(self, name: str) -> str:
        """Return such a setting, '' when there is none."""


class DeskStore(Protocol):
    """What the desk needs. Whether somebody may see a case is decided above, never here."""

    async def case(self, case: CaseId) -> Case | None:
        """Return one case."""

    async def open_cases(self, desks: Iterable[str]) -> list[Case]:
        """Return the open cases of these desks."""

    async def overdue_cases(self, now: datetime) -> list[Case]:
        """Return open, shown cases whose clock (`due_at`) has passed, and claimed ones whose lease ran out."""

    async def closed_cases(self, desks: Iterable[str], since: datetime, limit: int) -> list[Case]:
        """Return closed cases, newest first."""

    async def entries(self, case: CaseId) -> list[CaseEntry]:
        """Return the sealed lines of a case, oldest first."""

    async def replies(self, case: CaseId) -> list[Reply]:
        """Return the replies of a case in every state but removed."""

    async def replies_to_review(self) -> list[Reply]:
        """Return replies that are held, and those that went out without a second look, oldest first."""

    async def moves(self, case: CaseId) -> list[CaseMove]:
        """Return the coded history of a case, oldest first."""

    async def commit_desk(self, write: DeskWrite) -> bool:
        """Write one action of the desk; False when the case or reply has changed since it was read (nothing is kept)."""

    async def audit(self, line: AuditLine) -> None:
        """Append one line to the chained audit, durably, before anything is shown."""

    async def audit_check(self) -> str:
        """Return '' when a line could be added to the audit now, else a short reason. Nothing is added."""

    async def audit_newest(self) -> AuditLine | None:
        """Return the audit's newest line."""

    async def audit_lines(self, after: int, limit: int) -> list[AuditLine]:
        """Return audit lines by id."""

    async def identity_asks(self, case: CaseId | None = None, since: datetime | None = None) -> list[IdentityAsk]:
        """Return who asked for the address behind a case (None: any), newest first; those since then."""

    async def unconfirmed_identity(self, before: datetime) -> list[IdentityAsk]:
        """Return those who looked alone before then, whom nobody has confirmed, and who were not reported yet."""

    async def second_factors(self) -> dict[StaffId, SecondFactor]:
        """Return everybody's authenticator app, those not confirmed yet too."""

    async def save_second_factor(self, factor: SecondFactor) -> None:
        """Keep a new secret of a person: an earlier one is gone."""

    async def use_code(self, staff: StaffId, step: int, now: datetime) -> bool:
        """Use the code of a step up, which also confirms a new secret; False when it, or a later one, was used before."""

    async def drop_second_factor(self, staff: StaffId) -> bool:
        """Forget a person's authenticator app; False when she had none."""

    async def reseal_second_factors(self, secrets: Mapping[StaffId, tuple[bytes, bytes]]) -> int:
        """Put secrets sealed anew (second) where the old ones (first) still stand."""

    async def audit_search(
        self, case: CaseId | None, staff: StaffId | None, before: int | None, limit: int
    ) -> list[AuditLine]:
        """Return audit lines, newest first: of a case, of a person, older than a number; None: any."""

    async def staff(self) -> list[Staff]:
        """Return everybody."""

    async def save_staff(self, staff: Staff) -> Staff:
        """Add (id 0) or change a person; return her with her id. Raises Taken: names and Telegram chats are unique."""

    async def staff_keys(self) -> list[StaffKey]:
        """Return the key pair of everybody who has one."""

    async def save_staff_key(self, key: StaffKey) -> None:
        """Give a person a key pair. Another one she had is gone, and with it the shares sealed for it."""

    async def desk_keys(self) -> list[DeskKey]:
        """Return every desk's keys, newest first."""

    async def add_desk_key(self, key: DeskKey, shares: Sequence[DeskShare]) -> None:
        """Begin a new key of a desk together with its shares; older ones of the desk are retired."""

    async def desk_shares(self, staff: StaffId | None = None) -> list[DeskShare]:
        """Return the shares of one person, or everybody's."""

    async def add_desk_shares(self, shares: Sequence[DeskShare]) -> None:
        """Let people in; a share that is there already stays."""

    async def drop_keys_of(self, staff: StaffId) -> None:
        """Forget the key pair and the shares of somebody who has left."""

    async def add_link(self, code: bytes, staff: StaffId, purpose: str, until: datetime) -> None:
        """Keep the hash of a one-use code: purpose `sign_in` (demo only) or `telegram`."""

    async def use_link(self, code: bytes, purpose: str, now: datetime) -> StaffId | None:
        """Use a code up; None when it is unknown, used or too old."""

    async def add_session(self, session: Session) -> None:
        """Keep a signed-in browser."""

    async def session(self, token: bytes) -> Session | None:
        """Return it."""

    async def touch_session(self, token: bytes, now: datetime) -> None:
        """Note that it is in use."""

    async def prove_session(self, token: bytes, now: datetime) -> None:
        """Note that every factor she has was given in this browser now."""

    async def end_sessions(self, token: bytes | None = None, staff: StaffId | None = None) -> None:
        """End one session, or all of a person."""

    async def failed_sign_ins(self, name: str, since: datetime) -> int:
        """Return how often this name failed since then."""

    async def add_failed_sign_in(self, name: str, now: datetime) -> None:
        """Count one failure."""

    async def case_counts(self, desks: Iterable[str], since: datetime) -> Mapping[str, int]:
        """Return counts of coded rows per `level`, `state`, `outcome` for reports."""


class OperatorStore(Protocol):
    """What the operator and the loops need."""

    async def backlog(self, now: datetime) -> Backlog:
        """Return how the outbox and quarantine stand."""

    async def quarantined(self, limit: int) -> list[Quarantined]:
        """Return what waits in quarantine, newest first; `body` stays sealed."""

    async def all_addresses(self) -> dict[ChatToken, bytes]:
        """Return the sealed Telegram ids of all chats: for sealing them anew when the key ring has a new key."""

    async def reseal(self, addresses: Mapping[ChatToken, tuple[bytes, bytes]], quarantined: Mapping[int, bytes]) -> int:
        """Put addresses sealed anew (second) where the old ones (first) still stand, and bodies of quarantined rows."""

    async def drop_quarantined(self, row: int) -> bool:
        """Remove one unread."""

    async def expire(self, now: datetime) -> Expired:
        """Remove what is past its time: state, profile, marks, outbox payloads, seen ids, quarantine, sessions, links;
        truncate the log so that it is gone from the file."""

    async def orphans(self, keys: Sequence[str]) -> list[str]:
        """Return those key names (`chat:…`, `case:…`) that seal nothing the store has: for the sweep of keys.db."""

    async def answer_counts(self) -> list[AnswerCount]:
        """Return how often each answer of the counted quizzes was given; they name nobody and stay."""

    async def check(self) -> str:
        """Return '' when the store reads and writes, else a short reason."""

    async def news(self) -> int:
        """Return a number that changes whenever anybody (any process) commits a change to cases or replies."""

    async def close(self) -> None:
        """Finish what is written, and let go."""


class Store(TurnStore, OutboxStore, DeskStore, ClosingStore, RotaStore, OperatorStore, Protocol):
    """Everything together."""
