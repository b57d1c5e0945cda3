"""What Telegram's answers mean for the sender: one table, one rule an answer. Pure; nothing of a message's words is here.

Telegram's refusals are told apart by their English descriptions: the Bot API has no finer codes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from bot.model.outbox import Delivered, Delivery, Moved, Never, TryAgain


class Parameters(msgspec.Struct, frozen=True):
    """What stands beside some refusals."""

    retry_after: float | None = None
    migrate_to_chat_id: int | None = None


TOO_DEEP = "too_deep"
"""The trouble of an answer with more levels than a reader takes; its bytes are then the `result`."""


class Answer(msgspec.Struct, frozen=True):
    """One answer of the Bot API. `trouble` is set when there was none to read: timeout, connection, broken_answer …"""

    ok: bool = False
    result: msgspec.Raw = msgspec.Raw(b"null")
    error_code: int = 0
    description: str = ""
    parameters: Parameters = Parameters()
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """An answer with this code (0: any) whose description holds these words means this."""

    code: int
    words: str
    means: Delivery | Callable[[Answer], Delivery]


def flood(answer: Answer) -> Delivery:
    """Return when Telegram wants to hear from us again; one second where it does not say."""
    return TryAgain("flood", answer.parameters.retry_after or 1.0, flood=True)


def moved(answer: Answer) -> Delivery:
    """Return the group's new id; without one this form of it can never be sent."""
    new = answer.parameters.migrate_to_chat_id
    return Moved(new) if new else Never("moved")


BLOCKED = True

RULES = (
    Rule(429, "", flood),
    Rule(400, "upgraded to a supergroup", moved),
    # Her chat refuses us, until an update says otherwise.
    Rule(403, "blocked by the user", Never("blocked", BLOCKED)),
    Rule(403, "user is deactivated", Never("deactivated", BLOCKED)),
    Rule(403, "initiate conversation", Never("never_started", BLOCKED)),
    Rule(403, "was kicked", Never("kicked", BLOCKED)),
    Rule(403, "not a member", Never("not_a_member", BLOCKED)),
    Rule(403, "", Never("forbidden", BLOCKED)),
    Rule(400, "chat not found", Never("chat_not_found", BLOCKED)),
    # Repeating these is safe, and so is that somebody was quicker.
    Rule(400, "message is not modified", Delivered()),
    Rule(400, "message to delete not found", Delivered()),
    Rule(400, "query is too old", Delivered()),
    Rule(400, "query id is invalid", Delivered()),
    # The thing meant is gone, or closed to us.
    Rule(400, "message to edit not found", Never("card_gone")),
    Rule(400, "message can't be edited", Never("card_gone")),
    Rule(400, "message_id_invalid", Never("card_gone")),
    Rule(400, "message can't be deleted", Never("too_old_to_delete")),
    Rule(400, "message thread not found", Never("topic_gone")),
    Rule(400, "topic_closed", Never("topic_closed")),
    Rule(400, "not enough rights", Never("no_rights")),
    Rule(400, "have no rights", Never("no_rights")),
    Rule(400, "chat_write_forbidden", Never("no_rights")),
    Rule(400, "can't parse entities", Never("cannot_parse")),
    # Our own mistakes: parked, visible, and to be mended in the code.
    Rule(400, "message text is empty", Never("empty")),
    Rule(400, "message is too long", Never("too_long")),
    Rule(400, "", Never("bad_request")),
    Rule(413, "", Never("file_too_large")),
    # The operator's: nothing is lost meanwhile, rows wait.
    Rule(401, "", TryAgain("token_refused", 60.0)),
    Rule(404, "", TryAgain("not_a_bot_api", 60.0)),
    Rule(409, "", TryAgain("conflict")),
)
"""First match counts. What no rule knows (5xx, redirects, no answer at all) is tried again."""

OPERATORS = frozenset({"token_refused", "not_a_bot_api"})
"""Reasons that only the operator can end."""

PLAINER = frozenset({"bad_request", "cannot_parse", "file_too_large"})
"""Reasons for which the words alone, without picture, links and keys, may still go through."""


def meaning(answer: Answer) -> Delivery:
    """Return what an answer means for what we asked; a plain yes is Delivered without ids."""
    if answer.ok:
        return Delivered()
    if answer.trouble:
        return TryAgain(answer.trouble)
    said = answer.description.lower()
    for rule in RULES:
        if rule.code == answer.error_code and rule.words in said:
            return rule.means(answer) if callable(rule.means) else rule.means
    return TryAgain(f"http_{answer.error_code}")
