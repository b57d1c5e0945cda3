"""The other side: aiogram's echo bot by webhook, as its documentation sets it up, on uvloop. No logging, no access log.

`python -m tests.bench.stock API_URL PORT`
"""

from __future__ import annotations

import sys

import uvloop
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

from tests.bench.side import PATH, SECRET, TOKEN

dispatcher = Dispatcher()


@dispatcher.message()
async def echo(message: Message) -> None:
    """Say the same."""
    await message.answer(message.text or "")


def main() -> None:
    """Set the webhook and serve until ended."""
    api_url, port = sys.argv[1], int(sys.argv[2])
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(api_url)))

    async def on_startup() -> None:
        await bot.set_webhook(f"http://127.0.0.1:{port}{PATH}", secret_token=SECRET)

    dispatcher.startup.register(on_startup)
    app = web.Application()
    SimpleRequestHandler(dispatcher=dispatcher, bot=bot, secret_token=SECRET).register(app, path=PATH)
    setup_application(app, dispatcher, bot=bot)
    web.run_app(app, host="127.0.0.1", port=port, access_log=None, print=None, loop=uvloop.new_event_loop())


if __name__ == "__main__":
    main()
