"""deleteMessage, deleteMessages: only what is younger than 48 hours goes."""

from __future__ import annotations

from bot.simulator.body import Fields, integer, structure
from bot.simulator.core import Core
from bot.simulator.errors import refusal
from bot.simulator.ledger import Sent
from bot.simulator.limits import DELETE_IDS, DELETE_SECONDS
from bot.simulator.methods.sending import chat_of
from bot.simulator.world import Chat, Message

NEVER = ("forum_topic_created", "supergroup_chat_created", "migrate_from_chat_id")


def delete_message(core: Core, fields: Fields, now: float) -> bool:
    """Delete one message, or refuse."""
    chat = chat_of(core, fields)
    message = chat.messages.get(integer(fields, "message_id"))
    if message is None:
        raise refusal("delete_not_found")
    if not deletable(message, now):
        _count_old(core, "deleteMessage", chat, message, now)
        raise refusal("cant_delete")
    _remove(core, "deleteMessage", chat, [message.id], now)
    return True


def delete_messages(core: Core, fields: Fields, now: float) -> bool:
    """Delete up to a hundred; missing ones and those too old are passed over in silence, so success proves nothing."""
    chat = chat_of(core, fields)
    ids = structure(fields, "message_ids")
    if not isinstance(ids, list) or not ids:
        raise refusal("no_ids")
    if len(ids) > DELETE_IDS:
        core.broke("delete_100_ids", "deleteMessages", chat.id, now)
        raise refusal("too_many_ids")
    found = [chat.messages[i] for i in map(int, ids) if i in chat.messages]
    for message in found:
        _count_old(core, "deleteMessages", chat, message, now)
    _remove(core, "deleteMessages", chat, [m.id for m in found if deletable(m, now)], now)
    return True


def deletable(message: Message, now: float) -> bool:
    """Return whether Telegram would still delete it."""
    return now - message.date < DELETE_SECONDS and not any(name in message.content for name in NEVER)


def _count_old(core: Core, method: str, chat: Chat, message: Message, now: float) -> None:
    if now - message.date >= DELETE_SECONDS:
        core.broke("delete_48_hours", method, chat.id, now)


def _remove(core: Core, method: str, chat: Chat, ids: list[int], now: float) -> None:
    for message_id in dict.fromkeys(ids):
        del chat.messages[message_id]
        core.ledger.sent(Sent(len(core.ledger.sends) + 1, now, method, chat.id, message_id))
    core.world.tell(chat.id, {"event": "deleted", "ids": ids})


METHODS = {"deletemessage": delete_message, "deletemessages": delete_messages}
