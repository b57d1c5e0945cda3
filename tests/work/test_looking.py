"""What looks now and then waits for a store that fails, and hides no mistake of our own."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

import pytest

from bot.store.errors import StoreError
from bot.work.looking import keep_looking
from tests.work.desk_room import NOON


class Stopped(Exception):
    """The test has seen enough."""


class ThreeRounds:
    """A clock that lets a loop sleep twice."""

    def __init__(self) -> None:
        self.slept = 0

    def now(self) -> datetime:
        return NOON

    async def sleep_until(self, moment: datetime) -> None:
        del moment
        self.slept += 1
        if self.slept == 3:
            raise Stopped


async def test_a_store_that_fails_is_waited_for_and_said(caplog: pytest.LogCaptureFixture) -> None:
    answers = iter([StoreError("busy"), None, None])
    clock = ThreeRounds()

    async def look() -> None:
        if (wrong := next(answers)) is not None:
            raise wrong

    with pytest.raises(Stopped):
        await keep_looking(look, timedelta(seconds=1), clock, logging.getLogger("safebot.test"), "looking waits")

    assert clock.slept == 3 and [r.message for r in caplog.records] == ["looking waits: busy"]


async def test_a_mistake_of_our_own_is_not_swallowed() -> None:
    async def look() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await keep_looking(
            look, timedelta(seconds=1), ThreeRounds(), logging.getLogger("safebot.test"), "looking waits"
        )
