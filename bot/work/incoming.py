"""An update of Telegram as the work room takes it in: what happened, where, when. Nothing here knows Telegram's JSON."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from bot.model.events import What


class Kind(StrEnum):
    """What an update is to us.

    `event`: a private chat, `what` is set. `desk`: a tap in the moderators' group, `what` is Tapped. `group`: a group or
    channel that is not ours, to be left. `moved`: the moderators' group is now `moved_to`. `unreadable`: of a kind we
    handle, but not in a shape we can read. `ignored`: nothing to do, ever.
    """

    EVENT = "event"
    DESK = "desk"
    GROUP = "group"
    MOVED = "moved"
    UNREADABLE = "unreadable"
    IGNORED = "ignored"


class Incoming(msgspec.Struct, frozen=True, omit_defaults=True):
    """One update.

    `chat_id` is None when none could be found (only `unreadable` and `ignored`). `user_id` is None when no person can be
    credited: an anonymous administrator, a channel. `at` is the message's own date, never later than the time it was
    read; a tap has no date in Telegram, so it has the time it was read. `text` is everything she wrote in it: the same as
    `Said.text`, the caption, the whole of a command with what stands behind it, or what could be saved of an unreadable
    one; it is what must be heard. `tap_id` is set for every tap: answer it, or the button keeps spinning.
    """

    update_id: int
    kind: Kind
    at: datetime
    chat_id: int | None = None
    user_id: int | None = None
    message_id: int | None = None
    language_code: str = ""
    chat_kind: str = ""  # private, group or desk; '' when no chat is known
    what: What | None = None
    text: str = ""
    tap_id: str | None = None
    moved_to: int | None = None
