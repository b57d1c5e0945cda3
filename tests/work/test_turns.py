"""Turns: nothing is acknowledged before it is durable, nothing acts twice, no bug is silence."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bot import engine
from bot.model.conversation import Conversation
from bot.model.effects import Lane
from bot.model.events import Blocked, Said, Tapped, Unreadable
from bot.model.levels import Level
from bot.model.outbox import DeleteMessages
from bot.store.chat_records import ChatRow
from bot.store.errors import StoreError
from bot.store.turn_records import Outcome, TurnResult
from bot.vault.ring import KeyRing
from bot.work import codec
from bot.work import turns as turns_module
from bot.work.sealed_rows import open_quarantined
from tests.work.bot_room import ANA, BEA, DANGER, SERIOUS, WORRYING, BotRoom, bot_room


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[BotRoom]:
    async with bot_room(tmp_path) as opened:
        yield opened


def broken_store(room: BotRoom, monkeypatch: pytest.MonkeyPatch, times: int = 1_000) -> None:
    """The disk is full, so many times."""
    real, left = room.store.commit_turns, [times]

    async def commit(*given: Any) -> list[TurnResult]:
        if left[0] > 0:
            left[0] -= 1
            raise StoreError("the disk is full")
        return await real(*given)

    monkeypatch.setattr(room.store, "commit_turns", commit)


def broken_engine(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    """A bug for whoever says this word, in the plain turn and in the honest one."""
    real = engine.step

    def step(campaign: Any, chat: Any, event: Any, now: Any) -> Any:
        failed = isinstance(event.what, Unreadable) and event.what.heard.level is not None
        if failed or word in getattr(event.what, "text", "") or any(word in r.text for r in chat.recent):
            raise KeyError(event.what)
        return real(campaign, chat, event, now)

    monkeypatch.setattr(engine, "step", step)


async def test_nothing_is_acknowledged_before_the_commit(room: BotRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    real, may, asked = room.store.commit_turns, asyncio.Event(), asyncio.Event()

    async def slow(*given: Any) -> list[TurnResult]:
        asked.set()
        await may.wait()
        return await real(*given)

    monkeypatch.setattr(room.store, "commit_turns", slow)
    taking = asyncio.ensure_future(room.turns.take(room.job("hello")))
    await asked.wait()
    assert not taking.done() and room.outbox.rows == []
    may.set()
    assert await taking and room.outbox.rows


async def test_a_store_that_fails_is_told_and_help_words_go_out_once_in_ten_minutes(
    room: BotRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_store(room, monkeypatch)
    for what, girl in ((DANGER, ANA), (DANGER, ANA), ("hello", BEA), ("!help", 1003), ("/help", 1004)):
        with pytest.raises(StoreError):
            await room.turns.take(room.job(what, girl))
    assert [chat for chat, _, _ in room.telegram.took] == [ANA, 1003, 1004]
    assert "116" in room.telegram.texts()[0] or "http" in room.telegram.texts()[0]

    room.clock.jump(minutes=11)
    with pytest.raises(StoreError):
        await room.turns.take(room.job(DANGER))
    assert len(room.telegram.texts()) == 2


async def test_after_a_failure_the_same_update_acts(room: BotRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    broken_store(room, monkeypatch, times=1)
    with pytest.raises(StoreError):
        await room.does(DANGER, update=5)
    await room.does(DANGER, update=5)
    assert len(await room.cases()) == 1


async def test_an_update_delivered_twice_acts_once(room: BotRoom) -> None:
    assert await room.does(DANGER, update=9)
    assert await room.does(DANGER, update=9) == []
    (case,) = await room.cases()
    assert await room.words_of(case) == [DANGER]


async def test_events_of_one_chat_are_taken_in_order_one_in_flight(
    room: BotRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches: list[list[str]] = []
    real = room.store.commit_turns

    async def commit(turns: Any, *rest: Any) -> list[TurnResult]:
        batches.append([turn.chat for turn in turns])
        return await real(turns, *rest)

    monkeypatch.setattr(room.store, "commit_turns", commit)
    words = [f"message {n}" for n in range(6)]
    jobs = [room.job(text, girl) for text in words for girl in (ANA, BEA)]
    await asyncio.gather(*(room.turns.take(job) for job in jobs))

    assert [r.text for r in (await room.conversation()).recent if r.who == "her"] == words
    assert all(len(chats) == len(set(chats)) for chats in batches)
    assert len(batches) == 6, "both girls' turns share a commit"


async def test_a_conflict_is_worked_out_again_from_the_store(tmp_path: Path) -> None:
    ring = KeyRing.new()
    async with bot_room(tmp_path, ring=ring) as one, bot_room(tmp_path, ring=ring) as other:
        await one.does("first", update=1)
        await other.does("second", update=2)
        await one.does("third", update=3)
        recent = (await one.conversation()).recent
    assert [r.text for r in recent if r.who == "her"] == ["first", "second", "third"]


async def test_two_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    ring = KeyRing.new()
    async with bot_room(tmp_path, ring=ring) as one, bot_room(tmp_path, ring=ring) as other:
        await one.does("hello", update=1)
        rooms = [one, other] * 4
        await asyncio.gather(*(r.turns.take(r.job(f"m{n}", update=n + 2)) for n, r in enumerate(rooms)))
        said = {r.text for r in (await one.conversation()).recent if r.who == "her"}
    assert said == {"hello", *(f"m{n}" for n in range(8))}


async def test_a_bug_for_one_chat_is_said_honestly_sealed_away_and_still_opens_her_case(
    room: BotRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    await room.arrives(ANA)
    await room.arrives(BEA)
    broken_engine(monkeypatch, "purple wolf")
    bea = asyncio.ensure_future(room.turns.take(room.job("hello there", BEA)))
    room.outbox.rows.clear()
    await room.does(DANGER, ANA)
    await bea

    (said,) = [await room.text(row) for row in room.outbox.rows if row.chat == room.chat(ANA)]
    assert "116" in said
    (case,) = await room.cases()
    assert (case.level, case.category) == (Level.P1, "sextortion")
    assert (await room.words_of(case))[-1] == DANGER
    (waits,) = await room.store.quarantined(10)
    assert waits.code == "turn_failed" and b"wolf" not in waits.body
    assert b"wolf" in open_quarantined(room.vault, waits)
    assert (await room.conversation(BEA)).recent[-1].text == "hello there"


async def test_a_bug_in_a_flow_only_still_gets_the_engines_own_honest_words(
    room: BotRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = engine.step

    def step(campaign: Any, chat: Any, event: Any, now: Any) -> Any:
        if isinstance(event.what, Said):
            raise RuntimeError(event.what.text)
        return real(campaign, chat, event, now)

    monkeypatch.setattr(engine, "step", step)
    assert await room.does("a story") == ["failed"]
    assert "Go to people" in " ".join(await room.does(DANGER))
    (case,) = await room.cases()
    assert await room.words_of(case) == ["a story", DANGER]


@pytest.mark.parametrize(("words", "level", "shown"), [(SERIOUS, "P2", True), (WORRYING, "P3", False)])
async def test_without_the_engine_the_rules_of_consent_hold(
    room: BotRoom, monkeypatch: pytest.MonkeyPatch, words: str, level: str, shown: bool
) -> None:
    broken_engine(monkeypatch, words)
    await room.does(words, BEA)
    assert [c.level for c in await room.cases()] == (["P3"] if level == "P3" else [])

    await room.arrives(ANA)
    await room.does(words, ANA)
    case = next(c for c in await room.cases() if c.chat == room.chat(ANA))
    assert (case.level, case.shown_at is not None) == (level, shown)


async def test_a_detector_that_breaks_on_a_text_does_not_stop_the_bot(
    room: BotRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hear(*_: Any) -> Any:
        raise ValueError("a text that breaks it")

    with monkeypatch.context() as patch:
        patch.setattr("bot.detect.hear", hear)
        assert await room.does("anything") == ["failed"]
    assert len(await room.store.quarantined(10)) == 1
    assert await room.does("hello") != []


async def test_a_turn_that_cannot_be_written_at_all_is_refused_and_the_others_are_not(
    room: BotRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = room.store.commit_turns

    async def commit(turns: Any, *rest: Any) -> list[TurnResult]:
        bad = {turn.chat for turn in turns if turn.chat == room.chat(ANA)}
        good = iter(await real([t for t in turns if t.chat not in bad], *rest))
        return [TurnResult(Outcome.FAILED, error="DataError") if t.chat in bad else next(good) for t in turns]

    monkeypatch.setattr(room.store, "commit_turns", commit)
    one, other = await asyncio.gather(
        room.turns.take(room.job(DANGER, ANA)), room.turns.take(room.job("hi", BEA)), return_exceptions=True
    )
    assert isinstance(one, StoreError) and other is True
    assert len(room.telegram.texts(ANA)) == 1, "help words go out all the same"


async def test_whoever_brought_it_may_go_away_and_nobody_else_is_hurt(
    room: BotRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, may = room.store.commit_turns, asyncio.Event()

    async def slow(*given: Any) -> list[TurnResult]:
        await may.wait()
        return await real(*given)

    monkeypatch.setattr(room.store, "commit_turns", slow)
    gone = asyncio.ensure_future(room.turns.take(room.job(DANGER, ANA)))
    stays = asyncio.ensure_future(room.turns.take(room.job("hello", BEA)))
    await asyncio.sleep(0.01)
    gone.cancel()
    may.set()
    assert await stays
    assert {row.chat for row in room.outbox.rows} == {room.chat(ANA), room.chat(BEA)}
    assert room.telegram.took == [] and await room.store.quarantined(10) == []


def only_her_language(room: BotRoom, row: ChatRow) -> bool:
    """What a wipe leaves is sealed by the ring, and holds nothing else."""
    left = codec.unpack(room.vault.open(row.state or b"", f"state:{row.chat}"))
    return msgspec.structs.replace(left, last_at=None) == Conversation(profile=left.profile) and set(left.profile) <= {
        "language"
    }


async def test_a_wipe_clears_the_window_shreds_the_key_and_keeps_the_case_and_its_address(room: BotRoom) -> None:
    await room.arrives()
    await room.does(DANGER, update=500)
    key = (await room.keys.load([f"chat:{room.chat()}"]))[f"chat:{room.chat()}"]
    address = (await room.row()).address
    await room.does("/wipe", update=501)
    room.outbox.rows.clear()
    await room.does("!wipe_yes", update=502)

    (row,) = room.outbox.rows
    parcel = await room.dispatch._open(row)
    assert isinstance(parcel, DeleteMessages) and row.lane is Lane.CRISIS
    assert {500, 501, 502} <= set(parcel.ids)
    assert await room.keys.load([f"chat:{room.chat()}"]) != {f"chat:{room.chat()}": key}
    after = await room.row()
    assert only_her_language(room, after) and after.address == address
    (case,) = await room.cases()
    assert await room.words_of(case) == [DANGER]


async def test_a_wipe_whose_commit_was_lost_still_finishes(room: BotRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    await room.arrives()
    await room.does("/wipe", update=501)
    with monkeypatch.context() as patch:
        broken_store(room, patch, times=1)
        with pytest.raises(StoreError):
            await room.does("!wipe_yes", update=502)
    room.outbox.rows.clear()
    await room.does("!wipe_yes", update=502)
    (row,) = room.outbox.rows
    parcel = await room.dispatch._open(row)
    assert isinstance(parcel, DeleteMessages) and {501, 502} <= set(parcel.ids)
    assert only_her_language(room, await room.row())


async def test_a_backlog_is_heard_message_by_message_and_answered_once(room: BotRoom) -> None:
    await room.arrives()
    old = room.clock.now()
    room.clock.jump(hours=1)
    texts = ["are you there", SERIOUS, "hello?", DANGER, "anybody"]
    room.outbox.rows.clear()
    await asyncio.gather(*(room.turns.take(room.job(text, at=old)) for text in texts))

    (case,) = await room.cases()
    assert case.level is Level.P1 and set(case.rules) >= {"danger", "serious"}
    crisis = [await room.text(r) for r in room.outbox.rows if r.lane is Lane.CRISIS]
    assert sum(text.startswith("late\n\n") for text in crisis) == 2, "each hit's first words say that we are late"
    waiting = await room.store.claim_outbox("x", room.clock.now() + timedelta(minutes=1), 50, room.clock.now())
    replies = [await room.text(r) for r in waiting if r.lane is Lane.REPLY]
    assert len(replies) <= 1 and all(text.startswith("late") for text in replies)


async def test_a_lost_key_starts_her_over_and_help_still_works(tmp_path: Path) -> None:
    ring = KeyRing.new()
    async with bot_room(tmp_path, ring=ring) as room:
        await room.arrives()
    lost = KeyRing(ring.pepper, {2: KeyRing.new().keys[1]})
    async with bot_room(tmp_path, ring=lost) as room:
        assert "{helpline}" not in " ".join(said := await room.does("/help", update=900)) and said
        assert await room.does(DANGER, update=901)
        assert len(await room.cases()) == 1
        address = (await room.row()).address
        assert address is not None and room.vault.open(address, f"address:{room.chat()}") == b"%d" % ANA


async def test_the_chat_of_a_staff_member_never_enters_flows(room: BotRoom) -> None:
    await room.does("hello")
    (max_,) = room.people.staff
    await room.store.save_staff(replace(max_, id=0, telegram=room.chat()))
    before = await room.conversation()
    assert await room.does(DANGER) == ["staff.private"]
    assert await room.does(Blocked(True)) == []
    assert await room.cases() == [] and await room.conversation() == before


async def test_being_blocked_is_noted_and_coming_back_too(room: BotRoom) -> None:
    await room.does(DANGER)
    assert await room.does(Blocked(True), hers=False) == []
    assert (await room.row()).blocked and (await room.cases())[0].blocked
    await room.does("I am back")
    assert not (await room.row()).blocked


async def test_what_is_in_memory_is_forgotten_after_a_day_too(room: BotRoom) -> None:
    await room.arrives()  # 13 to 15 in Kenya: no profile may be kept
    room.clock.jump(hours=24, minutes=1)
    await room.does("hello again")
    assert (await room.conversation()).profile == {}


async def test_a_timer_that_meets_a_bug_stands_and_tells_her_nothing(
    room: BotRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    await room.does(WORRYING)
    (hidden,) = await room.cases()
    assert hidden.shown_at is None
    room.clock.jump(minutes=11)
    room.outbox.rows.clear()
    with monkeypatch.context() as patch:
        broken_engine(patch, WORRYING)
        assert await room.timers.ring_due() == 1
        assert await room.timers.ring_due() == 0, "it rests"
    assert room.outbox.rows == [] and await room.store.quarantined(10) == []
    room.clock.jump(minutes=2)
    assert await room.timers.ring_due() == 1
    assert (await room.cases())[0].shown_at is not None


async def test_words_behind_start_are_heard_unless_they_are_a_deep_link(room: BotRoom) -> None:
    await room.does(f"/start {DANGER}")
    assert len(await room.cases()) == 1
    assert await room.does("/start s7", BEA)
    assert len(await room.cases()) == 1


async def test_an_update_of_nobody_is_set_aside_once(room: BotRoom) -> None:
    key = room.job("x").key
    assert isinstance(key, turns_module.UpdateKey)
    assert await room.turns.set_aside(key, "unreadable", {"update_id": key.update})
    assert await room.turns.set_aside(key, "unreadable", {"update_id": key.update})
    assert len(await room.store.quarantined(10)) == 1


async def test_a_tap_on_the_last_words_of_a_wipe_does_not_bring_the_old_key_back(room: BotRoom) -> None:
    await room.does("/wipe")
    await room.does("!wipe_yes")
    assert await room.does(Tapped("!menu"))
    assert (await room.row()).state is not None


async def test_many_girls_share_few_commits(room: BotRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    commits = []
    real = room.store.commit_turns

    async def commit(turns: Any, *rest: Any) -> list[TurnResult]:
        commits.append(len(turns))
        return await real(turns, *rest)

    monkeypatch.setattr(room.store, "commit_turns", commit)
    await asyncio.gather(*(room.turns.take(room.job("hi", 2000 + n)) for n in range(100)))
    assert sum(commits) == 100 and len(commits) <= 3
