"""The way in: a bot of aiogram's on our session, and everything that the rest of the program needs of it."""

from __future__ import annotations

from dataclasses import dataclass

from aiogram.client.bot import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.utils.token import TokenValidationError

from bot.telegram.calls import Calls
from bot.telegram.problems import CannotStart
from bot.telegram.session import USUAL, QuietSession, silence_aiogram
from bot.telegram.transport import TelegramTransport
from bot.telegram.watch import TelegramWatch


@dataclass(frozen=True, slots=True)
class Telegram:
    """One bot at one server, opened."""

    calls: Calls
    transport: TelegramTransport
    watch: TelegramWatch

    async def close(self) -> None:
        """Let the connections go."""
        await self.calls.session.close()


async def open_telegram(token: str, api_url: str, patience: float = USUAL) -> Telegram:
    """Return the bot, without asking Telegram anything yet. Raises CannotStart when the token cannot be one."""
    silence_aiogram()
    session = QuietSession(TelegramAPIServer.from_base(api_url), patience)
    try:
        bot = Bot(token, session=session)
    except TokenValidationError:
        raise CannotStart("SAFEBOT_TOKEN is not a bot token (123456:ABC…). Copy it again from @BotFather.") from None
    calls = Calls(bot, session)
    return Telegram(calls, TelegramTransport(calls), TelegramWatch(calls))
