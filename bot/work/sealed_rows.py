"""Rows whose size and place must tell nothing: a moderator's reply on its way, and what waits in quarantine."""

from __future__ import annotations

from typing import Any

import msgspec

from bot.store.operator_records import Quarantined
from bot.store.reply_records import Reply
from bot.store.turn_facts import update_number
from bot.store.turn_records import TimerKey, UpdateKey
from bot.vault.errors import CannotOpen
from bot.vault.paged import Sealer, open_paged, seal_paged


def seal_reply(box: Sealer, words: str, reply: str) -> bytes:
    """Return a moderator's words sealed for this reply alone."""
    return seal_paged(box, words.encode(), f"reply:{reply}")


def open_reply(box: Sealer, reply: Reply) -> str:
    """Return the words of a reply. Raises CannotOpen."""
    return open_paged(box, reply.body, f"reply:{reply.id}").decode()


def seal_quarantined(ring: Sealer, raw: Any, key: UpdateKey | TimerKey | None) -> bytes:
    """Return an update that could not be handled, sealed by the key ring for its own row."""
    bot, update = (key.bot, key.update) if isinstance(key, UpdateKey) else (0, 0)
    return seal_paged(ring, msgspec.json.encode(raw), _place(bot, update))


def open_quarantined(ring: Sealer, row: Quarantined) -> bytes:
    """Return the update of a row as JSON. Raises CannotOpen."""
    return open_paged(ring, row.body, _place(row.bot, row.update), f"quarantine:{row.bot}")


def resealed_quarantined(ring: Sealer, row: Quarantined) -> bytes | None:
    """Return a row's body sealed anew, None when it does not open."""
    try:
        return seal_paged(ring, open_quarantined(ring, row), _place(row.bot, row.update))
    except CannotOpen:
        return None


def _place(bot: int, update: int) -> str:
    return f"quarantine:{bot}:{update_number(update)}"
