"""The store's values by one name, for the desk and its pages. They live in the `*_records` beside this file: new code asks there."""

from __future__ import annotations

from bot.store.audit_records import Anchor, AuditLine
from bot.store.case_records import CaseEntry, CaseMove, CaseWrite
from bot.store.chat_records import ChatRow, Mark, Timer, TimerChange
from bot.store.desk_records import DeskWrite
from bot.store.identity_records import IdentityAsk
from bot.store.operator_records import AnswerCount, Backlog, Expired, Quarantined
from bot.store.reply_records import Reply, ReplyState, Review
from bot.store.staff_records import SecondFactor, Session, Staff
from bot.store.turn_records import Outcome, TimerKey, Turn, TurnResult, UpdateKey

__all__ = [
    "Anchor",
    "AnswerCount",
    "AuditLine",
    "Backlog",
    "CaseEntry",
    "CaseMove",
    "CaseWrite",
    "ChatRow",
    "DeskWrite",
    "Expired",
    "IdentityAsk",
    "Mark",
    "Outcome",
    "Quarantined",
    "Reply",
    "ReplyState",
    "Review",
    "SecondFactor",
    "Session",
    "Staff",
    "Timer",
    "TimerChange",
    "TimerKey",
    "Turn",
    "TurnResult",
    "UpdateKey",
]
