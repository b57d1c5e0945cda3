"""A moderator's reply on its way to her, and the look of a second person at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.ids import CaseId, ChatToken, StaffId


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
