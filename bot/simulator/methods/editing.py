"""editMessageText, editMessageReplyMarkup."""

from __future__ import annotations

from bot.simulator.body import Fields, integer
from bot.simulator.core import Core
from bot.simulator.errors import Json, refusal
from bot.simulator.methods.keyboard import keyboard
from bot.simulator.methods.sending import chat_of, checked_text
from bot.simulator.shapes import for_bot
from bot.simulator.world import Chat, Message


def edit_text(core: Core, fields: Fields, now: float) -> Json:
    """Change the text and the buttons; buttons left out are gone, as with Telegram."""
    chat = chat_of(core, fields)
    message = _message(chat, fields, "text")
    text = checked_text(core, fields, "editMessageText", chat, now)
    return _change(core, fields, now, "editMessageText", chat, message, text)


def edit_markup(core: Core, fields: Fields, now: float) -> Json:
    """Change the buttons only."""
    chat = chat_of(core, fields)
    message = _message(chat, fields, "")
    return _change(core, fields, now, "editMessageReplyMarkup", chat, message, message.text)


def _message(chat: Chat, fields: Fields, kind: str) -> Message:
    message = chat.messages.get(integer(fields, "message_id"))
    if message is None:
        raise refusal("edit_not_found")
    if message.sender is not None or (kind and message.kind != kind):
        raise refusal("cant_edit")
    return message


def _change(core: Core, fields: Fields, now: float, method: str, chat: Chat, message: Message, text: str) -> Json:
    markup = keyboard(core, fields, method, chat, now)
    if text == message.text and markup == message.markup:
        raise refusal("not_modified")
    if not chat.private:
        core.count_rate(method, chat, now)  # in a group an edit counts like a message
    message.text, message.markup, message.edited = text, markup, now
    core.note(method, chat, message, now)
    return for_bot(core.world, chat, message)


METHODS = {"editmessagetext": edit_text, "editmessagereplymarkup": edit_markup}
