"""The calls we make, from plain values.

aiogram's method classes give the names; an instance of one is never made: filling in its defaults costs more than the
request itself, and validates what we have just made ourselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from aiogram.client.bot import Bot
from aiogram.methods import TelegramMethod

from bot.model.outbox import Key
from bot.telegram.answers import Answer
from bot.telegram.session import QuietSession

NO_PREVIEW = {"is_disabled": True}
DATA_BYTES = 64

Keyboard = dict[str, list[list[dict[str, Any]]]]


class Calls:
    """A bot and its session: one way to ask Telegram something."""

    def __init__(self, bot: Bot, session: QuietSession) -> None:
        self.bot = bot
        self.session = session

    async def ask(
        self, method: type[TelegramMethod[Any]], values: dict[str, Any], patience: float | None = None
    ) -> Answer:
        """Return Telegram's answer to a method with these values; never raises for an answer or for none."""
        return await self.session.ask(self.bot, method.__api_method__, values, patience)


class Sent(msgspec.Struct, frozen=True):
    """What we read of a message that was sent."""

    message_id: int


def sent_id(answer: Answer) -> int:
    """Return the id of the message that was sent; 0 when the answer does not tell."""
    try:
        return _sent(answer.result).message_id
    except msgspec.DecodeError:
        return 0


_sent = msgspec.json.Decoder(Sent).decode


def keyboard(rows: Sequence[Sequence[Key]], links: bool = True) -> Keyboard:
    """Return rows of keys as Telegram wants them. Without `links` only keys that carry data stay."""
    made = [[made for key in row if (made := _key(key, links))] for row in rows]
    return {"inline_keyboard": [row for row in made if row]}


def _key(key: Key, links: bool) -> dict[str, Any]:
    if key.data:
        return {"text": key.text, "callback_data": key.data} if len(key.data.encode()) <= DATA_BYTES else {}
    if key.url and links:
        return {"text": key.text, "url": key.url}
    if key.copy and links:
        return {"text": key.text, "copy_text": {"text": key.copy}}
    return {}
