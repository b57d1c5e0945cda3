"""What goes out: parcels, sealed in the outbox until the sender takes them; and what became of each."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.model.effects import Lane
from bot.model.ids import CaseId, ChatToken


class Key(msgspec.Struct, frozen=True, omit_defaults=True):
    """A rendered button: its text, and one of callback data (64 bytes at most), https address, text to copy."""

    text: str
    data: str = ""
    url: str = ""
    copy: str = ""


class Message(msgspec.Struct, frozen=True, tag="m", omit_defaults=True):
    """A message of plain text (no markup: entities are never needed), with rows of keys, perhaps a picture or voice file.

    `quiet` sends it without sound. `photo` and `voice` are absolute file paths; `text` is then the caption. `mark` is
    sealed beside its id, so that this one message can be found and deleted.
    """

    text: str
    rows: tuple[tuple[Key, ...], ...] = ()
    photo: str = ""
    voice: str = ""
    quiet: bool = False
    mark: str = ""


class DeleteMessages(msgspec.Struct, frozen=True, tag="d"):
    """Clear the window: delete these ids (younger than 48 h), then send `done` with the number that Telegram refused put
    for `{n}`; without `done` nothing is said."""

    ids: tuple[int, ...]
    done: str = ""


class Card(msgspec.Struct, frozen=True, tag="c"):
    """Show or refresh the card of a case in the moderators' group: rendered from the case as it is when sent."""

    case: str


class Alarm(msgspec.Struct, frozen=True, tag="a", omit_defaults=True):
    """A new short line in the moderators' group (it makes a sound), as an answer to the case's card if it has one.

    `text` is ready and coded: pseudonym, level, category.
    """

    text: str
    case: str = ""


class Leave(msgspec.Struct, frozen=True, tag="l"):
    """Say one sentence in a group that is not ours, and leave it."""

    text: str


Parcel = Message | DeleteMessages | Card | Alarm | Leave


class Outgoing(msgspec.Struct, frozen=True):
    """A new row for the outbox. `body` is the sealed parcel. Rows with the same `merge` (unsent) are replaced by this one.

    `replaceable`: an ordinary reply, one of at most three unsent of its chat. `group`: goes to the moderators' group.
    """

    chat: ChatToken
    lane: Lane
    body: bytes
    not_before: datetime
    replaceable: bool = False
    merge: str = ""
    case: CaseId | None = None


class OutboxRow(msgspec.Struct, frozen=True):
    """A claimed row: `id` grows with insertion, so order within (chat, lane) is the order of ids."""

    id: int
    chat: ChatToken
    lane: Lane
    body: bytes
    not_before: datetime
    attempts: int
    created_at: datetime
    merge: str = ""
    case: CaseId | None = None


class Settled(msgspec.Struct, frozen=True):
    """What became of a claimed row.

    `state`: sent, retry (at `again_at`), parked (never, with its reason code), dropped (no longer wanted).
    `marks`: the sealed ids of the messages it became, kept 48 h for a wipe. `card`: the new card's message id.
    `blocked`: her chat refused us for good (403): the chat is marked and its case flagged.
    """

    id: int
    chat: ChatToken
    state: str
    again_at: datetime | None = None
    reason: str = ""
    marks: tuple[bytes, ...] = ()
    card: tuple[CaseId, int] | None = None
    blocked: bool = False


class Delivered(msgspec.Struct, frozen=True):
    """Telegram took it. `message_ids` of what now stands in the chat; `refused`: ids a deletion could not remove."""

    message_ids: tuple[int, ...] = ()
    refused: int = 0


class TryAgain(msgspec.Struct, frozen=True):
    """Not now. `after` seconds as Telegram says (None: our own back-off). `flood`: it was a 429."""

    reason: str
    after: float | None = None
    flood: bool = False


class Never(msgspec.Struct, frozen=True):
    """Never again in this form. `blocked`: the chat refuses us until an update says otherwise (403, chat not found)."""

    reason: str
    blocked: bool = False


class Moved(msgspec.Struct, frozen=True):
    """A group became a supergroup: switch to this id and repeat."""

    chat_id: int


Delivery = Delivered | TryAgain | Never | Moved
