"""Our session keeps aiogram's contract, without its printing."""

from __future__ import annotations

import logging

import pytest
from aiogram.exceptions import TelegramAPIError
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.telegram.open import Telegram
from bot.telegram.session import MediaAreNeverFetched
from tests.telegram.standin import StandIn, refusal


async def test_aiograms_own_methods_work_on_it(api: StandIn, telegram: Telegram) -> None:
    keys = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="A", callback_data="a")]])
    sent = await telegram.calls.bot.send_message(1, "hello", reply_markup=keys)
    assert sent.message_id == 101
    asked = api.calls("sendMessage")[0]
    assert asked["text"] == "hello"
    assert "callback_data" in asked["reply_markup"]


@pytest.mark.parametrize(
    "answer", [refusal(400, "Bad Request: lantern"), (200, {"ok": True, "result": {"message_id": "lantern"}})]
)
async def test_its_errors_hold_no_words(api: StandIn, telegram: Telegram, answer: tuple[int, object]) -> None:
    api.will("sendMessage", answer)
    with pytest.raises(TelegramAPIError) as caught:
        await telegram.calls.bot.send_message(1, "lantern")
    assert "lantern" not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


async def test_media_are_never_fetched(telegram: Telegram) -> None:
    with pytest.raises(MediaAreNeverFetched):
        await anext(telegram.calls.session.stream_content("http://127.0.0.1:9/file"))


async def test_aiograms_loggers_are_quiet(telegram: Telegram, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("aiogram").error("lantern")
    logging.getLogger("aiogram.event").error("lantern")
    assert telegram.calls.bot.id == 424242
    assert caplog.text == ""
