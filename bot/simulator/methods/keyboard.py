"""The buttons of a message, checked as Telegram does."""

from __future__ import annotations

from typing import Any

from bot.simulator.body import Fields, structure
from bot.simulator.core import Core
from bot.simulator.errors import Json, refusal
from bot.simulator.limits import COPY_CHARACTERS, DATA_BYTES
from bot.simulator.world import Chat

ADDRESSES = ("https://", "http://", "tg://")


def keyboard(core: Core, fields: Fields, method: str, chat: Chat, now: float) -> Json | None:
    """Return the reply markup of a call, or refuse a button that Telegram would refuse."""
    markup = structure(fields, "reply_markup")
    if not isinstance(markup, dict):
        return None
    rows = markup.get("inline_keyboard")
    if rows is None:
        return markup
    for key in (key for row in rows for key in row):
        _check(core, key, method, chat, now)
    return {"inline_keyboard": [row for row in rows if row]} if any(rows) else None


def _check(core: Core, key: dict[str, Any], method: str, chat: Chat, now: float) -> None:
    data, url, copy = key.get("callback_data"), key.get("url"), (key.get("copy_text") or {}).get("text")
    if not key.get("text") or not (data or url or copy):
        raise refusal("button_type")
    if data and len(str(data).encode()) > DATA_BYTES:
        core.broke("callback_data_64", method, chat.id, now)
        raise refusal("button_data")
    if url and not str(url).startswith(ADDRESSES):
        raise refusal("button_url")
    if copy and len(str(copy)) > COPY_CHARACTERS:
        core.broke("copy_text_256", method, chat.id, now)
        raise refusal("button_data")
