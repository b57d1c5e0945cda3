"""Telegram's limits: the hard ones refuse and count, the rates count, or answer 429 when told to."""

from __future__ import annotations

from typing import Any

import pytest

from bot.simulator.core import Core
from bot.simulator.crowd import Crowd
from bot.simulator.errors import Refusal
from bot.simulator.limits import Rates, units
from bot.simulator.methods import call
from tests.simulator.clock import VirtualClock
from tests.simulator.conftest import Call

LONG = "a" * 4097


@pytest.fixture
def ana(crowd: Crowd) -> int:
    crowd.say("Ana", "hello")
    return crowd.person("Ana").id


def violations(crowd: Crowd) -> list[str]:
    return [v.what for v in crowd.core.ledger.violations]


def keyboard(**key: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Yes", **key}]]}


@pytest.mark.parametrize(
    ("method", "fields", "words", "counted"),
    [
        ("sendMessage", {"text": LONG}, "message is too long", ["text_4096"]),
        ("sendMessage", {"text": "🌱" * 2049}, "message is too long", ["text_4096"]),
        ("sendMessage", {"text": "  "}, "message text is empty", []),
        ("sendPhoto", {"photo": "x", "caption": "a" * 1025}, "caption is too long", ["caption_1024"]),
        ("sendMessage", {"text": "a", "reply_markup": keyboard(callback_data="я" * 33)}, "DATA_INVALID", ["callback_data_64"]),
        ("sendMessage", {"text": "a", "reply_markup": keyboard()}, "can't parse inline keyboard", []),
        ("sendMessage", {"text": "a", "reply_markup": keyboard(url="javascript:x")}, "URL_INVALID", []),
        ("sendMessage", {"text": "<i>a", "parse_mode": "HTML"}, "can't parse entities", []),
        ("deleteMessages", {"message_ids": list(range(101))}, "too many message", ["delete_100_ids"]),
        ("deleteMessages", {"message_ids": []}, "not specified", []),
        ("getFile", {"file_id": "hers"}, "wrong file", ["fetched_or_forwarded"]),
        ("forwardMessage", {"from_chat_id": 1, "message_id": 1}, "can't be copied", ["fetched_or_forwarded"]),
    ],
)  # fmt: skip
def test_what_telegram_refuses_is_refused_in_its_words(
    crowd: Crowd, bot: Call, ana: int, method: str, fields: dict[str, Any], words: str, counted: list[str]
) -> None:
    with pytest.raises(Refusal, match=words) as refused:
        bot(method, chat_id=ana, **fields)

    assert refused.value.code == 400
    assert violations(crowd) == counted


def test_the_longest_allowed_of_everything_passes(crowd: Crowd, bot: Call, ana: int) -> None:
    bot("sendMessage", chat_id=ana, text="🌱" * 2048, reply_markup=keyboard(callback_data="я" * 32))

    assert units("🌱" * 2048) == 4096
    assert violations(crowd) == []


def test_markup_does_not_count_for_the_length(bot: Call, ana: int) -> None:
    sent = bot("sendMessage", chat_id=ana, text="<b>" + "&amp;" * 4096 + "</b>", parse_mode="HTML")

    assert sent["text"] == "&" * 4096


def test_a_message_older_than_48_hours_stays(crowd: Crowd, bot: Call, ana: int, clock: VirtualClock) -> None:
    old = bot("sendMessage", chat_id=ana, text="old")["message_id"]
    clock.advance(48 * 3600)
    new = bot("sendMessage", chat_id=ana, text="new")["message_id"]

    with pytest.raises(Refusal, match="message can't be deleted"):
        bot("deleteMessage", chat_id=ana, message_id=old)
    assert bot("deleteMessages", chat_id=ana, message_ids=[old, new, 999]) is True
    assert crowd.texts("Ana") == ["old"]
    assert violations(crowd) == ["delete_48_hours", "delete_48_hours"]


def test_a_topic_name_has_1_to_128_characters(crowd: Crowd, bot: Call) -> None:
    desk = crowd.desk_group("Desk").id
    for name, words in (("", "name is empty"), ("a" * 129, "too long")):
        with pytest.raises(Refusal, match=words):
            bot("createForumTopic", chat_id=desk, name=name)

    assert bot("createForumTopic", chat_id=desk, name="a" * 128)["name"] == "a" * 128
    assert violations(crowd) == ["topic_name_128"]


def test_an_answer_to_a_tap_has_200_characters_and_comes_in_time(
    crowd: Crowd, bot: Call, ana: int, clock: VirtualClock
) -> None:
    _, tap = crowd.tap_with_id("Ana", 1, "x", forged=True)
    with pytest.raises(Refusal, match="MESSAGE_TOO_LONG"):
        bot("answerCallbackQuery", callback_query_id=tap, text="a" * 201)
    assert bot("answerCallbackQuery", callback_query_id=tap) is True
    clock.advance(61)
    with pytest.raises(Refusal, match="query is too old"):
        bot("answerCallbackQuery", callback_query_id=tap)


def test_a_burst_in_one_chat_is_tolerated_then_one_message_a_second(clock: VirtualClock) -> None:
    rates = Rates()
    burst = [rates.write(1, False, False, 100.0) for _ in range(6)]

    assert burst == [None] * 5 + [("chat_1_per_second", 1)]
    assert [rates.write(1, False, False, 101.0 + n) for n in range(20)] == [None] * 20
    assert rates.write(2, False, False, 100.0) is None


def test_a_group_takes_20_messages_a_minute() -> None:
    rates = Rates()
    for n in range(20):
        assert rates.write(-1, True, False, 100.0 + n) is None

    assert rates.write(-1, True, False, 130.0) == ("group_20_per_minute", 30)
    assert rates.write(-1, True, False, 160.0) is None


def test_thirty_a_second_go_to_people_who_did_not_just_write() -> None:
    rates = Rates()
    for n in range(30):
        assert rates.write(n, False, True, 100.0) is None

    assert rates.write(31, False, True, 100.5) == ("bulk_30_per_second", 1)
    assert rates.write(31, False, False, 100.5) is None  # a reply is not bulk
    assert rates.write(31, False, True, 101.0) is None


def test_an_edit_counts_in_a_group_only(clock: VirtualClock) -> None:
    crowd = Crowd(Core(rates="count"), clock)
    desk = crowd.desk_group("Desk").id
    sent = call(crowd.core, "sendmessage", {"chat_id": desk, "text": "0"}, crowd.now())
    for n in range(1, 21):
        fields = {"chat_id": desk, "message_id": sent["message_id"], "text": str(n)}
        call(crowd.core, "editmessagetext", fields, crowd.now())

    assert violations(crowd) == ["group_20_per_minute"]


def test_enforced_rates_answer_429_with_retry_after(clock: VirtualClock) -> None:
    crowd = Crowd(Core(rates="enforce"), clock)
    crowd.say("Ana", "hello")
    fields = {"chat_id": crowd.person("Ana").id, "text": "hi"}
    for _ in range(5):
        call(crowd.core, "sendmessage", fields, crowd.now())
    with pytest.raises(Refusal) as refused:
        call(crowd.core, "sendmessage", fields, crowd.now())

    assert (refused.value.code, refused.value.parameters) == (429, {"retry_after": 1})
    assert len(crowd.texts("Ana")) == 5


def test_writing_before_retry_after_has_passed_is_a_violation(
    crowd: Crowd, bot: Call, ana: int, clock: VirtualClock
) -> None:
    crowd.core.limits.hold(ana, crowd.now(), 3)
    clock.advance(1)
    with pytest.raises(Refusal, match="retry after 3"):
        bot("sendMessage", chat_id=ana, text="too early")
    clock.advance(2)

    assert bot("sendMessage", chat_id=ana, text="now")["text"] == "now"
    assert violations(crowd) == ["earlier_than_retry_after"]
