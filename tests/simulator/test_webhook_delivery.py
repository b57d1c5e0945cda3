"""How updates reach a webhook: queues, retries, expiry, repeats. No network: the test plays the postman."""

from __future__ import annotations

import msgspec
import pytest

from bot.simulator.crowd import Crowd
from bot.simulator.delivery import DAY, TAP, Delivery, Webhook
from bot.simulator.ledger import Update
from tests.simulator.clock import VirtualClock
from tests.simulator.conftest import Call

BUTTON = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}


@pytest.fixture
def delivery(crowd: Crowd) -> Delivery:
    crowd.core.delivery.set_webhook(Webhook("http://127.0.0.1:1/hook"))
    return crowd.core.delivery


def due(delivery: Delivery, crowd: Crowd) -> list[Update]:
    return list(iter(lambda: delivery.take(crowd.now()), None))


def text_of(update: Update) -> str:
    return str(msgspec.json.decode(update.body)["message"]["text"])


def test_the_next_message_of_a_chat_waits_until_the_one_before_is_confirmed(delivery: Delivery, crowd: Crowd) -> None:
    crowd.say("Ana", "one")
    crowd.say("Ana", "two")
    crowd.say("Olga", "three")

    first = due(delivery, crowd)
    delivery.delivered(first[0], crowd.now())

    assert [text_of(u) for u in first] == ["one", "three"]
    assert [text_of(u) for u in due(delivery, crowd)] == ["two"]


def test_an_edit_waits_behind_messages_and_a_tap_overtakes_them(delivery: Delivery, crowd: Crowd, bot: Call) -> None:
    crowd.say("Ana", "hello")
    bot("sendMessage", chat_id=crowd.person("Ana").id, text="Ready?", reply_markup=BUTTON)
    crowd.edit("Ana", 1, "hello there")
    crowd.press("Ana", "Yes")

    assert [u.kind for u in due(delivery, crowd)] == ["message", "callback_query"]


def test_failures_are_retried_after_0_2_4_8_16_32_and_then_60_to_120_seconds(
    delivery: Delivery, crowd: Crowd, clock: VirtualClock
) -> None:
    crowd.say("Ana", "hello")
    waits = []
    for _ in range(10):
        [update] = due(delivery, crowd)
        delivery.failed(update, crowd.now(), "500 Internal Server Error")
        waits.append((delivery.next_wake() or 0) - crowd.now())
        clock.advance(waits[-1])

    assert waits[:6] == [0, 2, 4, 8, 16, 32]
    assert all(60 <= wait <= 120 for wait in waits[6:])


def test_a_retry_does_not_come_early(delivery: Delivery, crowd: Crowd, clock: VirtualClock) -> None:
    crowd.say("Ana", "hello")
    for _ in range(2):
        [update] = due(delivery, crowd)
        delivery.failed(update, crowd.now(), "500")

    clock.advance(1.9)
    assert due(delivery, crowd) == []
    clock.advance(0.1)
    assert len(due(delivery, crowd)) == 1


@pytest.mark.parametrize(("asked", "waited"), [(7, 7), (99_999, 3600)])
def test_retry_after_of_the_bot_is_honoured_up_to_an_hour(
    delivery: Delivery, crowd: Crowd, asked: float, waited: float
) -> None:
    crowd.say("Ana", "hello")
    [update] = due(delivery, crowd)
    delivery.failed(update, crowd.now(), "503", retry_after=asked)

    assert delivery.next_wake() == crowd.now() + waited


def test_a_failing_update_blocks_its_chat_only(delivery: Delivery, crowd: Crowd) -> None:
    crowd.say("Ana", "one")
    crowd.say("Ana", "two")
    [update] = due(delivery, crowd)
    for _ in range(2):
        delivery.failed(update, crowd.now(), "500")
        due(delivery, crowd)
    crowd.say("Olga", "three")

    assert [text_of(u) for u in due(delivery, crowd)] == ["three"]


def test_a_message_expires_after_a_day_and_the_next_one_follows(
    delivery: Delivery, crowd: Crowd, clock: VirtualClock
) -> None:
    crowd.say("Ana", "old")
    clock.advance(DAY)
    crowd.say("Ana", "new")

    assert [text_of(u) for u in due(delivery, crowd)] == ["new"]
    assert crowd.core.ledger.gone["expired"] == 1


def test_a_tap_expires_after_150_seconds(delivery: Delivery, crowd: Crowd, clock: VirtualClock) -> None:
    crowd.say("Ana", "hello")
    crowd.tap("Ana", 1, "yes", forged=True)
    clock.advance(TAP)

    assert [u.kind for u in due(delivery, crowd)] == ["message"]


def test_an_update_whose_next_try_would_come_too_late_is_given_up(
    delivery: Delivery, crowd: Crowd, clock: VirtualClock
) -> None:
    crowd.say("Ana", "hello")
    clock.advance(DAY - 10)
    [update] = due(delivery, crowd)
    delivery.failed(update, crowd.now(), "503", retry_after=60)

    assert update.gone == "expired"
    assert delivery.pending == {}


def test_a_confirmed_update_can_be_delivered_again(delivery: Delivery, crowd: Crowd) -> None:
    number = crowd.say("Ana", "hello")
    [update] = due(delivery, crowd)
    delivery.delivered(update, crowd.now())
    crowd.again(number)
    [same] = due(delivery, crowd)
    delivery.delivered(same, crowd.now())

    assert (same.id, same.confirmations, crowd.core.ledger.confirmed) == (number, 2, 1)


def test_ids_grow_by_one_and_restart_elsewhere_when_told(delivery: Delivery, crowd: Crowd) -> None:
    first = crowd.say("Ana", "one")
    second = crowd.say("Ana", "two")
    crowd.restart_ids(at=42)
    third = crowd.say("Ana", "three")
    while found := due(delivery, crowd):
        delivery.delivered(found[0], crowd.now())

    assert (second, third) == (first + 1, first + 2)  # not while something waits
    assert crowd.say("Ana", "four") == 42


def test_410_for_23_hours_removes_the_webhook(delivery: Delivery, crowd: Crowd, clock: VirtualClock) -> None:
    crowd.say("Ana", "hello")
    [update] = due(delivery, crowd)
    delivery.failed(update, crowd.now(), "410 Gone")
    clock.advance(23 * 3600 + 1)
    [update] = due(delivery, crowd)
    delivery.failed(update, crowd.now(), "410 Gone")

    assert delivery.webhook is None
    assert len(delivery.pending) == 1


def test_what_waits_survives_a_new_webhook_unless_it_is_dropped(crowd: Crowd, clock: VirtualClock, bot: Call) -> None:
    crowd.say("Ana", "hello")
    bot("setWebhook", url="http://127.0.0.1:2/hook")
    assert bot("getWebhookInfo")["pending_update_count"] == 1

    bot("deleteWebhook", drop_pending_updates=True)
    assert bot("getWebhookInfo")["pending_update_count"] == 0
    assert crowd.core.ledger.violations[0].what == "dropped_pending_updates"
