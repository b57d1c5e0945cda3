"""sendMessage, sendPhoto, sendVoice, sendChatAction, answerCallbackQuery."""

from __future__ import annotations

from typing import Any

from bot.simulator import limits
from bot.simulator.body import Fields, Upload, integer, structure, truth, words
from bot.simulator.core import Core
from bot.simulator.errors import Json, refusal
from bot.simulator.methods.keyboard import keyboard
from bot.simulator.methods.markup import plain
from bot.simulator.shapes import for_bot
from bot.simulator.world import Chat, Message

TYPING_SECONDS = 5.0


def chat_of(core: Core, fields: Fields) -> Chat:
    """Return the chat a call writes to."""
    if fields.get("chat_id") in (None, ""):
        raise refusal("chat_empty")
    return core.world.writable(integer(fields, "chat_id"))


def send_message(core: Core, fields: Fields, now: float) -> Json:
    """Send a text."""
    chat = chat_of(core, fields)
    text = checked_text(core, fields, "sendMessage", chat, now)
    return _send(core, fields, now, "sendMessage", chat, Message(0, None, now, text))


def send_photo(core: Core, fields: Fields, now: float) -> Json:
    """Send a picture: uploaded with the call, or by the id of one sent before."""
    return _send_file(core, fields, now, "sendPhoto", "photo")


def send_voice(core: Core, fields: Fields, now: float) -> Json:
    """Send a voice file."""
    return _send_file(core, fields, now, "sendVoice", "voice")


def checked_text(core: Core, fields: Fields, method: str, chat: Chat, now: float) -> str:
    """Return the text of a call after parsing, if it is neither empty nor too long."""
    text = plain(words(fields, "text"), words(fields, "parse_mode")).strip()
    if not text:
        raise refusal("empty")
    if limits.units(text) > limits.MESSAGE_UNITS:
        core.broke("text_4096", method, chat.id, now)
        raise refusal("too_long")
    return text


def _send_file(core: Core, fields: Fields, now: float, method: str, kind: str) -> Json:
    chat = chat_of(core, fields)
    caption = plain(words(fields, "caption"), words(fields, "parse_mode")).strip()
    if limits.units(caption) > limits.CAPTION_UNITS:
        core.broke("caption_1024", method, chat.id, now)
        raise refusal("caption_too_long")
    file_id = _file(core, fields, kind)
    content = {kind: _file_shape(file_id, kind, core)}
    return _send(core, fields, now, method, chat, Message(0, None, now, caption, kind, content, file=file_id))


def _file(core: Core, fields: Fields, kind: str) -> str:
    given: Any = fields.get(kind)
    if isinstance(given, str) and given.startswith("attach://"):
        given = fields.get(given.removeprefix("attach://"))
    if isinstance(given, Upload):
        return core.world.keep(given, kind)
    if not given:
        raise refusal("no_file")
    if given not in core.world.files:
        raise refusal("wrong_file")
    return str(given)


def _file_shape(file_id: str, kind: str, core: Core) -> Any:
    size = len(core.world.files[file_id].content)
    shape = {"file_id": file_id, "file_unique_id": file_id[-16:], "file_size": size}
    return [{**shape, "width": 640, "height": 480}] if kind == "photo" else {**shape, "duration": 1}


def _send(core: Core, fields: Fields, now: float, method: str, chat: Chat, message: Message) -> Json:
    message.thread = _thread(chat, fields)
    message.markup = keyboard(core, fields, method, chat, now)
    message.silent = truth(fields, "disable_notification")
    message.protected = truth(fields, "protect_content")
    message.reply_to = _reply_to(chat, fields)
    core.count_rate(method, chat, now)
    message.id = chat.next_id()
    chat.put(message)
    chat.typing_until = 0.0
    core.note(method, chat, message, now)
    return for_bot(core.world, chat, message)


def _thread(chat: Chat, fields: Fields) -> int:
    thread = integer(fields, "message_thread_id")
    if thread and thread not in chat.topics:
        raise refusal("no_thread")
    return thread


def _reply_to(chat: Chat, fields: Fields) -> int:
    asked = structure(fields, "reply_parameters") or {}
    wanted = integer(asked, "message_id") or integer(fields, "reply_to_message_id")
    if not wanted or wanted in chat.messages:
        return wanted
    if truth(asked, "allow_sending_without_reply") or truth(fields, "allow_sending_without_reply"):
        return 0
    raise refusal("reply_not_found")


def send_chat_action(core: Core, fields: Fields, now: float) -> bool:
    """Show the typing dots for five seconds at most."""
    chat = chat_of(core, fields)
    chat.typing_until = now + TYPING_SECONDS
    core.world.tell(chat.id, {"event": "typing", "seconds": TYPING_SECONDS})
    return True


def answer_callback_query(core: Core, fields: Fields, now: float) -> bool:
    """Stop the spinning of a pressed button, perhaps with a short text."""
    tap = core.taps.get(words(fields, "callback_query_id"))
    if tap is None or now > tap.at + limits.TAP_SECONDS:
        raise refusal("old_query")
    text = words(fields, "text")
    if len(text) > limits.ANSWER_CHARACTERS:
        core.broke("answer_200", "answerCallbackQuery", tap.chat, now)
        raise refusal("answer_too_long")
    core.ledger.taps_answered.setdefault(tap.id, now)
    core.world.tell(tap.chat, {"event": "answered", "tap": tap.id, "text": text, "alert": truth(fields, "show_alert")})
    return True


METHODS = {
    "sendmessage": send_message,
    "sendphoto": send_photo,
    "sendvoice": send_voice,
    "sendchataction": send_chat_action,
    "answercallbackquery": answer_callback_query,
}
