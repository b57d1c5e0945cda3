"""Polling confirms only what is committed."""

from __future__ import annotations

from typing import Any

import pytest

from bot.telegram.open import Telegram
from bot.telegram.polling import Poller
from bot.telegram.problems import CannotStart
from tests.telegram.standin import JumpingClock, StandIn, refusal


class Intake:
    """Takes batches in, or fails as often as told."""

    def __init__(self, failures: int = 0) -> None:
        self.batches: list[list[int]] = []
        self.failures = failures

    async def __call__(self, batch: list[dict[str, Any]]) -> bool:
        self.batches.append([update["update_id"] for update in batch])
        self.failures -= 1
        return self.failures < 0


def updates(*ids: int) -> tuple[int, Any]:
    return 200, {"ok": True, "result": [{"update_id": update} for update in ids]}


async def polled(telegram: Telegram, clock: JumpingClock, intake: Intake, times: int) -> None:
    poller = Poller(telegram.calls, intake, clock, timeout=0)
    for _ in range(times):
        await poller.once()


async def test_the_offset_rises_after_the_commit_and_is_forgotten_when_all_is_quiet(
    api: StandIn, telegram: Telegram, clock: JumpingClock
) -> None:
    api.will("getUpdates", updates(8, 7), updates(), updates(3))
    await polled(telegram, clock, intake := Intake(), 4)
    assert [values.get("offset") for values in api.calls("getUpdates")] == [None, 9, None, 4]
    assert intake.batches == [[8, 7], [3]]


async def test_what_was_not_committed_is_asked_for_again_after_a_while(
    api: StandIn, telegram: Telegram, clock: JumpingClock
) -> None:
    api.will("getUpdates", updates(7), updates(7))
    await polled(telegram, clock, intake := Intake(failures=1), 3)
    assert intake.batches == [[7], [7]]
    assert [values.get("offset") for values in api.calls("getUpdates")] == [None, None, 8]
    assert clock.waits[0] >= 3


async def test_kinds_are_asked_for_explicitly_and_nothing_is_dropped(
    api: StandIn, telegram: Telegram, clock: JumpingClock
) -> None:
    await polled(telegram, clock, Intake(), 1)
    asked = api.calls("getUpdates")[0]
    assert asked["allowed_updates"] == ["message", "edited_message", "callback_query", "my_chat_member"]
    assert asked["limit"] == 100


async def test_a_second_receiver_is_named_in_one_line_and_ends_a_start(
    api: StandIn, telegram: Telegram, clock: JumpingClock, caplog: pytest.LogCaptureFixture
) -> None:
    api.will("getUpdates", *[refusal(409, "Conflict: terminated by other getUpdates request")] * 40)
    with pytest.raises(CannotStart, match="another program is already receiving"):
        await Poller(telegram.calls, Intake(), clock, timeout=0).run()
    assert caplog.text.count("another program") == 1
    assert 15 < sum(clock.waits) < 25


async def test_a_second_receiver_later_on_is_waited_out(api: StandIn, telegram: Telegram, clock: JumpingClock) -> None:
    conflict = refusal(409, "Conflict")
    api.will("getUpdates", updates(7), *[conflict] * 20, updates(8))
    await polled(telegram, clock, intake := Intake(), 22)
    assert intake.batches == [[7], [8]]


async def test_failures_are_waited_out_longer_and_longer(api: StandIn, telegram: Telegram, clock: JumpingClock) -> None:
    api.will("getUpdates", *[(502, b"<html>")] * 10)
    await polled(telegram, clock, Intake(), 10)
    assert clock.waits[0] <= 1
    assert 30 <= clock.waits[-1] <= 60


async def test_broken_characters_and_strange_entries_do_not_stop_a_batch(
    api: StandIn, telegram: Telegram, clock: JumpingClock
) -> None:
    api.will("getUpdates", (200, b'{"ok":true,"result":[{"update_id":7,"a":"\\ud83d \xff"},5]}'))
    await polled(telegram, clock, intake := Intake(), 1)
    assert intake.batches == [[7]]


async def test_an_update_too_deep_to_read_does_not_block_the_others(
    api: StandIn, telegram: Telegram, clock: JumpingClock
) -> None:
    deep = b'{"ok":true,"result":[{"update_id":7,"message":' + b"[" * 5000 + b"]" * 5000 + b"}]}"
    api.will("getUpdates", (200, deep), (200, deep), updates(8))
    await polled(telegram, clock, intake := Intake(), 3)
    assert intake.batches == [[7], [8]]
