"""Conversations as they are between turns: opened from the store, or still in memory when nobody changed them."""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime

from msgspec.structs import replace

from bot.model.conversation import Conversation
from bot.model.ids import ChatToken
from bot.store.chat_records import ChatRow
from bot.vault.errors import CannotOpen
from bot.work import codec
from bot.work.job import Draft
from bot.work.sealing import Box

log = logging.getLogger("safebot.conversations")

REMEMBERED = 20_000
"""Conversations kept decoded: a chat whose version did not change needs no opening."""


@dataclass(slots=True)
class Conversations:
    """Remembers conversations with the version they belong to. `ring` opens what a wipe left."""

    ring: Box
    _known: OrderedDict[ChatToken, tuple[int, Conversation]] = field(default_factory=OrderedDict)

    def open(self, row: ChatRow, box: Box, now: datetime) -> Conversation:
        """Return where she stands: from memory while nobody changed it, else as stored, and what a day of silence left."""
        known = self._known.get(row.chat)
        if known is not None and known[0] == row.version and row.state is not None:
            self._known.move_to_end(row.chat)
            chat = known[1]
        else:
            chat = self._opened(row, box)
        # After a day of silence only what she agreed to have kept is left, also where it is still in memory; a reply that
        # came later than that still has its own day.
        if not codec.stale(chat, now):
            return codec.fresh(chat, now)
        return replace(_profile_only(row, box), waiting=codec.still_waiting(chat, now), answered=chat.answered)

    def remember(self, draft: Draft) -> None:
        """Keep what a committed turn made of her conversation; nothing after a wipe."""
        if draft.wipe is not None:
            self.forget(draft.job.chat)
            return
        self._known[draft.job.chat] = (draft.row.version + 1, draft.after)
        self._known.move_to_end(draft.job.chat)
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)

    def forget(self, chat: ChatToken) -> None:
        """Read it from the store next time."""
        self._known.pop(chat, None)

    def _opened(self, row: ChatRow, box: Box) -> Conversation:
        """Return the conversation as stored; with a lost key or another version's bytes she starts over, help works."""
        for key in (box, self.ring):
            try:
                if row.state is not None:
                    return codec.unpack(key.open(row.state, f"state:{row.chat}"))
            except (CannotOpen, codec.Unreadable):
                continue
        if row.state is not None:
            log.warning("a conversation could not be opened and starts over")
        return _profile_only(row, box)


def _profile_only(row: ChatRow, box: Box) -> Conversation:
    """Return what outlives a day of silence: nothing, or the learning profile she agreed to."""
    try:
        if row.profile is not None:
            return Conversation(profile=codec.unpack_profile(box.open(row.profile, f"profile:{row.chat}")))
    except (CannotOpen, codec.Unreadable):
        log.warning("a profile could not be opened and starts over")
    return Conversation()
