"""The people's side: write, tap, send media, edit, block, add the bot to a group. Each makes an update and gives its id
(0 when the bot did not ask for that kind of update). Time is an argument."""

from __future__ import annotations

from bot.simulator.core import Core, Tap
from bot.simulator.errors import Json
from bot.simulator.methods.profile import member
from bot.simulator.shapes import for_bot, for_page
from bot.simulator.world import Chat, Message, User, carried


class NotPossible(Exception):
    """A real person could not do this: there is no such message or button, or she has blocked the bot."""


MEDIA: dict[str, Json] = {
    "photo": {
        "photo": [{"file_id": "hers", "file_unique_id": "hers", "width": 640, "height": 480, "file_size": 40_000}]
    },
    "video": {"video": {"file_id": "hers", "file_unique_id": "hers", "width": 640, "height": 480, "duration": 5}},
    "voice": {"voice": {"file_id": "hers", "file_unique_id": "hers", "duration": 4, "mime_type": "audio/ogg"}},
    "video_note": {"video_note": {"file_id": "hers", "file_unique_id": "hers", "length": 240, "duration": 4}},
    "audio": {"audio": {"file_id": "hers", "file_unique_id": "hers", "duration": 60}},
    "document": {"document": {"file_id": "hers", "file_unique_id": "hers", "file_name": "a.pdf"}},
    "animation": {"animation": {"file_id": "hers", "file_unique_id": "hers", "width": 9, "height": 9, "duration": 2}},
    "sticker": {
        "sticker": {
            "file_id": "hers",
            "file_unique_id": "hers",
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": "🙂",
        }
    },
    "contact": {"contact": {"phone_number": "+10000000000", "first_name": "Somebody"}},
    "location": {"location": {"latitude": 0.0, "longitude": 0.0}},
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
}


def say(core: Core, user: User, text: str, now: float, chat: Chat | None = None, thread: int = 0) -> int:
    """She writes: to the bot, or in a group."""
    return _post(core, user, Message(0, user, now, text, thread=thread), now, chat)


def send_media(core: Core, user: User, kind: str, caption: str, now: float, chat: Chat | None = None) -> int:
    """She sends something that is not text."""
    message = Message(0, user, now, caption, kind, MEDIA[kind])
    return _post(core, user, message, now, chat)


def _post(core: Core, user: User, message: Message, now: float, chat: Chat | None) -> int:
    chat = chat or core.world.chats[user.id]
    _check_open(user, chat)
    message.id = chat.next_id()
    chat.put(message)
    chat.last_heard = now
    user.started = user.started or chat.private
    core.world.tell(chat.id, {"event": "message", "message": for_page(message)})
    if not _bot_sees(chat, message):
        return 0
    return core.delivery.put("message", chat.id, user.id, for_bot(core.world, chat, message), now)


def _bot_sees(chat: Chat, message: Message) -> bool:
    """In a group where it is no administrator, privacy mode shows a bot only commands and service messages."""
    if chat.private or chat.bot_is == "administrator":
        return True
    return chat.bot_is == "member" and (message.text.startswith("/") or message.kind == "joined")


def _check_open(user: User, chat: Chat) -> None:
    if chat.private and user.blocked:
        raise NotPossible(f"{user.name} has blocked the bot: unblock first.")


def edit(core: Core, user: User, message_id: int, text: str, now: float, chat: Chat | None = None) -> int:
    """She changes a message of hers."""
    chat = chat or core.world.chats[user.id]
    message = chat.messages.get(message_id)
    if message is None or message.sender is not user:
        raise NotPossible(f"{user.name} has no message {message_id} to edit.")
    message.text, message.edited, chat.last_heard = text, now, now
    core.world.tell(chat.id, {"event": "edited", "message": for_page(message)})
    return core.delivery.put("edited_message", chat.id, user.id, for_bot(core.world, chat, message), now)


def tap(
    core: Core, user: User, message_id: int, data: str, now: float, chat: Chat | None = None, forged: bool = False
) -> tuple[int, str]:
    """She presses a button: the update id and the tap's id. `forged`: a modified app sends data no button carried."""
    chat = chat or core.world.chats[user.id]
    message = chat.messages.get(message_id)
    if not forged and (message is None or data not in {carried(k) for row in message.keys for k in row}):
        raise NotPossible(f"message {message_id} has no button with this data. Was it deleted or edited?")
    _check_open(user, chat)
    press = Tap(str(next(core.tap_ids)), user.id, chat.id, message_id, now)
    core.taps[press.id] = press
    chat.last_heard = now
    shape = for_bot(core.world, chat, message) if message else _inaccessible(chat, message_id)
    query = {"id": press.id, "from": user.card(), "message": shape, "chat_instance": str(chat.id), "data": data}
    return core.delivery.put("callback_query", chat.id, user.id, query, now), press.id


def _inaccessible(chat: Chat, message_id: int) -> Json:
    return {"chat": chat.card(), "message_id": message_id, "date": 0}


def set_blocked(core: Core, user: User, blocked: bool, now: float) -> int:
    """She blocks the bot, or lets it in again."""
    user.blocked = blocked
    old, new = ("member", "kicked") if blocked else ("kicked", "member")
    core.world.tell(user.id, {"event": "blocked", "blocked": blocked})
    return _bot_became(core, core.world.chats[user.id], user, old, new, now)


def add_bot(core: Core, user: User, title: str, now: float, bot_is: str = "member") -> tuple[int, Chat]:
    """She puts the bot into a group of hers: the update id of the membership, and the group.

    A service message `new_chat_members` follows in another queue, as with Telegram.
    """
    chat = core.world.group(title, bot_is=bot_is)
    chat.members.add(user.id)
    update = _bot_became(core, chat, user, "left", bot_is, now)
    _post(core, user, Message(0, user, now, kind="joined", content={"new_chat_members": [core.world.bot]}), now, chat)
    return update, chat


def remove_bot(core: Core, user: User, chat: Chat, now: float) -> int:
    """She throws the bot out of a group."""
    old, chat.bot_is = chat.bot_is, "kicked"
    return _bot_became(core, chat, user, old, "kicked", now)


def _bot_became(core: Core, chat: Chat, user: User, old: str, new: str, now: float) -> int:
    bot = core.world.bot
    change = {
        "chat": chat.card(),
        "from": user.card(),
        "date": int(now),
        "old_chat_member": member(bot, old),
        "new_chat_member": member(bot, new),
    }
    return core.delivery.put("my_chat_member", chat.id, user.id, change, now)


def leave_group(core: Core, user: User, chat: Chat, now: float) -> int:
    """She leaves a group; the bot hears of it only if it asked for chat_member updates."""
    chat.members.discard(user.id)
    change = {
        "chat": chat.card(),
        "from": user.card(),
        "date": int(now),
        "old_chat_member": member(user.card(), "member"),
        "new_chat_member": member(user.card(), "left"),
    }
    return core.delivery.put("chat_member", chat.id, user.id, change, now)


def migrate(core: Core, chat: Chat, now: float) -> int:
    """The group gets a new id. Calls with the old one are refused with `migrate_to_chat_id`; one update says so."""
    old_card = chat.card()
    core.world.move(chat)
    message = {
        "message_id": chat.next_id(),
        "from": core.world.bot,
        "chat": old_card,
        "date": int(now),
        "migrate_to_chat_id": chat.id,
    }
    return core.delivery.put("message", old_card["id"], 0, message, now)
