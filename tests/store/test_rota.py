"""Pages, drills, who is at work, and who helped a girl before: as the store keeps them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.model.case import CaseState
from bot.model.ids import CaseId, StaffId
from bot.model.levels import Level
from bot.model.pages import Drill, Page, Ring
from bot.store.desk_records import DeskWrite
from bot.store.protocol import Store
from bot.store.staff_records import Session
from tests.store.given import ANA, MINUTE, NOW, a_case, add_staff, open_case


async def somebody(store: Store, name: str = "Max") -> StaffId:
    return (await add_staff(store, name)).id


async def test_a_page_is_kept_with_the_write_it_came_with_until_it_is_answered_and_over(store: Store) -> None:
    who = await somebody(store)
    page = Page(CaseId("one"), who, Ring.ON_CALL, NOW)
    await store.commit_desk(DeskWrite(pages=(page,)))
    assert await store.pages() == await store.pages(CaseId("one")) == [page]

    await store.commit_desk(DeskWrite(pages=(replace(page, answered_at=NOW + MINUTE),)))
    assert await store.pages() == [replace(page, answered_at=NOW + MINUTE)]

    await store.end_pages([CaseId("one")])
    assert await store.pages() == []
    assert [one.over for one in await store.pages(CaseId("one"))] == [True]


@pytest.mark.parametrize(
    ("facts", "calls"),
    [
        ({}, True),
        ({"level": Level.P4}, False),
        ({"level": Level.P4, "alerts": 1}, True),
        ({"state": CaseState.CLAIMED}, False),
        ({"state": CaseState.CLAIMED, "alerts": 1}, True),
    ],
)
async def test_grave_cases_and_those_that_wait_too_long_may_have_to_call(
    store: Store, facts: dict[str, object], calls: bool
) -> None:
    await open_case(store, a_case(**facts))
    assert bool(await store.waiting_cases()) is calls


async def test_who_used_a_browser_lately_is_at_work(store: Store) -> None:
    who = await somebody(store)
    await store.add_session(Session(b"half", await somebody(store, "Mia"), "csrf", NOW, NOW))
    await store.add_session(Session(b"token", who, "csrf", NOW, NOW, whole=True))
    assert await store.at_work(NOW - MINUTE) == {who}
    assert await store.at_work(NOW + MINUTE) == frozenset()


async def test_a_drill_leaves_its_times_and_nothing_else(store: Store) -> None:
    await open_case(store, a_case(name="drill", source="drill"))
    await store.end_drill(CaseId("drill"), Drill("KE", NOW, paged=1.5, called=2))
    assert await store.case(CaseId("drill")) is None
    assert await store.moves(CaseId("drill")) == []
    assert await store.drills() == [Drill("KE", NOW, paged=1.5, called=2)]


async def test_no_case_of_a_girl_is_removed_as_a_drill(store: Store) -> None:
    await open_case(store, a_case(name="hers"))
    await store.end_drill(CaseId("hers"), Drill("KE", NOW))
    assert await store.case(CaseId("hers")) is not None


async def test_a_drill_is_in_no_count(store: Store) -> None:
    await open_case(store, a_case(name="drill", source="drill"))
    assert await store.case_counts(["KE"], NOW - MINUTE) == {}


async def test_a_chat_knows_who_closed_its_newest_case_and_who_is_kept_out_of_it(store: Store) -> None:
    max_, mia = StaffId(3), StaffId(4)
    older = a_case(name="older", claimed_by=mia, state=CaseState.RESOLVED, closed_at=NOW, opened_at=NOW - MINUTE)
    newer = replace(older, id=CaseId("newer"), claimed_by=max_, not_for=(mia,), opened_at=NOW)
    await open_case(store, older)
    await open_case(store, newer)
    row = (await store.load_chats([ANA], NOW))[ANA]
    assert (row.last_with, row.kept_out, row.case) == (max_, (mia,), None)
