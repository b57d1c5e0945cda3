"""Clearing a window: as many messages a call as Telegram takes, and an honest count of those it keeps."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.methods import DeleteMessages

from bot.model.outbox import Delivered, Delivery, Never
from bot.telegram.answers import meaning
from bot.telegram.calls import Calls

A_CALL = 100


async def delete(calls: Calls, chat_id: int, ids: Sequence[int]) -> Delivery:
    """Return Delivered with the number refused, or why it must be tried again: repeating is safe."""
    refused = 0
    for start in range(0, len(ids), A_CALL):
        delivery = await _some(calls, chat_id, ids[start : start + A_CALL])
        if not isinstance(delivery, Delivered):
            return delivery
        refused += delivery.refused
    return Delivered(refused=refused)


async def _some(calls: Calls, chat_id: int, ids: Sequence[int]) -> Delivery:
    """Delete up to 100. One message that is too old makes Telegram refuse them all: then each half by itself."""
    answer = await calls.ask(DeleteMessages, {"chat_id": chat_id, "message_ids": list(ids)})
    delivery = meaning(answer)
    if not isinstance(delivery, Never) or delivery.blocked:
        return delivery
    if len(ids) == 1:
        return Delivered(refused=1)
    halves = [await _some(calls, chat_id, half) for half in (ids[: len(ids) // 2], ids[len(ids) // 2 :])]
    return next((half for half in halves if not isinstance(half, Delivered)), Delivered(refused=_sum(halves)))


def _sum(deliveries: Sequence[Delivery]) -> int:
    return sum(d.refused for d in deliveries if isinstance(d, Delivered))
