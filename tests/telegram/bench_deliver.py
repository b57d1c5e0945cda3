"""What one message costs us against stock aiogram: `python -m tests.telegram.bench_deliver [messages]`.

Both send the same text and keys, one after the other, to the same trivial server in a process of its own; rounds are
interleaved; the figure is this process's CPU time a message.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection
from typing import cast

import uvloop
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.model.outbox import Delivered, Key, Message
from bot.telegram.open import open_telegram
from tests.telegram.standin import TOKEN

ROUNDS = 7
TEXT = "It is not your fault. Telling us is brave. You never have to send a photo to anyone."
ANSWER = b'{"ok":true,"result":{"message_id":5,"date":1,"chat":{"id":7,"type":"private"},"text":"hello"}}'
RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(ANSWER), ANSWER)


class Trivial(asyncio.Protocol):
    """Answers yes once a whole request is there."""

    def __init__(self) -> None:
        self.data = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.WriteTransport, transport)

    def data_received(self, data: bytes) -> None:
        self.data += data
        head, _, body = self.data.partition(b"\r\n\r\n")
        length = next(
            (int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
        )
        if body and len(body) >= length:
            self.data = b""
            self.transport.write(RESPONSE)


def serve(pipe: Connection) -> None:
    """Serve in a process of its own until ended."""

    async def forever() -> None:
        server = await asyncio.get_running_loop().create_server(Trivial, "127.0.0.1", 0)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    uvloop.run(forever())


WARM_UP = 50


async def cost(send: Callable[[], Awaitable[object]], messages: int) -> float:
    """Return the CPU microseconds of one message."""
    start = time.process_time()
    for _ in range(messages):
        await send()
    return (time.process_time() - start) / messages * 1e6


async def compare(url: str, messages: int) -> None:
    """Print median costs and their ratio."""
    ours = await open_telegram(TOKEN, url)
    stock = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    message = Message(TEXT, ((Key("Help", data="!help"), Key("Go on", data="abcdef.yes")),))
    keys = InlineKeyboardMarkup(
        inline_keyboard=[
            [
                InlineKeyboardButton(text="Help", callback_data="!help"),
                InlineKeyboardButton(text="Go on", callback_data="abcdef.yes"),
            ]
        ]
    )
    for _ in range(WARM_UP):
        assert await ours.transport.deliver(7, message) == Delivered((5,))
        await stock.send_message(7, TEXT, reply_markup=keys)
    rounds = []
    for _ in range(ROUNDS):
        one = await cost(lambda: ours.transport.deliver(7, message), messages)
        two = await cost(lambda: stock.send_message(7, TEXT, reply_markup=keys), messages)
        rounds.append((one, two, one / two))
    for name, values in zip(("ours, µs", "stock aiogram, µs", "ratio"), zip(*rounds, strict=True), strict=True):
        print(f"{name:18} median {statistics.median(values):8.2f}   {min(values):.2f}–{max(values):.2f}")
    await ours.close()
    await stock.session.close()


def main() -> None:
    """Compare."""
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(there,), daemon=True)
    server.start()
    uvloop.run(compare(f"http://127.0.0.1:{here.recv()}", int(sys.argv[1]) if len(sys.argv) > 1 else 500))
    server.terminate()


if __name__ == "__main__":
    main()
