"""One action of the desk, as the store writes it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model.outbox import Outgoing
from bot.model.pages import Page
from bot.model.referral import Debrief, Referral
from bot.store.audit_records import AuditLine
from bot.store.case_records import CaseWrite
from bot.store.chat_records import TimerChange
from bot.store.identity_records import IdentityAsk
from bot.store.reply_records import Reply, ReplyState, Review


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
