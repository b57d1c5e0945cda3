"""How a message looks: to the bot (Telegram's Message object) and to the page."""

from __future__ import annotations

import re

from bot.simulator.errors import Json
from bot.simulator.limits import units
from bot.simulator.world import Chat, Message, World, carried

COMMAND = re.compile(r"/[A-Za-z0-9_]{1,32}(?:@\w+)?(?=\s|$)")


def for_bot(world: World, chat: Chat, message: Message) -> Json:
    """Return the Message object that Telegram shows to a bot."""
    sender = world.bot if message.sender is None else message.sender.card()
    shape: Json = {"message_id": message.id, "from": sender, "chat": chat.card(), "date": int(message.date)}
    if message.kind == "text":
        shape["text"] = message.text
        if command := COMMAND.match(message.text):
            shape["entities"] = [{"type": "bot_command", "offset": 0, "length": units(command.group())}]
    else:
        shape.update(message.content)
        if message.text:
            shape["caption"] = message.text
    _add_rest(shape, message)
    return shape


def _add_rest(shape: Json, message: Message) -> None:
    if message.edited:
        shape["edit_date"] = int(message.edited)
    if message.thread:
        shape["message_thread_id"] = message.thread
        shape["is_topic_message"] = True
    if message.protected:
        shape["has_protected_content"] = True
    if message.markup and "inline_keyboard" in message.markup:
        shape["reply_markup"] = message.markup
    if message.reply_to:
        shape["reply_to_message"] = {"message_id": message.reply_to, "date": 0, "chat": shape["chat"]}


def for_page(message: Message) -> Json:
    """Return what the page needs to draw a bubble."""
    return {
        "id": message.id,
        "who": "" if message.sender is None else message.sender.name,
        "bot": message.sender is None,
        "text": message.text,
        "kind": message.kind,
        "file": message.file,
        "date": message.date,
        "edited": bool(message.edited),
        "silent": message.silent,
        "thread": message.thread,
        "reply_to": message.reply_to,
        "rows": [[_key(key) for key in row] for row in message.keys],
    }


def _key(key: Json) -> Json:
    kind = "data" if "callback_data" in key else "url" if "url" in key else "copy"
    return {"text": key.get("text", ""), "kind": kind, "value": carried(key), "style": key.get("style", "")}
