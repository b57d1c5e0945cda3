"""An update's raw JSON object → Incoming: pure, quick, without pydantic or aiogram, and it never raises.

Unknown fields and kinds are accepted. Media are known by kind only: file ids, contacts and places stay in the raw object.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.model.events import Blocked, Tapped, Unreadable
from bot.telegram.body import SALVAGED, Raw
from bot.telegram.fields import all_words, moment, number, obj, words
from bot.telegram.messages import read_private
from bot.work.incoming import Incoming, Kind

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""What we ask Telegram for, always explicitly: leaving it out keeps whatever was set before."""

NOBODY = frozenset({1087968824, 136817688, 777000})
"""Senders that stand for somebody unnamed: an anonymous administrator, a channel, Telegram itself."""


class Reader:
    """What reading one update needs besides its payload."""

    __slots__ = ("desk_chat", "me", "now", "update_id")

    def __init__(self, update_id: int, me: int, desk_chat: int | None, now: datetime) -> None:
        self.update_id = update_id
        self.me = me
        self.desk_chat = desk_chat
        self.now = now

    def ignored(self) -> Incoming:
        """Return that there is nothing to do."""
        return Incoming(self.update_id, Kind.IGNORED, self.now)

    def kind_of(self, chat: Raw) -> str:
        """Return private, desk or group; '' for something that is no chat."""
        number_of_chat = number(chat.get("id"))
        if number_of_chat is None:
            return ""
        if number_of_chat == self.desk_chat:
            return "desk"
        return "private" if chat.get("type") == "private" else "group"


def read_update(raw: Raw, me: int, desk_chat: int | None, now: datetime) -> Incoming:
    """Return what an update is to us. `raw` holds an integer `update_id`; `me` is the bot's own user id."""
    reader = Reader(raw["update_id"], me, desk_chat, now)
    for name, read in PAYLOADS.items():
        if name in raw:
            payload = obj(raw[name])
            return read(reader, payload) or unreadable(reader, raw[name])
    return reader.ignored()


def read_message(reader: Reader, message: Raw) -> Incoming | None:
    """Return a message that is new; None when it cannot be read."""
    chat = obj(message.get("chat"))
    kind = reader.kind_of(chat)
    if kind == "private":
        return private(reader, message, chat["id"], edited=False)
    return not_private(reader, message, chat["id"], kind) if kind else None


def read_edit(reader: Reader, message: Raw) -> Incoming | None:
    """Return a message whose words were changed: the whole new text comes along. Edits in groups are nothing to us."""
    chat = obj(message.get("chat"))
    kind = reader.kind_of(chat)
    if kind == "private":
        return private(reader, message, chat["id"], edited=True)
    return reader.ignored() if kind else None


def private(reader: Reader, message: Raw, chat_id: int, edited: bool) -> Incoming | None:
    """Return what a girl (or a staff member) wrote or sent to the bot."""
    sender = obj(message.get("from"))
    if sender.get("is_bot") is True:
        return reader.ignored()
    what, text = read_private(message, edited)
    return Incoming(
        update_id=reader.update_id,
        kind=Kind.EVENT if what else Kind.IGNORED,
        at=moment(message.get("edit_date" if edited else "date"), reader.now),
        chat_id=chat_id,
        user_id=number(sender.get("id")) or chat_id,
        message_id=number(message.get("message_id")) or None,
        language_code=words(sender.get("language_code"))[:35],
        chat_kind="private",
        what=what,
        text=text,
    )


def not_private(reader: Reader, message: Raw, chat_id: int, kind: str) -> Incoming:
    """Return what a message in a group means: the desk has moved, the desk talks (nothing), or a group to be left."""
    moved = moved_desk(reader, message, chat_id)
    if moved is not None:
        return moved
    gone = number(obj(message.get("left_chat_member")).get("id")) == reader.me
    if kind == "desk" or gone or "migrate_to_chat_id" in message:
        return reader.ignored()
    return at_group(reader, chat_id, message)


def moved_desk(reader: Reader, message: Raw, chat_id: int) -> Incoming | None:
    """Return that the desk became a supergroup, told from its old or from its new side."""
    old, new = chat_id, number(message.get("migrate_to_chat_id"))
    if new is None:
        old, new = number(message.get("migrate_from_chat_id")) or 0, chat_id
    if old != reader.desk_chat or new == old:
        return None
    return Incoming(reader.update_id, Kind.MOVED, reader.now, chat_id=old, chat_kind="desk", moved_to=new)


