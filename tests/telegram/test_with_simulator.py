"""Our side of Telegram against the project's own stand-in, which keeps Telegram's limits."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.model.events import Blocked, Said, SentMedia, Tapped
from bot.model.outbox import Delivered, Key, Message, Never
from bot.simulator.core import DEMO
from bot.simulator.server import Simulator
from bot.telegram.open import Telegram, open_telegram
from bot.telegram.polling import Poller
from bot.telegram.startup import prepare
from bot.telegram.updates import read_update
from bot.work.clock import SystemClock
from bot.work.incoming import Incoming
from tests.telegram.test_startup import CAMPAIGN


@pytest.fixture
async def simulator() -> AsyncIterator[Simulator]:
    simulator = Simulator(SystemClock())
    await simulator.start()
    yield simulator
    await simulator.stop()


@pytest.fixture
async def opened(simulator: Simulator) -> AsyncIterator[Telegram]:
    telegram = await open_telegram(DEMO, simulator.url, patience=2.0)
    await prepare(telegram.calls, CAMPAIGN, SystemClock(), None)
    yield telegram
    await telegram.close()


async def received(telegram: Telegram, desk: int | None = None) -> list[Incoming]:
    """Return what one poll brings."""
    batch: list[dict[str, Any]] = []

    async def intake(updates: list[dict[str, Any]]) -> bool:
        batch.extend(updates)
        return True

    await Poller(telegram.calls, intake, SystemClock(), timeout=1).once()
    return [read_update(raw, telegram.calls.bot.id, desk, SystemClock().now()) for raw in batch]


async def test_words_media_taps_and_blocking_arrive_as_what_they_are(simulator: Simulator, opened: Telegram) -> None:
    ana = simulator.person("Ana", "sw")
    simulator.say("Ana", "hello")
    assert await opened.transport.deliver(ana.id, Message("Hi", ((Key("Menu", data="!menu"),),))) == Delivered((2,))
    simulator.send_media("Ana", "voice")
    simulator.press("Ana", "Menu")
    simulator.block("Ana")
    got = await received(opened)
    kinds = {type(one.what) for one in got}
    assert kinds == {Said, SentMedia, Tapped, Blocked}
    assert {one.language_code for one in got} == {"sw"}
    assert await opened.transport.deliver(ana.id, Message("Hi")) == Never("blocked", blocked=True)


async def test_a_card_lives_in_the_forum_and_an_alarm_stands_below_it(simulator: Simulator, opened: Telegram) -> None:
    desk = simulator.desk_group("Desk", forum=True)
    rows = ((("Claim", "claim:abc", ""), ("Open in console", "", "https://desk.example.org/cases/abc")),)
    shown = await opened.transport.show_card(desk.id, "card", rows, None)
    assert isinstance(shown, Delivered)
    assert await opened.transport.show_card(desk.id, "card 2", rows, shown.message_ids[0]) == shown
    assert await opened.transport.show_card(desk.id, "card 2", rows, shown.message_ids[0]) == shown
    assert isinstance(await opened.transport.alarm(desk.id, "Raised", shown.message_ids[0]), Delivered)
    simulator.press("Max", "Claim", group=desk)
    tap = (await received(opened, desk.id))[-1]
    assert (tap.chat_kind, tap.what, tap.user_id) == ("desk", Tapped("claim:abc"), simulator.person("Max").id)
    await opened.transport.answer_tap(str(tap.tap_id), "It is yours.")


async def test_a_cleared_window_is_gone(simulator: Simulator, opened: Telegram) -> None:
    ana = simulator.person("Ana")
    mine = simulator.say("Ana", "hello")
    assert mine
    ours = await opened.transport.deliver(ana.id, Message("Hi"))
    assert isinstance(ours, Delivered)
    assert await opened.transport.delete(ana.id, [1, *ours.message_ids, 999]) == Delivered()
    assert simulator.texts("Ana") == []
