"""What a crash may repeat: the next message of a chat goes only when the one before is written down."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.model.effects import Lane
from bot.model.ids import ChatToken
from bot.model.outbox import Delivered, OutboxRow, Settled
from bot.store.errors import StoreError
from bot.work.dispatch import Done
from bot.work.sender import Sender
from tests.clocks import JumpClock

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ANA, OLGA = ChatToken("ana"), ChatToken("olga")


class SlowStore:
    """A store that writes down what was sent when it is allowed to."""

    def __init__(self) -> None:
        self.allowed = asyncio.Event()
        self.broken = False

    async def claim_outbox(self, *_: Any) -> list[OutboxRow]:
        return []

    async def settle_outbox(self, settled: Sequence[Settled], now: datetime) -> None:
        if self.broken:
            raise StoreError("the disk is full")
        await self.allowed.wait()


class Recording:
    """A Telegram that takes everything."""

    def __init__(self) -> None:
        self.sent: list[int] = []

    async def send(self, row: OutboxRow) -> Done:
        self.sent.append(row.id)
        return Done(Delivered((row.id,)))


def a_row(number: int, chat: ChatToken = ANA) -> OutboxRow:
    return OutboxRow(number, chat, Lane.REPLY, b"", NOON, 0, NOON)


async def a_while() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


@pytest.fixture
async def parts() -> AsyncIterator[tuple[Sender, SlowStore, Recording]]:
    store, telegram = SlowStore(), Recording()
    sender = Sender(store, telegram, JumpClock(), "me")  # type: ignore[arg-type]  # a double with what is asked of it
    running = asyncio.create_task(sender.run())
    yield sender, store, telegram
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_the_next_message_of_a_chat_waits_until_the_one_before_is_written_down(parts: Any) -> None:
    sender, store, telegram = parts
    sender.offer([a_row(1), a_row(2), a_row(3, OLGA)])
    await a_while()
    assert telegram.sent == [1, 3]

    store.allowed.set()
    await a_while()
    assert telegram.sent == [1, 3, 2]


async def test_it_waits_also_when_it_comes_later(parts: Any) -> None:
    sender, store, telegram = parts
    sender.offer([a_row(1)])
    await a_while()
    sender.offer([a_row(2)])
    await a_while()
    assert telegram.sent == [1]

    store.allowed.set()
    await a_while()
    assert telegram.sent == [1, 2]


async def test_a_store_that_cannot_be_written_does_not_hold_help_words_back(parts: Any) -> None:
    sender, store, telegram = parts
    store.broken = True
    sender.offer([a_row(1), a_row(2)])
    await a_while()
    assert telegram.sent == [1, 2]
