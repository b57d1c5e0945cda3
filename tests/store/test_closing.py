"""What is counted from coded rows when cases end, and the rows of referrals and talks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.model.case import CaseState
from bot.model.ids import CaseId, ChatToken, StaffId
from bot.model.levels import Level
from bot.model.referral import Debrief, Referral
from bot.store.closing_records import MistakenRule
from bot.store.desk_records import DeskWrite
from bot.store.protocol import Store
from tests.store.given import ANA, BEA, DAY, NOW, a_case, open_case

MAX, LENA = StaffId(1), StaffId(2)
REFERRED = Referral("r1", CaseId("c1"), MAX, NOW, "ke_child_line", "yes", ("facts",), date(2026, 3, 9))


async def close_one(store: Store, name: str, chat: ChatToken = ANA, **more: Any) -> None:
    given = {"level": Level.P3, "state": CaseState.RESOLVED, "closed_at": NOW, "outcome": "prank"}
    await open_case(store, a_case(chat, name, **{**given, **more}))


async def test_pranks_of_the_last_seven_days_are_counted_for_her_chat_only(store: Store) -> None:
    for name, more in (("c1", {}), ("c2", {"closed_at": NOW - 8 * DAY}), ("c3", {"outcome": "test"})):
        await close_one(store, name, **more)
    await close_one(store, "c4", BEA)

    rows = await store.load_chats([ANA, BEA, ChatToken("new")], NOW)

    assert [row.pranks_recent for row in rows.values()] == [1, 1, 0]


async def test_rules_called_mistaken_are_counted_by_month_without_a_word(store: Store) -> None:
    for name in ("c1", "c2"):
        await close_one(store, name, outcome="mistaken", rules=("en.a.one",))
    await close_one(store, "c3", outcome="mistaken", rules=("en.a.one", "en.b.two"), closed_at=NOW - 40 * DAY)
    await close_one(store, "c4", outcome="real", rules=("en.a.one",))

    found = await store.mistaken_rules()

    before = f"{NOW - 40 * DAY:%Y-%m}"
    assert found[0] == MistakenRule("en.a.one", f"{NOW:%Y-%m}", 2)
    assert found[1:] == [MistakenRule("en.a.one", before, 1), MistakenRule("en.b.two", before, 1)]


async def test_a_referral_is_looked_at_again_on_its_day_and_once(store: Store) -> None:
    await open_case(store)
    assert await store.commit_desk(DeskWrite(records=(REFERRED,)))

    early, due = await store.to_follow_up(date(2026, 3, 8)), await store.to_follow_up(date(2026, 3, 9))
    done = replace(REFERRED, followed_at=NOW, followed_by=LENA)
    kept = [await store.commit_desk(DeskWrite(records=(done,))) for _ in range(2)]

    assert (early, [(r, c.id) for r, c in due]) == ([], [(REFERRED, "c1")])
    assert kept == [True, False]
    assert await store.to_follow_up(date(2027, 1, 1)) == []
    assert await store.referrals(CaseId("c1")) == [done]


async def test_a_talk_that_was_asked_for_waits_until_somebody_takes_it_on(store: Store) -> None:
    asked = Debrief("d1", MAX, NOW)
    await store.commit_desk(DeskWrite(records=(asked,)))
    waiting = await store.waiting_debriefs()

    taken = await store.commit_desk(DeskWrite(records=(replace(asked, taken_by=LENA, taken_at=NOW),)))

    assert (waiting, taken, await store.waiting_debriefs()) == ([asked], True, [])
    assert (await store.expire(NOW + DAY)).counts["debriefs"] == 1, "a day later nobody knows that she asked"


async def test_cases_with_a_duty_that_nobody_has_settled_are_found_while_they_are_open(store: Store) -> None:
    await open_case(store, a_case(ANA, "c1", report_by=NOW + DAY, report="asked", report_asked_by=MAX))
    await open_case(store, a_case(BEA, "c2", report_by=NOW, report="reported"))

    (case,) = await store.report_cases()

    assert (case.id, case.report_by, case.report_asked_by) == ("c1", NOW + DAY, MAX)


@pytest.mark.parametrize(("desks", "names"), [(("KE",), ["c1"]), (("NP",), []), (("KE", "NP"), ["c1"])])
async def test_a_search_finds_cases_of_her_desks_and_never_a_drill(
    store: Store, desks: tuple[str, ...], names: list[str]
) -> None:
    await open_case(store)
    await open_case(store, a_case(BEA, "c2", source="drill"))

    assert [c.id for c in await store.find_cases(desks, NOW - DAY, NOW + DAY, 10)] == names
