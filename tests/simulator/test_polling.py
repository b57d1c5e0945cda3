"""Long polling: offsets confirm, one poller at a time, a webhook excludes it."""

from __future__ import annotations

import asyncio

import pytest

from bot.simulator.crowd import Crowd
from bot.simulator.delivery import DAY
from bot.simulator.errors import Refusal
from bot.simulator.polling import Poller
from tests.simulator.clock import VirtualClock
from tests.simulator.conftest import Call


@pytest.fixture
def poller(crowd: Crowd) -> Poller:
    poller = Poller(crowd.core, crowd.clock)
    crowd.core.delivery.woken = poller.wake
    return poller


async def test_an_update_is_confirmed_by_a_later_call_with_a_higher_offset(crowd: Crowd, poller: Poller) -> None:
    number = crowd.say("Ana", "hello")
    first = await poller.updates({})
    assert crowd.core.ledger.confirmed == 0
    again = await poller.updates({"offset": number})
    none = await poller.updates({"offset": number + 1, "timeout": 0, "limit": 5})

    assert [u.id for u in first] == [u.id for u in again] == [number]
    assert none == []
    assert crowd.core.ledger.confirmed == 1


async def test_limit_is_kept(crowd: Crowd, poller: Poller, clock: VirtualClock) -> None:
    for n in range(120):
        crowd.say("Ana", str(n))

    assert len(await poller.updates({"limit": 7, "offset": 1})) == 7
    assert len(await poller.updates({})) == 100


async def test_the_same_offset_within_half_a_second_gets_one_update(
    crowd: Crowd, poller: Poller, clock: VirtualClock
) -> None:
    for n in range(3):
        crowd.say("Ana", str(n))
    found = [len(await poller.updates({"offset": 0})) for _ in range(2)]
    clock.advance(0.6)

    assert found == [3, 1]
    assert len(await poller.updates({"offset": 0})) == 3


async def test_a_waiting_poller_is_answered_when_something_comes(crowd: Crowd, poller: Poller) -> None:
    waiting = asyncio.ensure_future(poller.updates({"timeout": 30}))
    await asyncio.sleep(0)
    number = crowd.say("Ana", "hello")

    assert [u.id for u in await waiting] == [number]


async def test_a_poller_waits_no_longer_than_50_seconds(crowd: Crowd, poller: Poller, clock: VirtualClock) -> None:
    waiting = asyncio.ensure_future(poller.updates({"timeout": 900}))
    for _ in range(3):
        await asyncio.sleep(0)
    clock.advance(50)

    assert await waiting == []


async def test_a_second_poller_ends_the_first_with_409(crowd: Crowd, poller: Poller) -> None:
    first = asyncio.ensure_future(poller.updates({"timeout": 30}))
    await asyncio.sleep(0)
    second = asyncio.ensure_future(poller.updates({"timeout": 30}))
    with pytest.raises(Refusal) as refused:
        await first
    crowd.say("Ana", "hello")

    assert refused.value.code == 409
    assert "other getUpdates request" in refused.value.text
    assert len(await second) == 1


async def test_polling_with_a_webhook_set_is_409(crowd: Crowd, poller: Poller, bot: Call) -> None:
    waiting = asyncio.ensure_future(poller.updates({"timeout": 30}))
    await asyncio.sleep(0)
    bot("setWebhook", url="http://127.0.0.1:1/hook")
    for call in (waiting, poller.updates({})):
        with pytest.raises(Refusal) as refused:
            await call
        assert refused.value.code == 409


async def test_an_expired_update_is_not_offered(crowd: Crowd, poller: Poller, clock: VirtualClock) -> None:
    crowd.say("Ana", "old")
    clock.advance(DAY)
    number = crowd.say("Ana", "new")

    assert [u.id for u in await poller.updates({})] == [number]


async def test_an_offset_far_in_the_future_confirms_nothing(crowd: Crowd, poller: Poller) -> None:
    """Ids restarted lower while the bot remembers a high one: nothing may be lost by that."""
    crowd.restart_ids(at=50)
    crowd.say("Ana", "hello")

    assert [u.id for u in await poller.updates({"offset": 900_000_000})] == [50]
    assert crowd.core.ledger.confirmed == 0


async def test_a_negative_offset_drops_what_is_earlier(crowd: Crowd, poller: Poller) -> None:
    crowd.say("Ana", "one")
    number = crowd.say("Ana", "two")

    assert [u.id for u in await poller.updates({"offset": -1})] == [number]
    assert crowd.core.ledger.gone["dropped"] == 1


async def test_an_update_that_waits_is_not_handed_out_before_its_turn(crowd: Crowd, poller: Poller) -> None:
    first = crowd.say("Ana", "one")
    second = crowd.say("Ana", "two")
    crowd.again(second)

    assert [u.id for u in await poller.updates({"limit": 1})] == [first]


async def test_a_confirmed_update_can_be_handed_out_again(crowd: Crowd, poller: Poller) -> None:
    number = crowd.say("Ana", "one")
    await poller.updates({})
    crowd.core.delivery.poll(number + 1, 100, crowd.now())
    crowd.again(number)

    assert [u.id for u in await poller.updates({"offset": number + 1})] == [number]


async def test_kinds_that_were_not_asked_for_are_not_made(crowd: Crowd, poller: Poller) -> None:
    await poller.updates({"allowed_updates": '["message"]'})
    crowd.say("Ana", "hello")

    assert crowd.edit("Ana", 1, "changed") == 0
    assert crowd.block("Ana") == 0
