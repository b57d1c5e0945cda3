"""A drill goes the way of a real case, says everywhere that it is none, and leaves its times and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.cases.alerts import DRILL
from bot.model.campaign import Campaign, Country
from bot.model.case import Case
from bot.model.ids import ChatToken, StaffId
from bot.model.pages import Drill, Page, Ring
from bot.store.desk_records import DeskWrite
from bot.store.staff_records import Staff
from bot.work.calling.drill import Drills, language_for, overdue
from bot.work.checkup import checkup
from tests.console.house import CAMPAIGN
from tests.scenarios.town import Town, town
from tests.work.desk_room import NOON, HandClock, Room, a_room

WAIT = timedelta(minutes=10)


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with a_room(tmp_path) as opened:
        yield opened


def drills(room: Room) -> Drills:
    return Drills(room.store, room.clock, CAMPAIGN)


class PatientClock(HandClock):
    """A clock that stands while somebody waits: the others have all the time they need."""

    async def sleep_until(self, when: datetime) -> None:
        await asyncio.sleep(0)


async def the_drill(room: Room) -> Case:
    return next(case for case in await room.store.open_cases(["KE"]) if case.source == DRILL)


async def test_a_drill_measures_when_people_were_called_saw_claimed_and_answered(room: Room) -> None:
    case = await drills(room).begin("KE", "sw")
    room.clock.pass_by(seconds=1)
    page = Page(case.id, room.max.id, Ring.ON_CALL, room.clock.now())
    await room.store.commit_desk(DeskWrite(pages=(page,)))
    room.clock.pass_by(seconds=20)
    await room.store.commit_desk(DeskWrite(pages=(replace(page, answered_at=room.clock.now()),)))
    room.clock.pass_by(seconds=30)
    await room.desk.claim(room.max, case.id)
    room.clock.pass_by(seconds=40)
    await room.desk.reply(room.max, case.id, "I am here.")

    found = await drills(room).times(case)
    assert (found.paged, found.seen, found.claimed, found.answered, found.called) == (1, 21, 51, 91, 1)


async def test_a_drill_ends_when_it_is_answered_and_only_its_times_stay(room: Room) -> None:
    patient = Drills(room.store, PatientClock(), CAMPAIGN)
    running = asyncio.create_task(patient.run("KE", "sw", WAIT, lambda found: None))
    while not [c for c in await room.store.open_cases(["KE"]) if c.source == DRILL]:
        await asyncio.sleep(0)
    case = await the_drill(room)
    await room.desk.claim(room.max, case.id)
    await room.desk.resolve(room.max, case.id, "test")
    found = await running

    assert found.claimed is not None and found.answered is not None
    assert await room.store.drills() == [found]
    assert await room.store.case(case.id) is None
    assert {"drill.begun", "drill.ended"} <= set(await room.actions())


async def test_a_drill_nobody_takes_ends_by_itself_and_says_so(room: Room) -> None:
    found = await drills(room).run("KE", "sw", timedelta(seconds=3), lambda found: None)
    assert (found.paged, found.claimed) == (None, None)
    assert await room.store.open_cases(["KE"]) == []


async def test_behind_a_drill_nothing_rings_and_nothing_is_sent(room: Room) -> None:
    case = await drills(room).begin("KE", "sw")
    await room.desk.claim(room.max, case.id)
    await room.desk.reply(room.max, case.id, "I am here.")
    assert await room.timers() == {}
    assert (await room.store.backlog(room.clock.now())).unsent == 0


async def test_a_drill_says_that_it_is_one_wherever_it_is_shown(room: Room) -> None:
    case = await drills(room).begin("KE", "sw")
    (line,) = await room.desk.queue(room.max)
    assert line.case.pseudonym.startswith("DRILL") and case.source == DRILL


async def test_a_drill_is_in_no_count(room: Room) -> None:
    await drills(room).begin("KE", "sw")
    assert await room.store.case_counts(["KE"], NOON - WAIT) == {}


def test_a_desk_is_tried_in_the_language_that_somebody_there_reads() -> None:
    kenya = Country("KE", "Kenya", "Africa/Nairobi", languages=("en", "sw"))
    reads_both = Staff(StaffId(1), "Max", ("moderator",), ("KE",), ("en", "sw"))
    assert language_for(kenya, [reads_both]) == "sw"
    assert language_for(kenya, [replace(reads_both, languages=("en",))]) == "en"


@pytest.mark.parametrize(
    ("days", "late"), [(None, date.min), (30, None), (31, None), (32, date(2026, 11, 20) - timedelta(days=32))]
)
def test_a_drill_is_due_after_a_month(days: int | None, late: date | None) -> None:
    held = [] if days is None else [Drill("KE", NOON - timedelta(days=days)), Drill("NP", NOON)]
    assert overdue("KE", held, NOON.date()) == late


def findings(campaign: Campaign, held: list[Drill], now: datetime = NOON) -> str:
    return "\n".join(f"{f.level} {f.what}" for f in checkup(campaign, [], now.date(), {}, held))


def test_the_doctor_says_when_the_last_drill_of_a_live_country_is_too_long_ago() -> None:
    kenya = replace(CAMPAIGN.countries["KE"], live=True)
    live = replace(CAMPAIGN, countries={"KE": kenya})
    assert "warn Kenya: the last drill of its desk was never held." in findings(live, [])
    assert "drill" not in findings(live, [Drill("KE", NOON - timedelta(days=9))])
    assert "drill" not in findings(CAMPAIGN, [])


def test_the_doctor_says_when_nobody_who_could_be_called_has_linked_her_chat() -> None:
    live = replace(CAMPAIGN, countries={"KE": replace(CAMPAIGN.countries["KE"], live=True)})
    said = findings(live, [])
    assert "nobody on call has linked" in said and "neither lead nor deputy has linked" in said
    lena = Staff(StaffId(1), "Lena", ("lead",), ("KE",), ("en",), on_call=True, telegram=ChatToken("lena"))
    assert "has linked" not in "".join(f.what for f in checkup(live, [lena], NOON.date(), {}, []))


@pytest.fixture
async def here() -> AsyncIterator[Town]:
    async with town() as opened:
        yield opened


@pytest.mark.scenario
async def test_a_running_bot_calls_whoever_is_on_call_for_a_drill_also_while_the_desk_is_open(here: Town) -> None:
    code = await here.ground.accounts.telegram_code("Max")
    max_ = here.girl("Max")
    await max_.says(f"/start staff-{code}")
    staff = await here.staff("Max")
    await here.ground.store.save_staff(replace(staff, on_call=True))
    await here.ground.people.refresh()
    drill = await Drills(here.ground.store, here.clock, here.ground.live.campaign).begin("KE", "sw")
    here.clock.jump(seconds=6)
    await here.sim.until(lambda: any("DRILL, nobody is in danger" in line for line in max_.sees()), 10)
    here.sim.press("Max", "I have it")
    await here.settle()
    found = await Drills(here.ground.store, here.clock, here.ground.live.campaign).times(drill)
    assert found.paged is not None and found.seen is not None and found.called == 1


@pytest.mark.scenario
async def test_a_drill_whose_command_was_killed_is_taken_away_by_the_bot(here: Town) -> None:
    drill = await Drills(here.ground.store, here.clock, here.ground.live.campaign).begin("KE", "sw")
    here.clock.jump(hours=4)
    await here.settle()
    async with asyncio.timeout(10):
        while await here.ground.store.case(drill.id) is not None:
            await asyncio.sleep(0.01)
    assert drill.chat != ChatToken("")