def at_group(reader: Reader, chat_id: int, payload: Raw) -> Incoming:
    """Return that the bot is in a group that is not the moderators'."""
    at = moment(payload.get("date"), reader.now)
    language = words(obj(payload.get("from")).get("language_code"))[:35]
    return Incoming(
        reader.update_id, Kind.GROUP, at, chat_id=chat_id, language_code=language, chat_kind="group", text=""
    )


def read_tap(reader: Reader, tap: Raw) -> Incoming | None:
    """Return a button's press. Its message may be old or gone: only its chat is looked at."""
    sender = obj(tap.get("from"))
    message = obj(tap.get("message"))
    presser = person(sender)
    chat = obj(message.get("chat")) or {"id": number(sender.get("id")), "type": "private"}
    kind = reader.kind_of(chat)
    if not kind or not words(tap.get("id")):
        return None
    data = words(tap.get("data"))
    return Incoming(
        update_id=reader.update_id,
        kind=TAPS[kind] if data else Kind.IGNORED,
        at=reader.now,
        chat_id=chat["id"],
        user_id=presser,
        message_id=number(message.get("message_id")) or None,
        language_code=words(sender.get("language_code"))[:35],
        chat_kind=kind,
        what=Tapped(data[:64]) if data and kind != "group" else None,
        tap_id=tap["id"],
    )


TAPS = {"private": Kind.EVENT, "desk": Kind.DESK, "group": Kind.GROUP}


def person(sender: Raw) -> int | None:
    """Return the user id of a person; None for a bot and for those who stand for somebody unnamed."""
    user = number(sender.get("id"))
    return None if user in NOBODY or sender.get("is_bot") is True else user


def read_membership(reader: Reader, change: Raw) -> Incoming | None:
    """Return that she blocked the bot or came back, or that somebody put it into a group."""
    chat = obj(change.get("chat"))
    kind = reader.kind_of(chat)
    status = words(obj(change.get("new_chat_member")).get("status"))
    if not kind or not status:
        return None
    if kind == "group" and status not in ("left", "kicked"):
        return at_group(reader, chat["id"], change)
    if kind != "private":
        return reader.ignored()
    return Incoming(
        reader.update_id,
        Kind.EVENT,
        moment(change.get("date"), reader.now),
        chat_id=chat["id"],
        user_id=number(obj(change.get("from")).get("id")),
        language_code=words(obj(change.get("from")).get("language_code"))[:35],
        chat_kind="private",
        what=Blocked(status in ("kicked", "left")),
    )


def read_salvaged(reader: Reader, stub: Raw) -> Incoming:
    """Return what was left of an update that was too large or too deep."""
    chat_id = number(stub.get("chat_id"))
    return lost(reader, chat_id, words(stub.get("text")))


def unreadable(reader: Reader, payload: object) -> Incoming:
    """Return that an update of a kind we handle has a shape we cannot read, with its chat and words if they are there."""
    chat = obj(obj(payload).get("chat")) or obj(obj(obj(payload).get("message")).get("chat"))
    sender = obj(obj(payload).get("from"))
    return lost(reader, number(chat.get("id")) or number(sender.get("id")), all_words(payload))


def lost(reader: Reader, chat_id: int | None, text: str) -> Incoming:
    """Return an unreadable update. Only a private chat can be answered: a user's id is positive, a group's is not."""
    kind = "" if chat_id is None else "private" if chat_id > 0 else "desk" if chat_id == reader.desk_chat else "group"
    return Incoming(
        reader.update_id,
        Kind.UNREADABLE,
        reader.now,
        chat_id=chat_id,
        chat_kind=kind,
        what=Unreadable(),
        text=text if kind in ("private", "") else "",
    )


PAYLOADS: dict[str, Callable[[Reader, Raw], Incoming | None]] = {
    "message": read_message,
    "callback_query": read_tap,
    "edited_message": read_edit,
    "my_chat_member": read_membership,
    SALVAGED: read_salvaged,
}
"""Every kind of update that we handle; the rest is ignored."""
