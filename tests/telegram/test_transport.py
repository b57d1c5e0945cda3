"""Parcels become calls, answers become deliveries."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest

from bot.model.outbox import DeleteMessages, Delivered, Key, Leave, Message, Moved, Never, TryAgain
from bot.telegram.open import Telegram
from tests.telegram.standin import StandIn, refusal

ANA = 777
KEYS = ((Key("Help", data="!help"), Key("Read", url="https://example.org")), (Key("Copy", copy="116"),))


async def test_a_message_goes_out_as_plain_json_without_preview(api: StandIn, telegram: Telegram) -> None:
    got = await telegram.transport.deliver(ANA, Message("Hello <b>", KEYS, quiet=True))
    assert got == Delivered((101,))
    assert api.calls("sendMessage") == [
        {
            "chat_id": ANA,
            "text": "Hello <b>",
            "link_preview_options": {"is_disabled": True},
            "disable_notification": True,
            "reply_markup": {
                "inline_keyboard": [
                    [{"text": "Help", "callback_data": "!help"}, {"text": "Read", "url": "https://example.org"}],
                    [{"text": "Copy", "copy_text": {"text": "116"}}],
                ]
            },
        }
    ]


ANSWERS: list[tuple[tuple[int, Any], object]] = [
    (refusal(429, "Too Many Requests: retry after 7", retry_after=7), TryAgain("flood", 7.0, flood=True)),
    (refusal(403, "Forbidden: bot was blocked by the user"), Never("blocked", blocked=True)),
    (refusal(403, "Forbidden: user is deactivated"), Never("deactivated", blocked=True)),
    (refusal(403, "Forbidden: bot can't initiate conversation with a user"), Never("never_started", blocked=True)),
    (refusal(403, "Forbidden: bot was kicked from the supergroup chat"), Never("kicked", blocked=True)),
    (refusal(403, "Forbidden: bot is not a member of the supergroup chat"), Never("not_a_member", blocked=True)),
    (refusal(403, "Forbidden: something new"), Never("forbidden", blocked=True)),
    (refusal(400, "Bad Request: chat not found"), Never("chat_not_found", blocked=True)),
    (refusal(400, "Bad Request: message thread not found"), Never("topic_gone")),
    (
        refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1009),
        Moved(-1009),
    ),
    (refusal(400, "Bad Request: something new"), Never("bad_request")),
    (refusal(401, "Unauthorized"), TryAgain("token_refused", 60.0)),
    (refusal(404, "Not Found"), TryAgain("not_a_bot_api", 60.0)),
    (refusal(500, "Internal Server Error"), TryAgain("http_500")),
    ((502, b"<html>Bad Gateway</html>"), TryAgain("http_502")),
    ((200, b'{"ok":true,"resu'), TryAgain("broken_answer")),
    ((200, b"[]"), TryAgain("broken_answer")),
    ((302, b""), TryAgain("http_302")),
]


@pytest.mark.parametrize(("answer", "meaning"), ANSWERS, ids=lambda value: getattr(value, "reason", ""))
async def test_every_answer_has_one_meaning(
    api: StandIn, telegram: Telegram, answer: tuple[int, Any], meaning: object
) -> None:
    api.will("sendMessage", answer)
    assert await telegram.transport.deliver(ANA, Message("hello")) == meaning
    assert len(api.asked) == 1


async def test_no_answer_is_tried_again(api: StandIn, telegram: Telegram) -> None:
    api.will("sendMessage", (200, ConnectionResetError()))
    got = await telegram.transport.deliver(ANA, Message("hello"))
    assert isinstance(got, TryAgain)
    assert got.reason.startswith("connection:")


async def test_the_seconds_of_a_flood_may_stand_in_the_header_only(api: StandIn, telegram: Telegram) -> None:
    api.will("sendMessage", refusal(429, "Too Many Requests"))
    assert await telegram.transport.deliver(ANA, Message("hello")) == TryAgain("flood", 1.0, flood=True)


async def test_nothing_of_a_message_reaches_the_log(
    api: StandIn, telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for answer, _ in ANSWERS:
        api.will("sendMessage", answer)
        await telegram.transport.deliver(ANA, Message("lantern words"))
    assert "lantern" not in caplog.text
    assert "AAaa" not in caplog.text


async def test_the_operator_is_told_once_of_a_refused_token(
    api: StandIn, telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    api.will("sendMessage", refusal(401, "Unauthorized"), refusal(401, "Unauthorized"))
    for _ in range(2):
        await telegram.transport.deliver(ANA, Message("hello"))
    assert caplog.text.count("SAFEBOT_TOKEN") == 1


async def test_a_long_text_goes_out_in_parts_with_its_keys_under_the_last(api: StandIn, telegram: Telegram) -> None:
    got = await telegram.transport.deliver(ANA, Message("a" * 4000 + "\n\n" + "b" * 4000, KEYS))
    assert got == Delivered((101, 102))
    assert ["reply_markup" in values for values in api.calls("sendMessage")] == [False, True]


async def test_after_a_flood_in_the_middle_only_the_missing_part_is_sent(api: StandIn, telegram: Telegram) -> None:
    message = Message("a" * 4000 + "\n\n" + "b" * 4000)
    first = (200, {"ok": True, "result": {"message_id": 7}})
    api.will("sendMessage", first, refusal(429, "Too Many Requests", retry_after=1))
    assert isinstance(await telegram.transport.deliver(ANA, message), TryAgain)
    assert await telegram.transport.deliver(ANA, message) == Delivered((7, 101))
    assert [values["text"][0] for values in api.calls("sendMessage")] == ["a", "b", "b"]


async def test_words_go_out_even_if_their_links_are_refused(api: StandIn, telegram: Telegram) -> None:
    api.will("sendMessage", refusal(400, "Bad Request: BUTTON_URL_INVALID"))
    assert await telegram.transport.deliver(ANA, Message("numbers", KEYS)) == Delivered((101,))
    assert api.calls("sendMessage")[1]["reply_markup"] == {
        "inline_keyboard": [[{"text": "Help", "callback_data": "!help"}]]
    }


async def test_words_go_out_even_if_all_their_keys_are_refused(api: StandIn, telegram: Telegram) -> None:
    api.will("sendMessage", *[refusal(400, "Bad Request: BUTTON_DATA_INVALID")] * 2)
    assert await telegram.transport.deliver(ANA, Message("numbers", KEYS)) == Delivered((101,))
    assert api.calls("sendMessage")[2] == {
        "chat_id": ANA,
        "text": "numbers",
        "link_preview_options": {"is_disabled": True},
    }


async def test_what_telegram_cannot_parse_goes_out_as_plain_words(api: StandIn, telegram: Telegram) -> None:
    api.will("sendMessage", refusal(400, "Bad Request: can't parse entities: byte offset 3"))
    assert await telegram.transport.deliver(ANA, Message("hello")) == Delivered((101,))


async def test_a_flood_told_by_a_proxy_is_one_too(api: StandIn, telegram: Telegram) -> None:
    api.will("sendMessage", (429, b"<html>Too Many Requests"))
    assert await telegram.transport.deliver(ANA, Message("hello")) == TryAgain("flood", 1.0, flood=True)


async def test_a_picture_is_uploaded_once_and_then_named(api: StandIn, telegram: Telegram, tmp_path: Path) -> None:
    picture = tmp_path / "phone.png"
    picture.write_bytes(b"png")
    message = Message("Look", KEYS, photo=str(picture))
    for _ in range(2):
        assert isinstance(await telegram.transport.deliver(ANA, message), Delivered)
    assert [values["photo"].split(":")[0] for values in api.calls("sendPhoto")] == ["attach", "big"]
    assert api.uploads == 1


async def test_a_picture_with_a_long_text_comes_first_and_bare(
    api: StandIn, telegram: Telegram, tmp_path: Path
) -> None:
    picture = tmp_path / "phone.png"
    picture.write_bytes(b"png")
    got = await telegram.transport.deliver(ANA, Message("word " * 300, KEYS, photo=str(picture)))
    assert got == Delivered((101, 102))
    assert "caption" not in api.calls("sendPhoto")[0]
    assert "reply_markup" in api.calls("sendMessage")[0]


async def test_a_picture_that_is_not_there_does_not_cost_the_words(
    api: StandIn, telegram: Telegram, tmp_path: Path
) -> None:
    got = await telegram.transport.deliver(ANA, Message("Look", KEYS, photo=str(tmp_path / "gone.png")))
    assert got == Delivered((101,))
    assert len(api.calls("sendMessage")[0]["reply_markup"]["inline_keyboard"]) == 2


async def test_an_empty_message_and_a_parcel_of_another_kind_are_never_sent(api: StandIn, telegram: Telegram) -> None:
    assert await telegram.transport.deliver(ANA, Message(" \n")) == Never("empty")
    assert await telegram.transport.deliver(ANA, DeleteMessages((1,))) == Never("not_a_message")
    assert api.asked == []


async def test_deleting_counts_what_telegram_keeps(api: StandIn, telegram: Telegram) -> None:
    too_old = refusal(400, "Bad Request: message can't be deleted")
    fine = (200, {"ok": True, "result": True})
    api.will("deleteMessages", too_old, fine, too_old, fine, too_old)
    assert await telegram.transport.delete(ANA, [1, 2, 3, 4]) == Delivered(refused=1)
    asked = [values["message_ids"] for values in api.calls("deleteMessages")]
    assert asked == [[1, 2, 3, 4], [1, 2], [3, 4], [3], [4]]


async def test_deleting_takes_a_hundred_a_call_and_stops_at_a_flood(api: StandIn, telegram: Telegram) -> None:
    assert await telegram.transport.delete(ANA, range(1, 251)) == Delivered()
    assert [len(values["message_ids"]) for values in api.calls("deleteMessages")] == [100, 100, 50]
    api.will("deleteMessages", refusal(429, "Too Many Requests", retry_after=3))
    assert await telegram.transport.delete(ANA, [1]) == TryAgain("flood", 3.0, flood=True)


async def test_leaving_says_one_sentence_even_where_it_may_not_speak(api: StandIn, telegram: Telegram) -> None:
    api.will("sendMessage", refusal(400, "Bad Request: not enough rights to send text messages to the chat"))
    assert await telegram.transport.deliver(-5, Leave("I only talk alone.")) == Delivered()
    assert [name for name, _ in api.asked] == ["sendMessage", "leaveChat"]


async def test_taps_and_typing_ignore_failure(api: StandIn, telegram: Telegram) -> None:
    api.will("answerCallbackQuery", refusal(400, "Bad Request: query is too old and response timeout expired"))
    api.will("sendChatAction", (500, b"no"))
    await telegram.transport.answer_tap("77", "That question has passed")
    await telegram.transport.typing(ANA)
    assert [name for name, _ in api.asked] == ["answerCallbackQuery", "sendChatAction"]
