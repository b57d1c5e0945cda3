"""Colleagues at the desk: handing over, a second opinion, a whisper, stepping aside, keeping a case, and whose turn it is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.model.case import CaseState
from bot.model.ids import StaffId
from bot.model.levels import Level
from bot.store.staff_records import Staff
from bot.work.desk.errors import KeptForOther, NotPossible, NotYours
from bot.work.desk.keys import DeskKeys
from bot.work.timers import CaseClocks
from tests.console.house import CAMPAIGN
from tests.work.desk_room import Room, a_room


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with a_room(tmp_path) as opened:
        yield opened


async def joins(room: Room, name: str, *, there: bool = True, skills: tuple[str, ...] = ()) -> Staff:
    """Somebody more who moderates Max's desk; `there`: she is on shift."""
    until = room.clock.now() + timedelta(hours=8) if there else None
    person = Staff(StaffId(0), name, ("moderator",), ("KE",), ("sw",), on_shift_until=until, skills=skills)
    return await room.store.save_staff(person)


async def with_max(room: Room, level: Level = Level.P2, **facts: object) -> None:
    await room.opens(level=level, **facts)
    await room.desk.claim(room.max, (await room.case()).id)


async def ids(room: Room, staff: Staff) -> list[str]:
    return [line.case.id for line in await room.desk.queue(staff)]


async def test_a_case_handed_over_waits_for_the_colleague_then_it_is_for_all(room: Room) -> None:
    await with_max(room)
    mia, ina = await joins(room, "Mia"), await joins(room, "Ina")
    case = (await room.case()).id
    await room.desk.hand_over(room.max, case, mia.id, "She likes short sentences.")
    assert (await room.case()).state is CaseState.NEW
    with pytest.raises(KeptForOther, match="8 more minutes"):
        await room.desk.claim(ina, case)
    await room.desk.accept(mia, case)
    assert (await room.case()).claimed_by == mia.id
    assert "hand_over" in await room.actions()


async def test_when_the_colleague_does_not_take_it_anybody_may(room: Room) -> None:
    await with_max(room)
    mia, ina = await joins(room, "Mia"), await joins(room, "Ina")
    case = (await room.case()).id
    await room.desk.hand_over(room.max, case, mia.id, "A note.")
    room.clock.pass_by(minutes=8)
    await room.desk.claim(ina, case)
    assert (await room.case()).claimed_by == ina.id


async def test_danger_now_stays_with_her_until_the_colleague_says_yes(room: Room) -> None:
    await with_max(room, Level.P1)
    mia = await joins(room, "Mia")
    case = (await room.case()).id
    await room.desk.hand_over(room.max, case, mia.id, "A note.")
    assert (await room.case()).claimed_by == room.max.id
    assert [line.offered for line in await room.desk.queue(mia)] == [True]
    await room.desk.accept(mia, case)
    assert ((await room.case()).claimed_by, (await room.case()).offered_to) == (mia.id, None)


async def test_an_offer_of_danger_now_that_nobody_accepts_is_over_after_five_minutes(room: Room) -> None:
    await with_max(room, Level.P1)
    mia = await joins(room, "Mia")
    case = (await room.case()).id
    await room.desk.hand_over(room.max, case, mia.id, "A note.")
    running: Any = SimpleNamespace(campaign=CAMPAIGN)
    clocks = CaseClocks(room.store, room.vault, running, room.clock, desk=False)
    room.clock.pass_by(minutes=4)
    await room.desk.renew(room.max, case)
    assert await clocks.look() == 0
    room.clock.pass_by(minutes=1)
    assert await clocks.look() == 1
    assert ((await room.case()).claimed_by, (await room.case()).offered_to) == (room.max.id, None)
    assert [move.step for move in await room.store.moves(case)][-1] == "offer_over"


async def test_nobody_accepts_what_was_offered_to_somebody_else(room: Room) -> None:
    await with_max(room, Level.P1)
    mia, ina = await joins(room, "Mia"), await joins(room, "Ina")
    case = (await room.case()).id
    await room.desk.hand_over(room.max, case, mia.id, "A note.")
    for stranger in (ina, room.olga, room.sam):
        with pytest.raises(NotYours):
            await room.desk.accept(stranger, case)
        with pytest.raises(NotYours):
            await room.desk.decline(stranger, case)


