"""The outbox: lanes, order, overtaking, claims, and what becomes of rows."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.model.effects import Lane
from bot.model.ids import CaseId
from bot.model.outbox import Settled
from bot.store.case_records import CaseWrite
from bot.store.desk_records import DeskWrite
from bot.store.protocol import Store
from bot.store.turn_records import Outcome
from tests.store.given import (
    ANA,
    BEA,
    DAY,
    GROUP,
    HOUR,
    MINUTE,
    NOW,
    a_mark,
    a_prompt,
    a_row,
    a_turn,
    claim,
    commit,
    open_case,
    said,
)

SECOND = timedelta(seconds=1)


async def test_rows_come_lane_first_then_in_the_order_they_were_written(store: Store) -> None:
    rows = [a_row(f"{lane}{i}", lane=lane) for i in range(2) for lane in reversed(Lane)]
    await commit(store, a_turn(1, outbox=tuple(rows)))

    assert said(await claim(store)) == [f"{lane}{i}" for lane in Lane for i in range(2)]


async def test_a_claimed_row_is_nobody_elses_until_its_lease_runs_out(store: Store) -> None:
    await commit(store, a_turn(1, outbox=(a_row(),)))
    first = await claim(store)

    assert len(first) == 1
    assert await claim(store, owner="sender-b") == []
    assert await claim(store, NOW + 59 * SECOND, "sender-b") == []
    assert len(await claim(store, NOW + 66 * SECOND, "sender-b")) == 1


async def test_rows_not_yet_due_wait_and_no_more_come_than_asked(store: Store) -> None:
    rows = (a_row("later", not_before=NOW + HOUR), a_row("one"), a_row("two"))
    await commit(store, a_turn(1, outbox=rows))

    assert said(await claim(store, limit=1)) == ["one"]
    assert said(await claim(store)) == ["two"]
    assert "later" in said(await claim(store, NOW + HOUR))


async def test_the_owner_gets_due_crisis_and_reply_rows_with_the_answer_itself(store: Store) -> None:
    rows = (
        a_row("reply"),
        a_row("crisis", lane=Lane.CRISIS, case=CaseId("c1"), merge="m"),
        a_row("card", GROUP, Lane.DESK),
        a_row("later", not_before=NOW + MINUTE),
    )
    (result,) = await commit(store, a_turn(1, outbox=rows), owner="me")

    assert said(result.rows) == ["reply", "crisis"]
    assert [(row.attempts, row.created_at, row.case, row.merge) for row in result.rows][1] == (0, NOW, "c1", "m")
    assert said(await claim(store, owner="you")) == ["card"]
    assert await store.release_outbox("you") == 1
    assert await store.release_outbox(None) == 2
    assert said(await claim(store)) == ["crisis", "reply", "card"]


async def test_a_row_that_is_to_be_tried_again_keeps_its_place_before_younger_ones(store: Store) -> None:
    await commit(store, a_turn(1, outbox=(a_row("first"), a_row("bea", BEA))))
    first, _ = await claim(store)
    await store.settle_outbox([Settled(first.id, ANA, "retry", again_at=NOW + 9 * SECOND)], NOW)
    (result,) = await commit(store, a_turn(2, version=1, outbox=(a_row("second"),)), owner="sender-a")

    assert result.rows == ()
    assert await claim(store, NOW + SECOND) == []
    late = await claim(store, NOW + 9 * SECOND)
    assert said(late) == ["first", "second"]
    assert [row.attempts for row in late] == [1, 0]


async def test_what_another_sender_holds_is_not_overtaken(store: Store) -> None:
    await commit(store, a_turn(1, outbox=(a_row("first"),)))
    await claim(store, owner="sender-a")
    await commit(store, a_turn(2, version=1, outbox=(a_row("second"), a_row("urgent", lane=Lane.CRISIS))))

    assert said(await claim(store, owner="sender-b")) == ["urgent"]
    assert said(await claim(store, owner="sender-a")) == ["second"]


async def test_a_sent_row_is_gone_and_its_mark_is_kept(store: Store) -> None:
    (result,) = await commit(store, a_turn(1, outbox=(a_row(),)), owner="me")
    await store.settle_outbox([Settled(result.rows[0].id, ANA, "sent", marks=(b"sealed message id",))], NOW)

    assert await store.release_outbox(None) == 0
    assert (await store.backlog(NOW)).unsent == 0
    assert [mark.body for mark in await store.marks(ANA, NOW)] == [b"sealed message id"]


async def test_a_dropped_row_is_gone_without_a_mark(store: Store) -> None:
    (result,) = await commit(store, a_turn(1, outbox=(a_row(),)), owner="me")
    await store.settle_outbox([Settled(result.rows[0].id, ANA, "dropped")], NOW)

    assert (await store.backlog(NOW)).unsent == 0
    assert await store.marks(ANA, NOW) == []


async def test_a_parked_row_stays_visible_until_it_is_sent_again_or_dropped(store: Store) -> None:
    (result,) = await commit(store, a_turn(1, outbox=(a_row("one"), a_row("two"))), owner="me")
    await store.settle_outbox([Settled(row.id, ANA, "parked", reason="bad_request") for row in result.rows], NOW)
    one, two = (row.id for row in result.rows)

    assert await store.parked(10) == [(two, "bad_request", NOW), (one, "bad_request", NOW)]
    assert await claim(store) == []
    assert await store.move_parked(one, again=True)
    assert await store.move_parked(two, again=False)
    assert not await store.move_parked(two, again=True)
    assert said(await claim(store)) == ["one"]


async def test_a_parked_row_holds_nobody_up(store: Store) -> None:
    (result,) = await commit(store, a_turn(1, outbox=(a_row("one"),)), owner="me")
    await store.settle_outbox([Settled(result.rows[0].id, ANA, "parked", reason="x")], NOW)
    (next_,) = await commit(store, a_turn(2, version=1, outbox=(a_row("two"),)), owner="you")

    assert said(next_.rows) == ["two"]


async def test_a_chat_that_refuses_us_is_marked_and_its_case_flagged_without_a_conflict(store: Store) -> None:
    read = await open_case(store)
    before = await store.news()
    await store.settle_outbox([Settled(1, ANA, "parked", reason="blocked", blocked=True)], NOW)
    chat = (await store.load_chats([ANA]))[ANA]

    assert chat.blocked
    assert chat.case is not None
    assert chat.case.blocked
    assert chat.case.version == read.version
    assert await store.news() != before


async def test_a_cards_message_is_noted_and_not_lost_to_somebody_who_read_the_case_before(store: Store) -> None:
    read = await open_case(store)
    await store.settle_outbox([Settled(1, GROUP, "sent", card=(read.id, 555))], NOW)
    assert await store.commit_desk(DeskWrite(case=CaseWrite(read)))
    stands = await store.case(read.id)

    assert stands is not None
    assert (stands.card, stands.version) == (555, read.version + 1)


async def test_crisis_words_cancel_her_older_unsent_replies_also_taken_ones(store: Store) -> None:
    (first,) = await commit(store, a_turn(1, outbox=(a_row("taken"), a_row("c", lane=Lane.CRISIS))), owner="me")
    later = a_row("waiting", not_before=NOW + MINUTE)
    await commit(store, a_turn(2, version=1, outbox=(later,)), a_turn(3, chat=BEA, outbox=(a_row("bea", BEA),)))
    hit = a_turn(4, version=2, crisis=True, outbox=(a_row("help", lane=Lane.CRISIS), a_row("next")))
    (result,) = await commit(store, hit, owner="me")

    assert first.rows[0].id in result.cancelled
    assert len(result.cancelled) == 2
    assert said(result.rows) == ["help", "next"]
    await store.release_outbox(None)
    assert said(await claim(store, NOW + HOUR)) == ["c", "help", "bea", "next"]


async def test_settling_a_row_that_was_cancelled_meanwhile_keeps_its_mark_and_harms_nothing(store: Store) -> None:
    (first,) = await commit(store, a_turn(1, outbox=(a_row(),)), owner="me")
    await commit(store, a_turn(2, version=1, crisis=True))
    await store.settle_outbox([Settled(first.rows[0].id, ANA, "sent", marks=(b"m",))], NOW)
    await store.settle_outbox([Settled(first.rows[0].id, ANA, "retry", again_at=NOW)], NOW)

    assert len(await store.marks(ANA, NOW)) == 1
    assert await claim(store) == []


async def test_at_most_three_replies_wait_and_the_newest_turn_stays_whole(store: Store) -> None:
    await commit(store, a_turn(1, outbox=(a_prompt("1a"), a_prompt("1b"))))
    (second,) = await commit(store, a_turn(2, version=1, outbox=(a_prompt("2a"),)))
    (third,) = await commit(store, a_turn(3, version=2, outbox=(a_prompt("3a"), a_prompt("3b"))))
    await commit(store, a_turn(4, version=3, outbox=(a_row("not replaceable"),)))
    (fifth,) = await commit(store, a_turn(5, version=4, outbox=tuple(a_prompt(f"5{c}") for c in "abcd")))

    assert second.cancelled == ()
    assert len(third.cancelled) == 2
    assert len(fifth.cancelled) == 3
    assert said(await claim(store)) == ["not replaceable", "5a", "5b", "5c", "5d"]


async def test_replies_of_other_chats_are_not_counted(store: Store) -> None:
    await commit(store, a_turn(1, outbox=tuple(a_prompt(c) for c in "abc")))
    (other,) = await commit(store, a_turn(2, chat=BEA, outbox=tuple(a_prompt(c, BEA) for c in "def")))

    assert other.cancelled == ()
    assert len(await claim(store)) == 6


async def test_a_row_of_the_same_merge_name_replaces_what_nobody_has_taken(store: Store) -> None:
    card = a_row("old", GROUP, Lane.DESK, merge="card:c1")
    await commit(store, a_turn(1, outbox=(card,)))
    await commit(store, a_turn(2, version=1, outbox=(a_row("new", GROUP, Lane.DESK, merge="card:c1"),)))
    taken = await claim(store)
    assert await store.commit_desk(DeskWrite(outbox=(a_row("newest", GROUP, Lane.DESK, merge="card:c1"),)))

    assert said(taken) == ["new"]
    assert said(await claim(store)) == ["newest"]


async def test_a_card_that_changes_all_the_time_is_shown_all_the_same(store: Store) -> None:
    for second in range(4):
        card = a_row(f"after {second}", GROUP, Lane.DESK, merge="card:c1", not_before=NOW + (second + 3) * SECOND)
        await store.commit_desk(DeskWrite(outbox=(card,)))

    assert said(await claim(store, NOW + 3 * SECOND)) == ["after 3"]


async def test_two_rows_of_one_merge_name_in_one_commit_are_one(store: Store) -> None:
    turns = [
        a_turn(i, chat=chat, outbox=(a_row(str(i), GROUP, Lane.DESK, merge="status"),))
        for i, chat in ((1, ANA), (2, BEA))
    ]
    await commit(store, *turns)

    assert said(await claim(store)) == ["2"]


async def test_a_wipe_cancels_everything_unsent_and_forgets_marks_but_not_what_it_sends_itself(store: Store) -> None:
    rows = (a_row("r"), a_row("c", lane=Lane.CRISIS), a_row("later", not_before=NOW + DAY))
    (first,) = await commit(store, a_turn(1, outbox=rows, marks=(a_mark(1), a_mark(2, NOW - 3 * HOUR))), owner="me")
    await commit(store, a_turn(2, chat=BEA, outbox=(a_row("bea", BEA),), marks=(a_mark(3),)))
    wipe = a_turn(3, version=1, cancel_all=True, outbox=(a_row("cleared"),), state=None, state_until=None)
    (result,) = await commit(store, wipe)

    assert {row.id for row in first.rows} <= set(result.cancelled)
    assert len(result.cancelled) == 3
    assert await store.marks(ANA, NOW - DAY) == []
    assert len(await store.marks(BEA, NOW - DAY)) == 1
    assert said(await claim(store, NOW + 2 * DAY)) == ["bea", "cleared"]


async def test_a_cancelled_id_never_comes_again(store: Store) -> None:
    (first,) = await commit(store, a_turn(1, outbox=(a_row(),)), owner="me")
    await commit(store, a_turn(2, version=1, cancel_all=True))
    (third,) = await commit(store, a_turn(3, version=2, outbox=(a_row(),)), owner="me")

    assert third.rows[0].id > first.rows[0].id


async def test_two_senders_never_hold_the_same_row(store: Store, another: Callable[[], Awaitable[Store]]) -> None:
    other = await another()
    await commit(store, a_turn(1, outbox=tuple(a_row(str(i)) for i in range(40))))
    claims = [claim(one, NOW, name, 7) for _ in range(6) for one, name in ((store, "a"), (other, "b"))]
    rows = [row.id for part in await asyncio.gather(*claims) for row in part]

    assert len(rows) == len(set(rows)) == 40


async def test_the_backlog_tells_counts_and_ages(store: Store) -> None:
    old = a_row("c", lane=Lane.CRISIS, not_before=NOW - MINUTE)
    (result,) = await commit(store, a_turn(1, outbox=(old, a_row("r"), a_row("later", not_before=NOW + DAY))))
    backlog = await store.backlog(NOW)

    assert result.outcome is Outcome.DONE
    assert (backlog.unsent, backlog.parked, backlog.quarantined) == (3, 0, 0)
    assert (backlog.oldest_crisis, backlog.oldest) == (NOW - MINUTE, NOW - MINUTE)


async def test_addresses_and_markers_are_kept(store: Store) -> None:
    await commit(store, a_turn(1))
    await store.set_marker("offset", "17")
    await store.set_marker("offset", "18")

    assert await store.addresses([ANA, BEA]) == {ANA: b"sealed id"}
    assert await store.marker("offset") == "18"
    assert await store.marker("nothing") == ""
