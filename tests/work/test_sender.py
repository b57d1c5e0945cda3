"""The sender: order, overtaking, patience as Telegram asks for it, and nothing lost when it dies."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.model.effects import Lane
from bot.model.ids import DESK, ChatToken
from bot.model.outbox import Alarm, Message, Moved, Never, Outgoing, Parcel, TryAgain
from bot.store.turn_records import Turn
from bot.work.codec import pack_parcel
from bot.work.dispatch import desk_chat_now
from bot.work.sender import Limits, back_off
from tests.work.bot_room import ANA, BEA, DANGER, MINUTE, BotRoom, bot_room, started, stop, until

FLOOD = TryAgain("flood", after=3.0, flood=True)
BROKEN = TryAgain("http_502")


@asynccontextmanager
async def sending(folder: Path, **more: Any) -> AsyncIterator[BotRoom]:
    async with bot_room(folder, sending=True, **more) as room:
        yield room


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[BotRoom]:
    async with sending(tmp_path) as opened:
        yield opened


async def put(room: BotRoom, *texts: str, girl: int = ANA, lane: Lane = Lane.REPLY, **turn: Any) -> None:
    """Commit one turn with these messages, and hand them over as Turns does."""
    chat = room.chat(girl)
    box = (await room.vault.boxes([f"chat:{chat}"]))[f"chat:{chat}"]
    now = room.clock.now()
    rows = tuple(
        Outgoing(chat, lane, box.seal(pack_parcel(Message(text)), f"outbox:{chat}"), now, lane is Lane.REPLY)
        for text in texts
    )
    address = room.vault.seal(str(girl).encode(), f"address:{chat}")
    version = (await room.row(girl)).version
    made = Turn(None, chat, now, version, address=address, keep_state=True, outbox=rows, **turn)
    (result,) = await room.store.commit_turns([made], "me", now)
    assert room.sender is not None
    room.sender.offer(result.rows, result.cancelled)


async def to_desk(room: BotRoom, *texts: str) -> None:
    box = (await room.vault.boxes(["chat:desk"]))["chat:desk"]
    now = room.clock.now()
    bodies = [box.seal(pack_parcel(parcel), "outbox:desk") for parcel in map(_alarm, texts)]
    rows = tuple(Outgoing(DESK, Lane.DESK, body, now) for body in bodies)
    await room.store.commit_turns([Turn(None, ChatToken(""), now, 0, keep_state=True, outbox=rows)])


def _alarm(text: str) -> Parcel:
    return Alarm(text)


async def nothing_waits(room: BotRoom) -> None:
    async with asyncio.timeout(5):
        while (await room.store.backlog(room.clock.now() + timedelta(days=1))).unsent:
            await asyncio.sleep(0.001)


async def test_messages_of_a_chat_come_in_order(room: BotRoom) -> None:
    for n in range(9):
        await put(room, f"{n}a", f"{n}b")
        await nothing_waits(room)
    assert room.telegram.texts() == [f"{n}{part}" for n in range(9) for part in "ab"]


async def test_crisis_words_overtake_and_cancel_what_waits(room: BotRoom) -> None:
    room.telegram.hold = asyncio.Event()
    await put(room, "in flight", "a quiz", "a star")
    await asyncio.sleep(0.01)
    await put(room, "help words", lane=Lane.CRISIS, crisis=True)
    room.telegram.hold.set()
    await nothing_waits(room)
    assert room.telegram.texts() == ["in flight", "help words"]


async def test_at_most_three_replies_wait_and_they_are_the_newest(room: BotRoom) -> None:
    room.telegram.answers[ANA] = [TryAgain("flood", after=60.0, flood=True)]
    await put(room, "first")
    await until(lambda: room.telegram.answers[ANA] == [])
    for n in range(8):
        await put(room, f"prompt {n}")
    room.clock.jump(seconds=61)
    await nothing_waits(room)
    assert room.telegram.texts() == ["prompt 5", "prompt 6", "prompt 7"]


async def test_a_flood_answer_holds_that_chat_only(room: BotRoom) -> None:
    room.telegram.answers[ANA] = [FLOOD]
    await put(room, "to Ana")
    await until(lambda: room.telegram.answers[ANA] == [])
    await put(room, "to Bea", girl=BEA)
    await until(lambda: room.telegram.texts(BEA) == ["to Bea"])
    assert room.telegram.texts(ANA) == []
    room.clock.jump(seconds=3.1)
    await nothing_waits(room)
    assert room.telegram.texts(ANA) == ["to Ana"]


async def test_floods_from_five_chats_hold_everything_but_crisis(room: BotRoom) -> None:
    for girl in range(10, 15):
        room.telegram.answers[girl] = [FLOOD]
        await put(room, "x", girl=girl)
    await until(lambda: not any(room.telegram.answers.values()))
    await put(room, "small talk", girl=BEA)
    await put(room, "help words", girl=ANA, lane=Lane.CRISIS, crisis=True)
    await until(lambda: room.telegram.texts(ANA) == ["help words"])
    assert room.telegram.texts(BEA) == []
    room.clock.jump(seconds=3.1)
    await nothing_waits(room)
    assert room.telegram.texts(BEA) == ["small talk"]


async def test_a_flood_answer_to_the_broadcast_holds_the_broadcast_only(room: BotRoom) -> None:
    room.telegram.answers[ANA] = [FLOOD]
    await put(room, "news", lane=Lane.BROADCAST)
    await until(lambda: room.telegram.answers[ANA] == [])
    await put(room, "news", girl=BEA, lane=Lane.BROADCAST)
    await put(room, "an answer", girl=BEA)
    await until(lambda: room.telegram.texts(BEA) == ["an answer"])
    await asyncio.sleep(0.3)
    assert room.telegram.texts(BEA) == ["an answer"]
    room.clock.jump(seconds=3.1)
    await nothing_waits(room)
    assert room.telegram.texts(BEA) == ["an answer", "news"]


async def test_the_group_gets_no_more_than_twenty_lines_in_any_minute(tmp_path: Path) -> None:
    limits = Limits(chat=1000, burst=1000, group=20, broadcast=1000)
    async with sending(tmp_path, desk=True, limits=limits) as room:
        start, sent = room.clock.now(), []
        await to_desk(room, *(f"line {n}" for n in range(35)))
        for _ in range(200):
            await asyncio.sleep(0.005)
            while len(sent) < len(room.telegram.alarms):
                sent.append((room.clock.now() - start).total_seconds())
            if len(sent) == 35:
                break
            room.clock.jump(seconds=1)
        assert len(sent) == 35 and room.telegram.alarms == [f"line {n}" for n in range(35)]
        assert max(sum(at <= t < at + 60 for t in sent) for at in sent) <= 20


async def test_one_chat_gets_one_a_second_after_a_burst_and_crisis_may_borrow(tmp_path: Path) -> None:
    async with sending(tmp_path, limits=Limits(chat=1.0, burst=5)) as room:
        for n in range(3):
            await put(room, f"{n}a", f"{n}b")
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.05)
        assert len(room.telegram.texts()) == 5
        await put(room, "help words", lane=Lane.CRISIS, crisis=True)
        await until(lambda: "help words" in room.telegram.texts())
        assert len(room.telegram.texts()) == 6


async def test_a_refused_chat_is_marked_its_case_flagged_and_the_row_parked(room: BotRoom) -> None:
    await room.turns.take(room.job(DANGER))
    await nothing_waits(room)
    room.telegram.answers[ANA] = [Never("blocked", blocked=True)]
    await put(room, "are you there?")
    await nothing_waits(room)
    assert (await room.row()).blocked and (await room.cases())[0].blocked
    ((number, reason, _),) = await room.store.parked(10)
    assert reason == "blocked"

    assert await room.store.move_parked(number, again=True)
    await nothing_waits(room)
    assert room.telegram.texts()[-1] == "are you there?"


async def test_failures_are_tried_again_and_order_stays(room: BotRoom) -> None:
    room.telegram.answers[ANA] = [BROKEN] * 9
    await put(room, "one", "two", "three")
    for _ in range(60):
        if room.telegram.texts():
            break
        await asyncio.sleep(0.01)
        room.clock.jump(seconds=20)
    await nothing_waits(room)
    assert room.telegram.texts() == ["one", "two", "three"]


def test_backing_off_doubles_up_to_a_minute_and_stays_short_for_help_words() -> None:
    for lane, longest in ((Lane.REPLY, 60.0), (Lane.DESK, 60.0), (Lane.CRISIS, 10.0)):
        for tries in range(1, 40):
            whole = min(longest, 0.5 * 2**tries)
            assert whole / 2 <= back_off(tries, lane) <= whole


async def test_what_nobody_wants_any_more_is_parked(room: BotRoom) -> None:
    room.telegram.answers[ANA] = [BROKEN]
    await put(room, "old")
    await until(lambda: room.telegram.answers[ANA] == [])
    room.telegram.answers[ANA] = [BROKEN] * 5
    room.clock.jump(hours=25)
    async with asyncio.timeout(5):
        while not await room.store.parked(10):
            await asyncio.sleep(0.001)
    assert (await room.store.parked(10))[0][1] == "too_old:http_502"


async def test_after_a_crash_the_rows_go_again(room: BotRoom, tmp_path: Path) -> None:
    assert room.sender is not None
    room.telegram.hold = asyncio.Event()
    running = started(room.sender.run())
    await put(room, "in flight", "behind it")
    await asyncio.sleep(0.01)
    await stop(running + list(room.sender._tasks))
    room.telegram.hold = None
    other = type(room.sender)(room.store, room.dispatch, room.clock, "next", Limits(1000, 1000))
    assert await room.store.release_outbox(None) == 2
    running = started(other.run())
    await nothing_waits(room)
    await stop(running)
    assert room.telegram.texts() == ["in flight", "behind it"]


async def test_what_was_sent_is_marked_so_that_a_wipe_finds_it(room: BotRoom) -> None:
    await put(room, "hello")
    await nothing_waits(room)
    assert len(await room.store.marks(room.chat(), room.clock.now() - MINUTE)) == 1


async def test_a_wipe_deletes_and_says_how_many_telegram_refused(room: BotRoom) -> None:
    await room.turns.take(room.job("hello", update=41))
    await nothing_waits(room)
    await room.turns.take(room.job("/wipe", update=42))
    await nothing_waits(room)
    await room.turns.take(room.job("!wipe_yes", update=43))
    await nothing_waits(room)
    (ids,) = room.telegram.deleted
    assert {41, 42, 43} < set(ids) and len(ids) > 4
    assert room.telegram.texts()[-1].startswith("wipe.done")


async def test_a_group_that_moved_is_followed_and_remembered(tmp_path: Path) -> None:
    async with sending(tmp_path, desk=True) as room:
        real, moved = room.telegram.alarm, []

        async def alarm(chat_id: int, text: str, card: int | None) -> Any:
            moved.append(chat_id)
            return Moved(-200) if chat_id == -100 else await real(chat_id, text, card)

        room.telegram.alarm = alarm  # type: ignore[method-assign]  # put in the place of the real one
        await to_desk(room, "a case waits")
        await nothing_waits(room)
        assert moved == [-100, -200] and room.telegram.alarms == ["a case waits"]
        assert await desk_chat_now(room.store, -100) == -200
        assert await desk_chat_now(room.store, -300) == -300, "another setting is another group"


async def test_a_row_that_cannot_be_opened_is_parked_and_harms_no_other(room: BotRoom) -> None:
    room.telegram.hold = asyncio.Event()
    await put(room, "first")
    await asyncio.sleep(0.01)
    await put(room, "second")
    await room.vault.shred([f"chat:{room.chat()}"])
    room.telegram.hold.set()
    await nothing_waits(room)
    await put(room, "third")
    await nothing_waits(room)
    assert room.telegram.texts() == ["first", "third"]
    assert [reason for _, reason, _ in await room.store.parked(10)] == ["cannot_open"]


async def test_a_bug_in_sending_holds_nobody_else_up(room: BotRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    real = room.telegram.deliver

    async def deliver(chat_id: int, parcel: Parcel) -> Any:
        if chat_id == ANA:
            raise ValueError("a bug")
        return await real(chat_id, parcel)

    monkeypatch.setattr(room.telegram, "deliver", deliver)
    await put(room, "to Ana")
    await put(room, "to Bea", girl=BEA)
    await until(lambda: room.telegram.texts(BEA) == ["to Bea"])
    async with asyncio.timeout(5):
        while (await room.store.backlog(room.clock.now() + MINUTE)).unsent != 1:
            await asyncio.sleep(0.001)