async def test_a_colleague_who_declines_leaves_danger_now_where_it_is_and_the_rest_to_all(room: Room) -> None:
    await with_max(room, Level.P1)
    mia = await joins(room, "Mia")
    case = (await room.case()).id
    await room.desk.hand_over(room.max, case, mia.id, "A note.")
    await room.desk.decline(mia, case)
    assert ((await room.case()).claimed_by, (await room.case()).offered_to) == (room.max.id, None)


@pytest.mark.parametrize("who", ["away", "elsewhere", "herself", "kept out"])
async def test_a_case_goes_to_nobody_who_is_away_or_may_not_have_it(room: Room, who: str) -> None:
    await with_max(room)
    mia = await joins(room, "Mia", there=who != "away")
    to = {"away": mia, "elsewhere": room.olga, "herself": room.max, "kept out": mia}[who]
    if who == "kept out":
        await room.desk.step_aside(mia, (await room.case()).id)
    with pytest.raises(NotPossible, match="choose somebody else"):
        await room.desk.hand_over(room.max, (await room.case()).id, to.id, "A note.")


async def test_a_case_handed_over_comes_with_a_note(room: Room) -> None:
    await with_max(room)
    mia = await joins(room, "Mia")
    with pytest.raises(NotPossible, match="write something"):
        await room.desk.hand_over(room.max, (await room.case()).id, mia.id, "  ")


async def test_a_returning_girl_is_first_for_whoever_helped_her_if_she_is_there(room: Room) -> None:
    mia, ina = await joins(room, "Mia"), await joins(room, "Ina")
    case = await room.opens(last_with=mia.id, offered_to=mia.id)
    with pytest.raises(KeptForOther):
        await room.desk.claim(ina, case.id)
    assert [line.kept is not None for line in await room.desk.queue(ina)] == [True]
    await room.store.save_staff(replace(mia, on_shift_until=None))
    room.clock.pass_by(seconds=10)
    await room.desk.claim(ina, case.id)


async def test_a_case_is_for_those_trained_for_it_until_half_its_time_is_gone(room: Room) -> None:
    mia, ina = await joins(room, "Mia", skills=("sextortion",)), await joins(room, "Ina")
    case = await room.opens()
    with pytest.raises(KeptForOther):
        await room.desk.claim(ina, case.id)
    room.clock.pass_by(minutes=16)
    await room.desk.claim(ina, case.id)
    assert mia.id != (await room.case()).claimed_by


async def test_danger_now_is_for_whoever_is_fastest(room: Room) -> None:
    mia, ina = await joins(room, "Mia", skills=("sextortion",)), await joins(room, "Ina")
    case = await room.opens(level=Level.P1, offered_to=mia.id)
    await room.desk.claim(ina, case.id)


async def test_whoever_may_know_her_never_sees_the_case_again(room: Room) -> None:
    case = await room.opens()
    await room.desk.step_aside(room.max, case.id)
    assert await ids(room, room.max) == []
    with pytest.raises(NotYours):
        await room.desk.claim(room.max, case.id)
    assert await ids(room, await joins(room, "Mia")) == [case.id]
    assert "step_aside" in await room.actions()


async def test_stepping_aside_from_a_case_one_has_puts_it_back_in_line_with_a_fresh_clock(room: Room) -> None:
    await with_max(room)
    room.clock.pass_by(minutes=3)
    await room.desk.step_aside(room.max, (await room.case()).id)
    case = await room.case()
    assert (case.state, case.claimed_by, case.not_for) == (CaseState.NEW, None, (room.max.id,))
    assert case.due_at == room.clock.now() + timedelta(minutes=30)
    with pytest.raises(NotYours):
        await room.desk.look(room.max, case.id)


