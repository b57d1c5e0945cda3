"""Turns: all of one or nothing, once, and never at another's cost."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model.effects import Lane
from bot.model.ids import BotId, ChatToken
from bot.store.case_records import CaseWrite
from bot.store.chat_records import ChatRow, TimerChange
from bot.store.desk_records import DeskWrite
from bot.store.operator_records import Quarantined
from bot.store.protocol import Store
from bot.store.reply_records import ReplyState
from bot.store.turn_records import Outcome, TimerKey, UpdateKey
from tests.store.given import (
    ANA,
    BEA,
    DAY,
    HOUR,
    MINUTE,
    NOW,
    a_case,
    a_mark,
    a_prompt,
    a_row,
    a_turn,
    add_staff,
    claim,
    commit,
    open_case,
    said,
    send_reply,
)


async def test_a_chat_never_seen_has_version_nought(store: Store) -> None:
    assert await store.load_chats([ANA, BEA]) == {ANA: ChatRow(ANA), BEA: ChatRow(BEA)}


async def test_everything_of_a_turn_is_kept_and_comes_back(store: Store) -> None:
    turn = a_turn(
        1,
        profile=b"sealed profile",
        profile_until=NOW + 200 * DAY,
        marks=(a_mark(),),
        outbox=(a_row("hello"),),
        timers=(TimerChange("remind", NOW + HOUR, "twice"),),
        case=CaseWrite(a_case()),
    )
    (result,) = await commit(store, turn)
    chat = (await store.load_chats([ANA]))[ANA]

    assert result.outcome is Outcome.DONE
    assert chat == ChatRow(
        ANA,
        1,
        b"sealed id",
        b"sealed state",
        NOW + DAY,
        b"sealed profile",
        NOW + 200 * DAY,
        case=replace(a_case(), version=1),
    )
    assert await store.marks(ANA, NOW) == [a_mark()]
    assert await store.next_timer() == NOW + HOUR
    assert [timer.data for timer in await store.due_timers(NOW + HOUR, 10)] == ["twice"]
    assert said(await claim(store)) == ["hello"]


async def test_the_same_update_delivered_twice_is_kept_once(store: Store) -> None:
    turn = a_turn(1001, outbox=(a_row(),))
    first, second = await commit(store, turn, turn)
    (third,) = await commit(store, replace(turn, version=1))

    assert [first.outcome, second.outcome, third.outcome] == [Outcome.DONE, Outcome.DUPLICATE, Outcome.DUPLICATE]
    assert len(await claim(store)) == 1
    assert await store.seen(7, [1001, 1002]) == {1001}
    assert await store.seen(8, [1001]) == set()


async def test_update_ids_that_restart_lower_act(store: Store) -> None:
    results = await commit(store, a_turn(900_000), a_turn(17, version=1), a_turn(2**70, version=2))
    again = await commit(store, a_turn(2**70, version=3))

    assert [one.outcome for one in results] == [Outcome.DONE] * 3
    assert again[0].outcome is Outcome.DUPLICATE
    assert await store.seen(7, [17, 900_000, 2**70, 5]) == {17, 900_000, 2**70}


async def test_a_turn_computed_from_an_old_version_is_a_conflict_and_leaves_nothing(store: Store) -> None:
    await commit(store, a_turn(1))
    stale = a_turn(2, version=0, outbox=(a_row(),), timers=(TimerChange("remind", NOW),), marks=(a_mark(),))
    ahead = a_turn(3, chat=BEA, version=4)
    results = await commit(store, stale, ahead)

    assert [one.outcome for one in results] == [Outcome.CONFLICT] * 2
    assert await store.seen(7, [2, 3]) == set()
    assert await claim(store) == []
    assert await store.next_timer() is None
    assert await store.marks(ANA, NOW) == []


async def test_two_turns_of_one_chat_in_one_commit_follow_each_other(store: Store) -> None:
    results = await commit(store, a_turn(1), a_turn(2, version=1), a_turn(3, version=1))

    assert [one.outcome for one in results] == [Outcome.DONE, Outcome.DONE, Outcome.CONFLICT]


async def test_a_turn_that_fails_takes_no_other_along(store: Store) -> None:
    bad = a_turn(2, chat=BEA, outbox=(a_row("kept?", BEA), a_row(BEA, lane=Lane.REPLY, body="not bytes")))
    third = ChatToken("c" * 26)
    results = await commit(store, a_turn(1), bad, a_turn(3, chat=third), owner="me")

    assert [one.outcome for one in results] == [Outcome.DONE, Outcome.FAILED, Outcome.DONE]
    assert results[1].error == "IntegrityError"
    assert await store.seen(7, [1, 2, 3]) == {1, 3}
    assert await claim(store) == []
    assert (await store.load_chats([BEA]))[BEA].version == 0


async def test_turns_that_wait_at_the_same_moment_all_get_their_own_answer(store: Store) -> None:
    chats = [ChatToken(f"{i:026d}") for i in range(60)]
    asked = [store.commit_turns([a_turn(i % 50, chat=chat)], f"owner-{i}", NOW) for i, chat in enumerate(chats)]
    outcomes = [results[0].outcome for results in await asyncio.gather(*asked)]

    assert outcomes == [Outcome.DONE] * 50 + [Outcome.DUPLICATE] * 10


async def test_no_turns_are_no_trouble(store: Store) -> None:
    assert await store.commit_turns([]) == []


async def test_keeping_the_state_leaves_it_and_forgetting_removes_it(store: Store) -> None:
    await commit(store, a_turn(1, profile=b"p", profile_until=NOW + DAY))
    await commit(store, a_turn(2, version=1, keep_state=True, address=None))
    kept = (await store.load_chats([ANA]))[ANA]
    await commit(store, a_turn(3, version=2, state=None, state_until=None))
    gone = (await store.load_chats([ANA]))[ANA]

    assert (kept.version, kept.state, kept.profile, kept.address) == (2, b"sealed state", b"p", b"sealed id")
    assert (gone.version, gone.state, gone.profile, gone.address) == (3, None, None, b"sealed id")


async def test_being_blocked_is_noted_on_the_chat_and_its_open_case_until_she_comes_back(store: Store) -> None:
    await open_case(store)
    await commit(store, a_turn(1, version=1, blocked=True))
    blocked = (await store.load_chats([ANA]))[ANA]
    await commit(store, a_turn(2, version=2))
    await commit(store, a_turn(3, version=3, blocked=False))
    back = (await store.load_chats([ANA]))[ANA]

    assert blocked.blocked
    assert blocked.case is not None
    assert blocked.case.blocked
    assert not back.blocked
    assert back.case is not None
    assert not back.case.blocked


async def test_a_timer_acts_once_and_only_at_the_time_it_stands_at(store: Store) -> None:
    await commit(store, a_turn(1, timers=(TimerChange("remind", NOW), TimerChange("back_soon", NOW + MINUTE))))
    key = TimerKey(ANA, "remind", NOW)
    moved = a_turn(version=1, key=TimerKey(ANA, "back_soon", NOW), outbox=(a_row(),))
    results = await commit(store, replace(moved, key=key), moved)
    again = await commit(store, a_turn(version=2, key=key))

    assert [one.outcome for one in (*results, *again)] == [Outcome.DONE, Outcome.DUPLICATE, Outcome.DUPLICATE]
    assert [timer.name for timer in await store.due_timers(NOW + DAY, 10)] == ["back_soon"]


async def test_a_timer_rings_on_when_its_turn_conflicts(store: Store) -> None:
    await commit(store, a_turn(1, timers=(TimerChange("remind", NOW),)))
    (result,) = await commit(store, a_turn(version=0, key=TimerKey(ANA, "remind", NOW)))

    assert result.outcome is Outcome.CONFLICT
    assert len(await store.due_timers(NOW, 10)) == 1


async def test_a_timer_that_sets_itself_again_stands(store: Store) -> None:
    await commit(store, a_turn(1, timers=(TimerChange("remind", NOW),)))
    again = a_turn(version=1, key=TimerKey(ANA, "remind", NOW), timers=(TimerChange("remind", NOW + DAY),))
    await commit(store, again)

    assert await store.next_timer() == NOW + DAY


async def test_a_timer_set_again_moves_and_one_cleared_is_gone(store: Store) -> None:
    await commit(store, a_turn(1, timers=(TimerChange("a", NOW), TimerChange("b", NOW + MINUTE))))
    await commit(store, a_turn(2, version=1, timers=(TimerChange("a", NOW + HOUR, "moved"), TimerChange("b", None))))

    assert [(one.name, one.at, one.data) for one in await store.due_timers(NOW + DAY, 9)] == [
        ("a", NOW + HOUR, "moved")
    ]


async def test_due_timers_come_oldest_first_and_no_more_than_asked(store: Store) -> None:
    changes = tuple(TimerChange(f"t{i}", NOW - i * MINUTE) for i in range(5))
    await commit(store, a_turn(1, timers=changes))

    assert [one.name for one in await store.due_timers(NOW, 2)] == ["t4", "t3"]
    assert await store.due_timers(NOW - DAY, 9) == []


async def test_what_she_writes_turns_replies_not_yet_taken_into_drafts(store: Store) -> None:
    await open_case(store)
    await send_reply(store)
    await commit(store, a_turn(2, version=1, timers=(TimerChange("reply:r1", NOW),)))
    before = await store.news()
    await commit(store, a_turn(3, version=2, hers=True))
    reply = await store.reply("r1")
    (late,) = await commit(store, a_turn(version=3, takes_reply="r1"))

    assert reply is not None
    assert reply.state is ReplyState.DRAFT
    assert late.outcome is Outcome.CONFLICT
    assert await store.next_timer() is None
    assert await store.news() != before


async def test_a_reply_is_taken_once_and_opened_when_she_opens_it(store: Store) -> None:
    await open_case(store)
    await send_reply(store)
    taken = await commit(store, a_turn(version=1, takes_reply="r1"), a_turn(chat=BEA, takes_reply="r1"))
    await commit(store, a_turn(5, version=2, hers=True))
    sent = await store.reply("r1")
    await commit(store, a_turn(6, version=3, hers=True, opens_replies=("r1",)))
    opened = await store.reply("r1")

    assert [one.outcome for one in taken] == [Outcome.DONE, Outcome.CONFLICT]
    assert sent is not None
    assert opened is not None
    assert (sent.state, opened.state) == (ReplyState.SENT, ReplyState.OPENED)
    assert await store.reply("nothing") is None


async def test_a_case_that_changed_since_it_was_read_is_a_conflict_and_the_turn_leaves_nothing(store: Store) -> None:
    read = await open_case(store)
    assert await store.commit_desk(DeskWrite(case=CaseWrite(replace(read, alerts=1))))
    (late,) = await commit(store, a_turn(2, version=1, case=CaseWrite(replace(read, alerts=5)), outbox=(a_row(),)))
    stands = await store.case(read.id)

    assert late.outcome is Outcome.CONFLICT
    assert await store.seen(7, [2]) == set()
    assert stands is not None
    assert (stands.alerts, stands.version) == (1, 2)


async def test_a_chat_has_one_open_case(store: Store) -> None:
    await open_case(store)
    (second,) = await commit(store, a_turn(2, version=1, case=CaseWrite(a_case(name="c2"))))

    assert second.outcome is Outcome.CONFLICT


async def test_quarantine_keeps_the_sealed_update_also_of_nobody(store: Store) -> None:
    hers = Quarantined("message", "E1", b"sealed one", NOW)
    nobodys = Quarantined("unknown", "E2", b"sealed two", NOW)
    turns = [a_turn(i, chat=ChatToken(""), keep_state=True, quarantine=nobodys) for i in (2, 3)]
    results = await commit(store, a_turn(1, keep_state=True, quarantine=hers), *turns, turns[0])
    waits = await store.quarantined(10)

    assert [one.outcome for one in results] == [Outcome.DONE, Outcome.DONE, Outcome.DONE, Outcome.DUPLICATE]
    assert [(one.kind, one.code, one.body, one.update) for one in waits][-1] == ("message", "E1", b"sealed one", 1)
    assert [one.bot for one in waits] == [BotId(7)] * 3
    assert await store.drop_quarantined(waits[0].id)
    assert not await store.drop_quarantined(waits[0].id)
    assert len(await store.quarantined(10)) == 2


async def test_a_chat_that_belongs_to_staff_says_so(store: Store) -> None:
    max_ = await add_staff(store, telegram=ANA)

    assert (await store.load_chats([ANA, BEA])) == {ANA: ChatRow(ANA, staff=max_.id), BEA: ChatRow(BEA)}


async def test_two_processes_never_both_win(store: Store, another: Callable[[], Awaitable[Store]]) -> None:
    other = await another()
    turns = [[a_turn(i, chat=ChatToken(f"{i:026d}"), outbox=(a_prompt("x"),))] for i in range(30)]
    both = await asyncio.gather(*(one.commit_turns(turn, "me", NOW) for turn in turns for one in (store, other)))

    assert sum(result[0].outcome is Outcome.DONE for result in both) == 30
    assert len({row.id for result in both for row in result[0].rows}) == 30


async def test_an_update_is_seen_by_its_bot_only(store: Store) -> None:
    results = await commit(store, a_turn(1), a_turn(version=1, key=UpdateKey(BotId(8), 1)))

    assert [one.outcome for one in results] == [Outcome.DONE] * 2


@pytest.mark.parametrize("age", [timedelta(0), timedelta(hours=47)])
async def test_marks_are_found_by_their_age(store: Store, age: timedelta) -> None:
    await commit(
        store, a_turn(1, marks=(a_mark(1, NOW - age), a_mark(2, NOW - age))), a_turn(2, chat=BEA, marks=(a_mark(3),))
    )

    assert len(await store.marks(ANA, NOW - age)) == 2
    assert await store.marks(ANA, NOW - age + MINUTE) == []
