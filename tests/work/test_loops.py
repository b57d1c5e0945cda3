"""Timers, case clocks, retention, health, last words: what runs by itself."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.model.case import CaseState
from bot.model.ids import StaffId
from bot.model.outbox import Settled, TryAgain
from bot.store.case_records import CaseWrite
from bot.store.chat_records import TimerChange
from bot.store.desk_records import DeskWrite
from bot.store.errors import StoreError
from bot.store.reply_records import Reply
from bot.work.emergency import Emergency
from bot.work.health import Health
from bot.work.ports import Receiving
from bot.work.retention import Retention
from bot.work.timers import CaseClocks
from tests.work.bot_room import ANA, DANGER, SERIOUS, WORRYING, BotRoom, bot_room


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[BotRoom]:
    async with bot_room(tmp_path, desk=True) as opened:
        yield opened


def clocks(room: BotRoom) -> CaseClocks:
    return CaseClocks(room.store, room.vault, room.house, room.clock, desk=True)


async def desk_lines(room: BotRoom) -> list[str]:
    """Return what the moderators' group is sent, and send it."""
    rows = await room.store.claim_outbox("desk", room.clock.now(), 100, room.clock.now())
    rows = [row for row in rows if row.chat == "desk"]
    parcels = [await room.dispatch._open(row) for row in rows]
    await room.store.settle_outbox([Settled(row.id, row.chat, "sent") for row in rows], room.clock.now())
    return [getattr(parcel, "text", "card") for parcel in parcels]


async def test_a_worrying_case_is_shown_after_ten_minutes_of_silence(room: BotRoom) -> None:
    await room.does(WORRYING)
    room.clock.jump(minutes=9)
    assert await room.timers.ring_due() == 0
    room.clock.jump(minutes=2)
    assert await room.timers.ring_due() == 1
    (case,) = await room.cases()
    assert case.shown_at is not None and case.due_at is not None
    assert await room.timers.ring_due() == 0


async def test_a_missed_clock_alerts_again_and_again_with_a_new_line(room: BotRoom) -> None:
    await room.does(DANGER)
    assert await desk_lines(room) == ["card"]
    for alerts in (1, 2):
        room.clock.jump(minutes=6)
        assert await clocks(room).look() == 1 and await clocks(room).look() == 0
        (case,) = await room.cases()
        assert case.alerts == alerts
        assert any("Still waiting" in line for line in await desk_lines(room))


async def test_a_claim_that_lapses_goes_back_in_line_and_tells_her_conversation(room: BotRoom) -> None:
    await room.does(DANGER)
    (case,) = await room.cases()
    held = replace(
        case,
        state=CaseState.CLAIMED,
        claimed_by=StaffId(1),
        claimed_until=room.clock.now() + timedelta(minutes=10),
        due_at=None,
    )
    assert await room.store.commit_desk(DeskWrite(case=CaseWrite(held, step="claim")))
    assert await clocks(room).look() == 0
    room.clock.jump(minutes=11)
    assert await clocks(room).look() == 1
    (case,) = await room.cases()
    assert (case.state, case.claimed_by, case.alerts) == (CaseState.NEW, None, 0)
    assert case.due_at is not None and case.due_at > room.clock.now()
    assert "case_claimed" in [t.name for t in await room.store.due_timers(room.clock.now(), 10)]


async def test_a_reply_whose_key_is_gone_goes_back_to_the_page_and_rings_no_more(room: BotRoom) -> None:
    await room.does(DANGER)
    (case,) = await room.cases()
    due = room.clock.now()
    reply = Reply("r1", case.id, case.chat, StaffId(1), b"sealed under a key that is gone", due)
    timer = (TimerChange("reply:r1", due),)
    assert await room.store.commit_desk(DeskWrite(case=CaseWrite(case, step="reply"), reply=reply, timers=timer))
    room.outbox.rows.clear()
    await room.timers.ring_due()
    found = await room.store.reply("r1")
    assert found is not None and found.state == "draft"
    assert room.outbox.rows == [] and await room.timers.ring_due() == 0


async def test_after_a_day_nothing_of_hers_is_left_but_the_coded_case(room: BotRoom) -> None:
    retention = Retention(room.store, room.keys, room.vault, room.clock)
    await room.does("my secret garden", 1)
    await room.does(DANGER, 2)
    room.clock.jump(hours=24, minutes=10)
    counts = await retention.sweep()
    assert counts["states"] == 2 and (await room.row(1)).state is None
    room.clock.jump(hours=49)
    await retention.sweep()
    keys = await room.keys.names()
    assert f"chat:{room.chat(1)}" not in keys and f"chat:{room.chat(2)}" in keys
    assert (await room.row(1)).version == 0 and len(await room.cases()) == 1


