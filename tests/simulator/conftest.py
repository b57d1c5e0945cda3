"""A stand-in without network (`crowd`), and one that listens (`sim`), both on a clock that moves only when told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from bot.simulator.core import Core
from bot.simulator.crowd import Crowd
from bot.simulator.methods import call
from bot.simulator.server import Simulator
from tests.simulator.clock import VirtualClock

Call = Callable[..., Any]


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
def crowd(clock: VirtualClock) -> Crowd:
    return Crowd(Core(rates="off"), clock)


@pytest.fixture
def bot(crowd: Crowd) -> Call:
    """What a bot calls: `bot("sendMessage", chat_id=1, text="hello")`."""

    def make(method: str, **fields: Any) -> Any:
        return call(crowd.core, method.lower(), fields, crowd.now())

    return make


@pytest.fixture
async def sim(clock: VirtualClock) -> AsyncIterator[Simulator]:
    simulator = Simulator(clock, console_url="http://127.0.0.1:1/console")
    await simulator.start()
    yield simulator
    await simulator.stop()
