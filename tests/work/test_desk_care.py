"""Breaks, the cap on heavy cases and its exceptions, passing on, a talk that is asked for, and who sees what she carries."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model.campaign import Campaign, Care, Country, Shift
from bot.model.case import Case
from bot.model.ids import CaseId, ChatToken, StaffId
from bot.model.levels import Level
from bot.store.staff_records import Staff
from bot.work.desk.care import TooHeavy
from bot.work.desk.core import NO_CAMPAIGN
from bot.work.desk.errors import NotPossible, NotYours
from bot.work.duty_now import DutyNow
from tests.work.desk_room import NOON, Room, a_room

CARE = replace(Care(), in_a_row=2, per_shift=4)
CAMPAIGN = replace(NO_CAMPAIGN, care=CARE)


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with a_room(tmp_path, campaign=CAMPAIGN) as opened:
        opened.clock.at = NOON
        yield opened


async def heavy(room: Room, name: str, level: Level = Level.P2, category: str = "self_harm") -> Case:
    await room.opens(name, chat=ChatToken(f"girl {name}"), level=level, category=category)
    return await room.case(name)


async def worked(room: Room, *names: str, category: str = "self_harm") -> None:
    """Max takes and closes these cases, ten minutes each."""
    for name in names:
        await heavy(room, name, category=category)
        await room.desk.claim(room.max, CaseId(name))
        room.clock.pass_by(minutes=10)
        await room.desk.resolve(room.max, CaseId(name), "real")


async def mia(room: Room) -> Staff:
    until = room.clock.now() + timedelta(hours=8)
    return await room.store.save_staff(Staff(StaffId(0), "Mia", ("moderator",), ("KE",), ("sw",), on_shift_until=until))


async def test_after_heavy_cases_in_a_row_somebody_else_who_is_there_takes_the_next(room: Room) -> None:
    await mia(room)
    await worked(room, "one", "two")
    await heavy(room, "three")
    with pytest.raises(TooHeavy, match="2 heavy cases in a row"):
        await room.desk.claim(room.max, CaseId("three"))

    await worked(room, "light", category="bullying")

    assert (await room.desk.claim(room.max, CaseId("three"))).claimed_by == room.max.id


async def test_a_break_begins_the_count_anew_and_nothing_is_put_before_her_meanwhile(room: Room) -> None:
    await mia(room)
    await worked(room, "one", "two")
    await heavy(room, "three")
    max_ = await room.desk.rest(room.max)
    with pytest.raises(NotPossible, match="on a break"):
        await room.desk.claim(max_, CaseId("three"))

    room.clock.pass_by(minutes=15)

    assert (await room.desk.claim(max_, CaseId("three"))).claimed_by == room.max.id


async def test_danger_now_and_serious_cases_are_never_kept_from_the_only_one_who_is_there(room: Room) -> None:
    await worked(room, "one", "two")
    for name, level in (("three", Level.P2), ("four", Level.P1)):
        await heavy(room, name, level)
        assert (await room.desk.claim(room.max, CaseId(name))).claimed_by == room.max.id


async def test_a_low_heavy_case_can_wait_for_somebody_for_three_quarters_of_its_clock(room: Room) -> None:
    await worked(room, "one", "two")
    due = room.clock.now() + timedelta(hours=4)
    await room.opens("three", chat=ChatToken("three"), level=Level.P3, category="self_harm", due_at=due)
    with pytest.raises(TooHeavy):
        await room.desk.claim(room.max, CaseId("three"))
    room.clock.pass_by(hours=3)

    assert (await room.desk.claim(room.max, CaseId("three"))).claimed_by == room.max.id


async def test_danger_now_is_never_kept_from_who_is_willing(room: Room) -> None:
    await mia(room)
    await worked(room, "one", "two")
    await heavy(room, "three", Level.P1)

    assert (await room.desk.claim(room.max, CaseId("three"))).claimed_by == room.max.id


async def test_a_colleague_who_is_at_another_case_is_nobody_to_wait_for(room: Room) -> None:
    other = await mia(room)
    await worked(room, "one", "two")
    for name in ("hers", "three"):
        await heavy(room, name)
    with pytest.raises(TooHeavy):
        await room.desk.claim(room.max, CaseId("three"))
    await room.desk.claim(other, CaseId("hers"))

    assert (await room.desk.claim(room.max, CaseId("three"))).claimed_by == room.max.id


async def test_a_colleague_on_a_break_or_who_has_carried_as_much_is_nobody_to_wait_for(room: Room) -> None:
    other = await mia(room)
    await worked(room, "one", "two")
    await heavy(room, "three")
    await room.desk.rest(other)

    assert (await room.desk.claim(room.max, CaseId("three"))).claimed_by == room.max.id


async def test_danger_now_can_be_taken_during_a_break(room: Room) -> None:
    await heavy(room, "one", Level.P1)
    max_ = await room.desk.rest(room.max)

    assert (await room.desk.claim(max_, CaseId("one"))).claimed_by == room.max.id


async def test_a_supervisor_lets_her_go_on_and_nobody_else_does(room: Room) -> None:
    other = await mia(room)
    await worked(room, "one", "two")
    await heavy(room, "three")
    for who in (room.max, other, room.olga, room.sam):
        with pytest.raises(NotYours):
            await room.desk.let_go_on(who, room.max.id)

    await room.desk.let_go_on(room.lena, room.max.id)

    max_ = next(p for p in await room.store.staff() if p.id == room.max.id)
    assert (await room.desk.claim(max_, CaseId("three"))).claimed_by == room.max.id
    assert "let_go_on" in await room.actions()


async def test_what_she_passed_on_is_not_put_before_her_again_but_stays_hers_to_take(room: Room) -> None:
    await heavy(room, "one")
    await room.desk.claim(room.max, CaseId("one"))
    case = await room.desk.pass_on(room.max, CaseId("one"))
    room.clock.pass_by(minutes=1)
    await heavy(room, "two", Level.P3)

    lines = await room.desk.queue(room.max)

    assert case.passed_on == (room.max.id,) and case.claimed_by is None
    assert [(line.case.id, line.passed) for line in lines] == [("two", False), ("one", True)]
    assert [line.case.id for line in await room.desk.queue(room.lena)] == ["one", "two"]
    assert (await room.desk.claim(room.max, CaseId("one"))).claimed_by == room.max.id


async def test_a_case_kept_for_the_trained_is_not_kept_for_one_who_passed_it_on(room: Room) -> None:
    trained = await room.store.save_staff(replace(await mia(room), skills=("self_harm",)))
    await heavy(room, "one")
    await room.desk.claim(trained, CaseId("one"))
    await room.desk.pass_on(trained, CaseId("one"))

    assert [line.kept for line in await room.desk.queue(room.max)] == [None]


async def test_who_rests_is_nobody_on_duty_and_girls_are_told_when_she_is_back(room: Room) -> None:
    hours = tuple(Shift(day, NOON.time().replace(hour=0), NOON.time().replace(hour=23)) for day in range(7))
    kenya = Country("KE", "Kenya", "UTC", languages=("sw",), rota={"sw": hours})
    campaign = Campaign("t", ("sw",), {}, {"KE": kenya}, (), (), (), {})
    people, her = DutyNow(room.store), {"country": "KE", "language": "sw"}
    await people.refresh()
    assert people.of(campaign, her, "sw", room.clock.now()).on_duty

    await room.desk.rest(room.max)
    await people.refresh()
    duty = people.of(campaign, her, "sw", room.clock.now())
    assert (duty.on_duty, duty.opens_at, duty.persons) == (False, NOON + CARE.break_length, True)

    await mia(room)
    await people.refresh()
    assert people.of(campaign, her, "sw", room.clock.now()).on_duty
    await room.desk.back(room.max)


async def test_a_talk_is_asked_for_once_and_reaches_who_supervises_her_without_a_case(room: Room) -> None:
    lena = await room.store.save_staff(replace(room.lena, telegram=ChatToken("chat of Lena")))
    await room.desk.ask_talk(room.max)
    await room.desk.ask_talk(room.max)

    rows = await room.store.claim_outbox("me", room.clock.now(), 10, room.clock.now())
    seen = {who.name: [asker.name for _, asker in await room.desk.talks(who)] for who in (lena, room.max, room.olga)}
    assert [(row.chat, row.case) for row in rows] == [("chat of Lena", None)]
    assert seen == {"Lena": ["Max"], "Max": ["Max"], "Olga": []}

    talk = (await room.desk.talks(lena))[0][0].id
    with pytest.raises(NotYours):
        await room.desk.take_talk(room.olga, talk)
    await room.desk.take_talk(lena, talk)
    assert await room.desk.talks(lena) == []


async def test_what_max_carries_is_seen_by_him_and_his_supervisor_and_not_by_colleagues_or_the_auditor(
    room: Room,
) -> None:
    other = await mia(room)
    await worked(room, "one", "light", category="sextortion")

    seen = {p.name: {c.person.name for c in await room.desk.carrying(p)} for p in (room.max, other, room.lena)}

    assert seen == {"Max": {"Max"}, "Mia": {"Mia"}, "Lena": {"Lena", "Max", "Mia"}}
    assert await room.desk.carrying(room.sam) == []
    mine = (await room.desk.carrying(room.max))[0].carried
    assert (mine.shift.heavy, mine.shift.minutes, mine.in_a_row) == (2, 20, 2)
