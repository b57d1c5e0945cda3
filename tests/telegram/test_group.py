"""The moderators' group: cards are edited, alarms are new."""

from __future__ import annotations

from bot.model.outbox import Delivered, TryAgain
from bot.telegram.open import Telegram
from tests.telegram.standin import StandIn, refusal

DESK = -1001234567890
ROWS = ((("Claim", "claim:abc", ""), ("Open in console", "", "https://desk.example.org/cases/abc")),)


async def test_a_card_is_sent_once_and_then_edited(api: StandIn, telegram: Telegram) -> None:
    assert await telegram.transport.show_card(DESK, "card", ROWS, None) == Delivered((101,))
    assert await telegram.transport.show_card(DESK, "card, changed", (), 101) == Delivered((101,))
    assert [name for name, _ in api.asked] == ["sendMessage", "editMessageText"]
    assert api.calls("editMessageText")[0]["reply_markup"] == {"inline_keyboard": []}


async def test_an_edit_that_changes_nothing_is_a_success(api: StandIn, telegram: Telegram) -> None:
    api.will("editMessageText", refusal(400, "Bad Request: message is not modified: specified new message …"))
    assert await telegram.transport.show_card(DESK, "card", ROWS, 55) == Delivered((55,))


async def test_a_card_that_is_gone_is_sent_anew(api: StandIn, telegram: Telegram) -> None:
    api.will("editMessageText", refusal(400, "Bad Request: message to edit not found"))
    assert await telegram.transport.show_card(DESK, "card", ROWS, 55) == Delivered((101,))


async def test_a_refused_link_does_not_cost_the_card(api: StandIn, telegram: Telegram) -> None:
    api.will("sendMessage", refusal(400, "Bad Request: BUTTON_URL_INVALID"))
    assert await telegram.transport.show_card(DESK, "card", ROWS, None) == Delivered((101,))
    keys = api.calls("sendMessage")[1]["reply_markup"]["inline_keyboard"]
    assert keys == [[{"text": "Claim", "callback_data": "claim:abc"}]]


async def test_an_alarm_is_a_new_line_below_its_card(api: StandIn, telegram: Telegram) -> None:
    assert await telegram.transport.alarm(DESK, "Raised to P1", 55) == Delivered((101,))
    asked = api.calls("sendMessage")[0]
    assert asked["reply_parameters"] == {"message_id": 55, "allow_sending_without_reply": True}
    assert "disable_notification" not in asked


async def test_a_flooded_group_waits(api: StandIn, telegram: Telegram) -> None:
    api.will("editMessageText", refusal(429, "Too Many Requests", retry_after=40))
    assert await telegram.transport.show_card(DESK, "card", ROWS, 55) == TryAgain("flood", 40.0, flood=True)


async def test_a_desk_may_have_its_topic_and_an_alarm_stands_there_too(api: StandIn, telegram: Telegram) -> None:
    await telegram.transport.show_card(DESK, "card", ROWS, None, topic=12)
    await telegram.transport.alarm(DESK, "Still waiting", None, topic=12)
    await telegram.transport.show_card(DESK, "card", ROWS, None)

    assert [call.get("message_thread_id") for call in api.calls("sendMessage")] == [12, 12, None]


async def test_what_belongs_into_a_topic_that_is_gone_stands_in_general(api: StandIn, telegram: Telegram) -> None:
    api.will("sendMessage", refusal(400, "Bad Request: message thread not found"))

    assert await telegram.transport.show_card(DESK, "card", ROWS, None, topic=12) == Delivered((101,))
    assert [call.get("message_thread_id") for call in api.calls("sendMessage")] == [12, None]
