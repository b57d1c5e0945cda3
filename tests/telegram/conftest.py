"""A stand-in for Telegram, a bot opened on it, and a clock that jumps."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.telegram.open import Telegram, open_telegram
from tests.telegram.standin import TOKEN, JumpingClock, StandIn, standing_in


@pytest.fixture
async def api() -> AsyncIterator[StandIn]:
    async with standing_in() as stand_in:
        yield stand_in


@pytest.fixture
async def telegram(api: StandIn) -> AsyncIterator[Telegram]:
    opened = await open_telegram(TOKEN, api.url, patience=2.0)
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> JumpingClock:
    return JumpingClock()
