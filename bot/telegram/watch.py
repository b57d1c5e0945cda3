"""Telegram's own view of our receiving, for the health alarms."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
from aiogram.methods import GetWebhookInfo

from bot.telegram.calls import Calls
from bot.work.ports import Receiving


class WebhookInfo(msgspec.Struct, frozen=True):
    """What we read of it: the error's text may quote our address and stays unread."""

    url: str = ""
    pending_update_count: int = 0
    last_error_date: int | None = None


class TelegramWatch:
    """The port `Watch`."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def receiving(self) -> Receiving | None:
        """Return how many updates wait and when our webhook last failed; None when Telegram cannot be asked now."""
        answer = await self._calls.ask(GetWebhookInfo, {})
        if not answer.ok:
            return None
        try:
            info = msgspec.json.decode(answer.result, type=WebhookInfo)
        except msgspec.DecodeError:
            return None
        failed = datetime.fromtimestamp(info.last_error_date, UTC) if info.last_error_date else None
        return Receiving(info.pending_update_count, failed)