async def test_somebody_who_comes_back_during_the_sweep_keeps_her_key(room: BotRoom, monkeypatch: Any) -> None:
    await room.does("hello", 1)
    room.clock.jump(hours=73)
    real = room.store.expire

    async def expire(now: Any) -> Any:
        found = await real(now)
        await room.does("I am back", 1)
        return found

    monkeypatch.setattr(room.store, "expire", expire)
    await Retention(room.store, room.keys, room.vault, room.clock).sweep()
    assert [r.text for r in (await room.conversation(1)).recent if r.who == "her"] == ["I am back"]


async def test_old_keys_that_seal_nothing_are_swept_and_others_stay(room: BotRoom) -> None:
    await room.does(DANGER)
    await room.vault.boxes(["case:nobody", "chat:nobody"])
    room.clock.jump(days=2)
    swept = await Retention(room.store, room.keys, room.vault, room.clock).sweep_orphans()
    names = await room.keys.names()
    assert swept == 2 and "chat:desk" in names and f"chat:{room.chat()}" in names


@pytest.fixture
def health(room: BotRoom, tmp_path: Path) -> Health:
    return Health(room.store, room.vault, room.clock, tmp_path, desk=True)


async def test_all_is_well(health: Health) -> None:
    report = await health.look()
    assert report.ready and report.problems == ()


async def test_without_its_keys_or_without_room_it_does_not_call_itself_ready(
    room: BotRoom, health: Health, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not health.alive
    monkeypatch.setattr("shutil.disk_usage", lambda _: namedtuple("Usage", "total free")(1 << 40, 4096))
    report = await health.look()
    assert not report.ready and "disk" in report.problems and health.alive

    monkeypatch.undo()
    await room.keys.close()
    report = await health.look()
    assert not report.ready and report.problems == ("store",) and health.alive
    room.clock.jump(minutes=2)
    assert not health.alive


async def test_help_words_that_wait_too_long_raise_an_alarm_once_in_a_quarter_of_an_hour(
    room: BotRoom, health: Health
) -> None:
    await room.does(DANGER)
    await desk_lines(room)
    told = []
    for _ in range(5):
        room.clock.jump(minutes=6)
        assert "crisis_waits" in (await health.look()).problems
        told += [line for line in await desk_lines(room) if "Help words" in line]
    assert len(told) == 2


async def test_many_updates_that_wait_and_errors_of_the_webhook_are_told(room: BotRoom, health: Health) -> None:
    state = Receiving(51)

    class Watching:
        async def receiving(self) -> Receiving | None:
            return state

    health.watch = Watching()
    assert (await health.look()).problems == ()
    room.clock.jump(minutes=2)
    assert (await health.look()).problems == ("pending",)
    state = Receiving(50, room.clock.now())
    assert (await health.look()).problems == ("webhook",)


async def test_a_store_that_does_not_answer_is_not_ready(health: Health, room: BotRoom, monkeypatch: Any) -> None:
    async def broken(*_: Any) -> Any:
        raise StoreError("gone")

    monkeypatch.setattr(room.store, "backlog", broken)
    monkeypatch.setattr(room.store, "commit_desk", broken)
    report = await health.look()
    assert not report.ready and report.problems == ("store",)


async def test_a_disk_that_is_nearly_full_is_told(health: Health, monkeypatch: Any) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage(10 << 30, 10 << 30, 100 << 20))
    assert (await health.look()).problems == ("disk",)
    health.tell("oversize")
    assert set((await health.look()).problems) == {"disk", "oversize"}


async def test_last_words_that_telegram_refused_are_tried_again_at_the_next_delivery(room: BotRoom) -> None:
    emergency = Emergency(room.telegram, room.clock)
    room.telegram.answers[ANA] = [TryAgain("http_502")]
    job = room.turns._heard(room.job(SERIOUS))
    await emergency.help([job])
    assert room.telegram.texts() == []
    await emergency.help([job])
    await emergency.help([job])
    assert len(room.telegram.texts()) == 1


async def test_last_words_go_only_where_they_are_needed(room: BotRoom) -> None:
    await Emergency(room.telegram, room.clock).help([room.turns._heard(room.job("hello"))])
    assert room.telegram.took == []