async def test_a_colleague_who_is_asked_may_read_and_note_and_nothing_else_until_it_is_done(room: Room) -> None:
    await with_max(room)
    mia = await joins(room, "Mia")
    case = (await room.case()).id
    with pytest.raises(NotYours):
        await room.desk.look(mia, case)
    await room.desk.ask_opinion(room.max, case, mia.id, "What would you say?")
    view = await room.desk.look(mia, case)
    assert [line.kind for line in view.lines] == ["hers", "note"]
    await room.desk.note(mia, case, "I would ask about her aunt.")
    with pytest.raises(NotYours):
        await room.desk.reply(mia, case, "Hello")
    await room.desk.opinion_done(mia, case)
    with pytest.raises(NotYours):
        await room.desk.look(mia, case)


async def test_whoever_has_the_case_ends_the_opinion_too_and_passing_it_on_does(room: Room) -> None:
    await with_max(room)
    mia = await joins(room, "Mia")
    case = (await room.case()).id
    await room.desk.ask_opinion(room.max, case, mia.id, "And this?")
    await room.desk.opinion_done(room.max, case)
    assert (await room.case()).also == ()
    await room.desk.ask_opinion(room.max, case, mia.id, "And this?")
    await room.desk.release(room.max, case)
    assert (await room.case()).also == ()


async def test_a_supervisor_whispers_to_whoever_has_the_case_and_a_moderator_cannot(room: Room) -> None:
    await with_max(room)
    case = (await room.case()).id
    await room.desk.whisper(room.lena, case, "Take your time.")
    view = await room.desk.look(room.max, case)
    assert [(line.kind, line.text, line.who) for line in view.lines][-1] == ("whisper", "Take your time.", "Lena")
    assert await room.store.replies(case) == []
    with pytest.raises(NotYours):
        await room.desk.whisper(room.max, case, "Hello")


async def test_a_case_that_waits_for_the_girl_may_be_kept_for_some_hours(room: Room) -> None:
    await with_max(room)
    mia, case = await joins(room, "Mia"), (await room.case()).id
    with pytest.raises(NotPossible, match="has to stay"):
        await room.desk.keep(room.max, case, 4)
    await room.desk.reply(room.max, case, "I am here.")
    await room.desk.keep(room.max, case, 4)
    room.clock.pass_by(hours=3, minutes=59)
    assert [line.may_claim for line in await room.desk.queue(mia)] == [False]
    room.clock.pass_by(minutes=2)
    assert [line.may_claim for line in await room.desk.queue(mia)] == [True]


@pytest.mark.parametrize("hours", [0, 13])
async def test_nobody_keeps_a_case_for_longer_than_half_a_day(room: Room, hours: int) -> None:
    await with_max(room)
    await room.desk.reply(room.max, (await room.case()).id, "I am here.")
    with pytest.raises(NotPossible, match="12 hours"):
        await room.desk.keep(room.max, (await room.case()).id, hours)


async def test_danger_now_is_not_kept_by_somebody_who_goes_home(room: Room) -> None:
    await with_max(room, Level.P1)
    await room.desk.reply(room.max, (await room.case()).id, "I am here.")
    with pytest.raises(NotPossible, match="has to stay"):
        await room.desk.keep(room.max, (await room.case()).id, 1)


async def test_a_case_is_claimed_only_by_somebody_whose_key_opens_it(room: Room) -> None:
    keys = DeskKeys(room.store, room.clock)
    await keys.enrol(room.max, "four plain unrelated words")
    room.vault.desks = await keys.sealing_for()
    mia, case = await joins(room, "Mia"), await room.opens()
    with pytest.raises(NotPossible, match="does not open this case yet"):
        await room.desk.claim(mia, case.id)
    await room.desk.claim(room.max, case.id)


async def test_a_case_that_nobody_can_open_is_still_somebodys(room: Room) -> None:
    keys = DeskKeys(room.store, room.clock)
    await keys.enrol(room.max, "four plain unrelated words")
    room.vault.desks = await keys.sealing_for()
    mia, case = await joins(room, "Mia"), await room.opens()
    await room.store.save_staff(replace(room.max, active=False))
    await room.desk.claim(mia, case.id)
