"""Topics of a forum group: create, rename, close, reopen, delete."""

from __future__ import annotations

from bot.simulator.body import Fields, integer, words
from bot.simulator.core import Core
from bot.simulator.errors import Json, refusal
from bot.simulator.limits import TOPIC_NAME
from bot.simulator.methods.sending import chat_of
from bot.simulator.shapes import for_page
from bot.simulator.world import Chat, Message, Topic

COLOUR = 7322096


def create(core: Core, fields: Fields, now: float) -> Json:
    """Create a topic; its id is the id of the message that says so."""
    chat = _forum(core, fields)
    name = _name(core, fields, chat, "createForumTopic", now)
    if not name:
        raise refusal("topic_name_empty")
    content = {"forum_topic_created": {"name": name, "icon_color": COLOUR}}
    core.count_rate("createForumTopic", chat, now)
    message = chat.put(Message(chat.next_id(), None, now, kind="topic", content=content))
    message.thread = message.id
    chat.topics[message.id] = Topic(message.id, name)
    _tell(core, chat)
    return {"message_thread_id": message.id, "name": name, "icon_color": COLOUR}


def edit(core: Core, fields: Fields, now: float) -> bool:
    """Rename a topic; an empty name keeps the old one."""
    chat, topic = _topic(core, fields)
    name = _name(core, fields, chat, "editForumTopic", now)
    if name and name == topic.name:
        raise refusal("topic_not_modified")
    topic.name = name or topic.name
    _tell(core, chat)
    return True


def close(core: Core, fields: Fields, _now: float) -> bool:
    """Close a topic."""
    return _set_closed(core, fields, True)


def reopen(core: Core, fields: Fields, _now: float) -> bool:
    """Open a closed topic."""
    return _set_closed(core, fields, False)


def delete(core: Core, fields: Fields, _now: float) -> bool:
    """Delete a topic with all its messages."""
    chat, topic = _topic(core, fields)
    gone = [m.id for m in chat.messages.values() if m.thread == topic.id]
    for message_id in gone:
        del chat.messages[message_id]
    del chat.topics[topic.id]
    core.world.tell(chat.id, {"event": "deleted", "ids": gone})
    _tell(core, chat)
    return True


def _set_closed(core: Core, fields: Fields, closed: bool) -> bool:
    chat, topic = _topic(core, fields)
    if topic.closed == closed:
        raise refusal("topic_not_modified")
    topic.closed = closed
    _tell(core, chat)
    return True


def _forum(core: Core, fields: Fields) -> Chat:
    chat = chat_of(core, fields)
    if not chat.forum:
        raise refusal("not_a_forum")
    if chat.bot_is != "administrator":
        raise refusal("no_topic_rights")
    return chat


def _topic(core: Core, fields: Fields) -> tuple[Chat, Topic]:
    chat = _forum(core, fields)
    topic = chat.topics.get(integer(fields, "message_thread_id"))
    if topic is None:
        raise refusal("no_thread")
    return chat, topic


def _name(core: Core, fields: Fields, chat: Chat, method: str, now: float) -> str:
    name = words(fields, "name").strip()
    if len(name) > TOPIC_NAME:
        core.broke("topic_name_128", method, chat.id, now)
        raise refusal("name_too_long")
    return name


def _tell(core: Core, chat: Chat) -> None:
    topics = [{"id": t.id, "name": t.name, "closed": t.closed} for t in chat.topics.values()]
    created = [for_page(m) for m in chat.messages.values() if m.kind == "topic"]
    core.world.tell(chat.id, {"event": "topics", "topics": topics, "created": created})


METHODS = {
    "createforumtopic": create,
    "editforumtopic": edit,
    "closeforumtopic": close,
    "reopenforumtopic": reopen,
    "deleteforumtopic": delete,
}
