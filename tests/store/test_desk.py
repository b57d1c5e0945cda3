"""What the desk asks of the store: cases, replies, staff, sessions, the audit."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model.case import CaseState
from bot.model.effects import Lane
from bot.model.ids import CaseId, ChatToken, StaffId
from bot.model.levels import Level
from bot.store.audit_records import AuditLine
from bot.store.case_records import CaseMove, CaseWrite
from bot.store.chat_records import TimerChange
from bot.store.desk_records import DeskWrite
from bot.store.errors import Taken
from bot.store.protocol import Store
from bot.store.reply_records import ReplyState
from bot.store.staff_records import Session
from bot.vault.audit_check import AuditCheck
from tests.store.given import (
    ANA,
    BEA,
    DAY,
    GROUP,
    HOUR,
    MINUTE,
    NOW,
    a_case,
    a_reply,
    a_row,
    add_staff,
    an_entry,
    claim,
    open_case,
    said,
    send_reply,
)

LINE = AuditLine(NOW, StaffId(1), "viewed", CaseId("c1"), "page")


async def test_a_case_comes_back_as_it_was_written(store: Store) -> None:
    case = a_case(
        claimed_by=StaffId(3),
        claimed_until=NOW + HOUR,
        age_band="13_15",
        country="KE",
        opted_in="yes",
        consented=True,
        says_no=True,
        withdrawn=True,
        another_helper=True,
        last_hers_at=NOW,
        last_ours_at=NOW,
        alerts=2,
        card=9,
    )

    assert await open_case(store, case) == replace(case, version=1)
    assert await store.case(CaseId("none")) is None


async def test_open_cases_are_those_of_the_desks_asked_for_most_urgent_first(store: Store) -> None:
    await open_case(store, a_case())
    await open_case(store, a_case(BEA, "c2", level=Level.P1))
    await open_case(store, a_case(ChatToken("c"), "c3", desk="NP"))
    await open_case(store, a_case(ChatToken("d"), "c4", state=CaseState.RESOLVED, closed_at=NOW, outcome="real"))

    assert [case.id for case in await store.open_cases(["KE", "PH"])] == ["c2", "c1"]
    assert await store.open_cases([]) == []


async def test_a_closed_case_makes_room_for_the_next_of_its_chat(store: Store) -> None:
    case = await open_case(store)
    closed = replace(case, state=CaseState.RESOLVED, closed_at=NOW + HOUR, outcome="real")
    assert await store.commit_desk(DeskWrite(case=CaseWrite(closed, step="resolved")))
    second = await open_case(store, a_case(name="c2"))

    assert (await store.load_chats([ANA]))[ANA].case == second
    assert [one.id for one in await store.closed_cases(["KE"], NOW, 10)] == ["c1"]
    assert await store.closed_cases(["KE"], NOW + DAY, 10) == []
    counts = await store.case_counts(["KE"], NOW)
    assert (counts["level:P2"], counts["state:resolved"], counts["outcome:real"]) == (2, 1, 1)


async def test_overdue_is_what_missed_its_clock_or_lost_its_claim_and_is_shown(store: Store) -> None:
    late = NOW + HOUR
    claimed = {"state": CaseState.CLAIMED, "claimed_by": StaffId(1), "due_at": None}
    cases = [
        a_case(ChatToken("1"), "late"),
        a_case(ChatToken("2"), "hidden", shown_at=None),
        a_case(ChatToken("3"), "in_time", due_at=NOW + DAY),
        a_case(ChatToken("4"), "lost", **claimed, claimed_until=NOW + MINUTE),
        a_case(ChatToken("5"), "held", **claimed, claimed_until=NOW + DAY),
    ]
    for case in cases:
        await open_case(store, case)

    assert {case.id for case in await store.overdue_cases(late)} == {"late", "lost"}


async def test_entries_come_oldest_first_and_shredding_removes_them_all(store: Store) -> None:
    case = await open_case(store, a_case(), an_entry("one"), an_entry("two", "bot"))
    assert await store.commit_desk(DeskWrite(case=CaseWrite(case, (an_entry("three", "note"),))))
    lines = await store.entries(case.id)
    assert await store.commit_desk(DeskWrite(case=CaseWrite(replace(case, version=2), (an_entry("no"),), shred=True)))

    assert [(line.kind, line.body) for line in lines] == [("hers", b"one"), ("bot", b"two"), ("note", b"three")]
    assert lines[0].id < lines[1].id
    assert await store.entries(case.id) == []


async def test_the_history_of_a_case_is_kept_coded(store: Store) -> None:
    case = await open_case(store)
    claimed = replace(case, state=CaseState.CLAIMED, claimed_by=StaffId(4))
    await store.commit_desk(DeskWrite(case=CaseWrite(claimed, step="claimed")))

    assert await store.moves(case.id) == [CaseMove("claimed", "claimed", "P2", StaffId(4), 2)]


async def test_a_desk_action_on_a_case_that_changed_keeps_nothing_at_all(store: Store) -> None:
    case = await open_case(store)
    write = DeskWrite(
        case=CaseWrite(replace(case, claimed_by=StaffId(1)), (an_entry("a"),)),
        timers=(TimerChange("no_answer", NOW),),
        outbox=(a_row("card", GROUP, Lane.DESK),),
        reply=a_reply(),
        audit=(LINE,),
    )
    first, second = await asyncio.gather(
        store.commit_desk(write), store.commit_desk(replace(write, reply=a_reply("r2")))
    )

    assert (first, second) == (True, False)
    assert await store.reply("r2") is None
    assert len(await store.audit_lines(0, 10)) == 1
    assert len(await store.entries(case.id)) == 2
    assert said(await claim(store)) == ["card"]
    assert [timer.chat for timer in await store.due_timers(NOW, 9)] == [ANA]


async def test_of_two_processes_that_claim_a_case_one_wins(
    store: Store, another: Callable[[], Awaitable[Store]]
) -> None:
    other = await another()
    case = await open_case(store)
    writes = [DeskWrite(case=CaseWrite(replace(case, claimed_by=StaffId(i)))) for i in (1, 2)]
    won = await asyncio.gather(store.commit_desk(writes[0]), other.commit_desk(writes[1]))

    assert sorted(won) == [False, True]


async def test_a_reply_can_be_taken_back_while_it_is_pending_and_its_timer_goes_with_it(store: Store) -> None:
    await open_case(store)
    await send_reply(store)
    await store.commit_desk(DeskWrite(reply_state=("r1", ReplyState.DRAFT, ReplyState.REMOVED)))
    undo = DeskWrite(
        reply_state=("r1", ReplyState.PENDING, ReplyState.DRAFT), timers=(TimerChange("reply:r1", None),), audit=(LINE,)
    )

    assert await store.replies(CaseId("c1")) == [a_reply()]
    assert await store.commit_desk(undo)
    assert not await store.commit_desk(undo)
    assert [reply.state for reply in await store.replies(CaseId("c1"))] == [ReplyState.DRAFT]
    assert len(await store.audit_lines(0, 9)) == 1


async def test_every_reply_but_a_removed_one_is_listed(store: Store) -> None:
    await open_case(store)
    for state in ReplyState:
        await send_reply(store, name=state.value, state=state)

    assert {reply.id for reply in await store.replies(CaseId("c1"))} == set(ReplyState) - {"removed"}


async def test_news_changes_with_a_case_or_reply_and_across_processes(
    store: Store, another: Callable[[], Awaitable[Store]]
) -> None:
    other = await another()
    numbers = [await store.news()]
    await open_case(other)
    numbers.append(await store.news())
    await send_reply(other)
    numbers.append(await store.news())
    await other.commit_desk(DeskWrite(audit=(LINE,)))

    assert len(set(numbers)) == 3
    assert await store.news() == numbers[-1]


async def test_audit_lines_are_chained_whoever_writes_them(
    store: Store, another: Callable[[], Awaitable[Store]]
) -> None:
    other = await another()
    await asyncio.gather(*(one.audit(replace(LINE, detail=str(i))) for i in range(10) for one in (store, other)))
    await store.commit_desk(DeskWrite(audit=(LINE, replace(LINE, staff=None, case=None))))
    lines = await store.audit_lines(0, 100)

    assert [line.id for line in lines] == list(range(1, 23))
    assert AuditCheck(()).run(lines) == []
    assert await store.audit_lines(21, 5) == lines[21:]
    assert (lines[0].action, lines[0].case, lines[0].at) == ("viewed", "c1", NOW)


async def test_staff_are_saved_changed_and_have_names_of_their_own(store: Store) -> None:
    max_ = await add_staff(store, "Max", passphrase=b"hash", on_call=True, on_shift_until=NOW, telegram=BEA)
    olga = await add_staff(store, "Olga")
    await store.save_staff(replace(olga, active=False, languages=("np",)))

    assert await store.staff() == [max_, replace(olga, active=False, languages=("np",))]
    for change in ({"name": "Max"}, {"telegram": BEA}):
        with pytest.raises(Taken):
            await store.save_staff(replace(olga, **change))


async def test_a_link_works_once_in_time_and_for_its_purpose(
    store: Store, another: Callable[[], Awaitable[Store]]
) -> None:
    other = await another()
    max_ = await add_staff(store)
    for code in (b"one", b"two"):
        await store.add_link(code, max_.id, "telegram", NOW + HOUR)

    assert await store.use_link(b"one", "sign_in", NOW) is None
    assert await store.use_link(b"two", "telegram", NOW + DAY) is None
    used = await asyncio.gather(*(one.use_link(b"one", "telegram", NOW) for one in (store, other, store)))
    assert sorted(used, key=str) == [max_.id, None, None]


async def test_sessions_are_kept_touched_and_ended(store: Store) -> None:
    max_, olga = await add_staff(store, "Max"), await add_staff(store, "Olga")
    sessions = [
        Session(token, who, "csrf", NOW, NOW) for token, who in ((b"1", max_.id), (b"2", max_.id), (b"3", olga.id))
    ]
    for session in sessions:
        await store.add_session(session)
    await store.touch_session(b"1", NOW + HOUR)

    assert await store.session(b"1") == replace(sessions[0], seen_at=NOW + HOUR)
    await store.end_sessions(token=b"1")
    assert await store.session(b"1") is None
    await store.end_sessions(staff=max_.id)
    assert await store.session(b"2") is None
    assert await store.session(b"3") == sessions[2]


async def test_failed_sign_ins_are_counted_by_name_and_time(store: Store) -> None:
    for minutes in (0, 5, 10):
        await store.add_failed_sign_in("Max", NOW + timedelta(minutes=minutes))

    assert await store.failed_sign_ins("Max", NOW + MINUTE) == 2
    assert await store.failed_sign_ins("Olga", NOW) == 0
