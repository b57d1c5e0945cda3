"""Moderators' replies as they are kept: held, looked at by a second person, opened, gone unopened; and did it help."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.model.case import CaseState
from bot.model.ids import CaseId, StaffId
from bot.store.case_records import CaseWrite
from bot.store.desk_records import DeskWrite
from bot.store.protocol import Store
from bot.store.reply_records import ReplyState, Review
from bot.store.turn_records import Outcome
from tests.store.given import ANA, BEA, NOW, a_turn, commit, open_case, send_reply

HELD, PENDING, DRAFT, SENT = ReplyState.HELD, ReplyState.PENDING, ReplyState.DRAFT, ReplyState.SENT


async def test_a_held_reply_goes_back_to_a_draft_when_she_writes(store: Store) -> None:
    await open_case(store)
    await send_reply(store, state=HELD, held_for="link")

    await commit(store, a_turn(5, version=1, hers=True))

    assert [reply.state for reply in await store.replies(CaseId("c1"))] == [DRAFT]
    assert await store.replies_to_review() == []


async def test_a_held_reply_is_let_go_once_and_says_who_looked(store: Store) -> None:
    await open_case(store)
    await send_reply(store, state=HELD, held_for="link")
    due = NOW + timedelta(seconds=30)
    release = DeskWrite(review=Review("r1", HELD, PENDING, due, StaffId(9)))

    assert await store.commit_desk(release)
    assert not await store.commit_desk(release)

    (reply,) = await store.replies(CaseId("c1"))
    assert (reply.state, reply.due_at, reply.reviewed_by) == (PENDING, due, 9)
    assert await store.replies_to_review() == []


async def test_a_reply_that_went_out_without_a_second_look_stays_to_be_looked_at(store: Store) -> None:
    await open_case(store)
    await send_reply(store, state=HELD, held_for="link")
    await store.commit_desk(DeskWrite(review=Review("r1", HELD, PENDING, NOW)))
    await commit(store, a_turn(version=1, takes_reply="r1"))

    assert [(r.id, r.state) for r in await store.replies_to_review()] == [("r1", SENT)]
    assert await store.commit_desk(DeskWrite(review=Review("r1", SENT, SENT, NOW, StaffId(9))))
    assert await store.replies_to_review() == []


async def test_words_of_a_reply_that_was_opened_or_never_opened_are_kept_in_the_case_only(store: Store) -> None:
    await open_case(store)
    for name in ("read", "not_read", "drafted"):
        await send_reply(store, name=name, state=DRAFT if name == "drafted" else SENT)

    await commit(store, a_turn(5, version=1, opens_replies=("read",), unopened=("not_read", "drafted")))

    kept = {reply.id: (reply.state, reply.body) for reply in await store.replies(CaseId("c1"))}
    assert kept == {
        "read": (ReplyState.OPENED, b""),
        "not_read": (ReplyState.UNOPENED, b""),
        "drafted": (DRAFT, b"sealed answer"),
    }


async def test_whether_it_helped_stands_with_the_case_that_was_closed_last(store: Store) -> None:
    case = await open_case(store)
    over = replace(case, state=CaseState.RESOLVED, closed_at=NOW, outcome="real")
    assert await store.commit_desk(DeskWrite(case=CaseWrite(over, step="resolve")))

    results = await commit(store, a_turn(version=1, helped="little"), a_turn(chat=BEA, helped="yes"))

    after = await store.case(CaseId("c1"))
    assert [one.outcome for one in results] == [Outcome.DONE, Outcome.DONE]
    assert after is not None and (after.helped, after.chat) == ("little", ANA)
