"""The desk against insiders, carelessness and unlucky moments: what must hold when somebody tries, or nobody looks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.cases.decide import decide
from bot.cases.permissions import may_claim_from
from bot.model.campaign import Care
from bot.model.case import CaseState
from bot.model.ids import CaseId, ChatToken, StaffId
from bot.model.levels import Level
from bot.model.outbox import Alarm, Card
from bot.store.reply_records import ReplyState
from bot.store.staff_records import Staff
from bot.work.cards import card_rows
from bot.work.desk.core import NO_CAMPAIGN
from bot.work.desk.errors import NotPossible
from bot.work.desk.held_replies import LettingGo
from bot.work.staff.accounts import StaffAccounts
from bot.work.timers import CaseClocks
from tests.cases.given import CLOCKS, FACTS, NOW, a_case, sign
from tests.work.desk_room import Room, a_room

ANA = CaseId("ana1")
STRANGE = "Write to him at www.some-strange-place.com please"
CAMPAIGN = replace(NO_CAMPAIGN, care=replace(Care(), in_a_row=1, per_shift=9))


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with a_room(tmp_path, campaign=CAMPAIGN) as opened:
        yield opened


async def joins(room: Room, name: str, role: str = "moderator", *languages: str, skills: tuple[str, ...] = ()) -> Staff:
    until = room.clock.now() + timedelta(hours=8)
    person = Staff(StaffId(0), name, (role,), ("KE",), languages or ("sw",), on_shift_until=until, skills=skills)
    return await room.store.save_staff(person)


async def with_max(room: Room, **facts: object) -> None:
    await room.opens(**facts)
    await room.desk.claim(room.max, ANA)


async def sweep(room: Room) -> None:
    running = type("Running", (), {"campaign": type("Campaign", (), {"clocks": CLOCKS})})()
    await CaseClocks(room.store, room.vault, running, room.clock, desk=False).look()  # type: ignore[arg-type]  # a double with what is asked of it


# --- nobody is stranded -------------------------------------------------------------------------------------------


def test_a_tap_that_signals_danger_brings_an_answered_case_back_like_words_do() -> None:
    soon = NOW + timedelta(minutes=5)
    waiting = a_case("P3", state=CaseState.WAITING, claimed_by=StaffId(1), claimed_until=soon, due_at=None)
    tapped = decide(waiting, [sign("P1")], FACTS, NOW, CLOCKS, wrote=False)
    assert tapped is not None and tapped.case.state is CaseState.CLAIMED
    assert tapped.case.claimed_until == NOW + CLOCKS.claim_lease


@pytest.mark.parametrize("away", [timedelta(hours=12), timedelta(hours=-1)])
def test_danger_now_does_not_wait_ten_minutes_for_a_holder_who_is_away(away: timedelta) -> None:
    kept = a_case("P3", state=CaseState.WAITING, claimed_by=StaffId(1), claimed_until=NOW + away, due_at=None)
    wrote = decide(kept, [sign("P1")], FACTS, NOW, CLOCKS, wrote=True)
    assert wrote is not None and may_claim_from(wrote.case, NOW)


async def test_a_kept_case_that_a_supervisor_raises_to_danger_now_does_not_stay_with_somebody_at_home(
    room: Room,
) -> None:
    await with_max(room)
    await room.desk.reply(room.max, ANA, "I am here.")
    await room.desk.keep(room.max, ANA, 12)

    await room.desk.raise_level(room.lena, ANA, Level.P1)
    room.clock.pass_by(minutes=11)
    await sweep(room)

    assert (await room.case()).state is CaseState.NEW


async def test_who_leaves_the_programme_leaves_her_cases_to_the_others_at_once(room: Room) -> None:
    await with_max(room, level=Level.P1)

    await StaffAccounts(room.store, room.clock).leave("Max")
    await sweep(room)

    assert (await room.case()).state is CaseState.NEW


async def test_danger_now_that_is_offered_to_a_supervisor_can_be_accepted_in_a_language_she_does_not_read(
    room: Room,
) -> None:
    await with_max(room, level=Level.P1)
    nora = await joins(room, "Nora", "supervisor", "en")
    await room.desk.hand_over(room.max, ANA, nora.id, "Please take it.")

    assert (await room.desk.accept(nora, ANA)).claimed_by == nora.id


async def test_a_supervisor_who_may_know_the_girl_can_hide_the_case_in_any_language(room: Room) -> None:
    await room.opens()
    await room.desk.step_aside(room.lena, ANA)
    assert await room.desk.queue(room.lena) == []


async def test_a_case_kept_for_somebody_trained_who_has_carried_too_much_is_for_the_others(room: Room) -> None:
    await joins(room, "Mia")
    ina = await joins(room, "Ina", skills=("self_harm",))
    await room.opens("first", chat=ChatToken("one"), category="self_harm")
    await room.desk.claim(ina, CaseId("first"))
    await room.desk.resolve(ina, CaseId("first"), "real")
    await room.opens(category="self_harm")

    assert (await room.desk.claim(ina, ANA)).claimed_by == ina.id


async def test_a_colleague_who_passed_a_case_on_is_nobody_to_wait_for(room: Room) -> None:
    mia = await joins(room, "Mia")
    await with_max(room, category="self_harm")
    await room.desk.resolve(room.max, ANA, "real")
    await room.opens("next", chat=ChatToken("next"), category="self_harm", passed_on=(mia.id,))

    assert (await room.desk.claim(room.max, CaseId("next"))).claimed_by == room.max.id


async def test_nobody_takes_a_case_over_that_her_key_does_not_open(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    await with_max(room)

    async def only_max(staff: StaffId, _case: object) -> bool:
        return staff == room.max.id

    monkeypatch.setattr(room.desk, "opens", only_max)
    with pytest.raises(NotPossible):
        await room.desk.take_over(room.lena, ANA)


# --- two people are two people, and agree to what they saw -----------------------------------------------------------


async def test_a_second_person_lowers_to_the_level_she_was_shown_and_to_no_other(room: Room) -> None:
    await with_max(room)
    await room.desk.ask_lower(room.max, ANA, Level.P3, "She quoted the lesson back to us.")
    await room.desk.ask_lower(room.max, ANA, Level.P4, "She quoted the lesson back to us.")

    with pytest.raises(NotPossible):
        await room.desk.lower_level(room.lena, ANA, agree=True, shown=Level.P3)
    assert (await room.case()).level is Level.P2


def test_an_ask_to_lower_ends_when_a_new_sign_of_danger_comes() -> None:
    asked = a_case("P2", lower_to=Level.P4, lower_by=StaffId(1))
    after = decide(asked, [sign("P1")], FACTS, asked.opened_at, CLOCKS, wrote=True)
    assert after is not None and (after.case.lower_to, after.case.lower_by) == (None, None)


# --- nothing is sent, and nothing is closed, unseen -------------------------------------------------------------------


async def test_a_case_is_not_closed_over_a_message_that_was_not_on_the_page(room: Room) -> None:
    await with_max(room)
    seen = (await room.desk.look(room.max, ANA)).seen
    await room.ana_writes()

    with pytest.raises(NotPossible):
        await room.desk.resolve(room.max, ANA, "prank", seen=seen)
    assert (await room.case()).open


async def test_held_words_do_not_go_out_by_themselves_when_somebody_else_has_the_case(room: Room) -> None:
    await with_max(room, level=Level.P1)
    reply = await room.desk.reply(room.max, ANA, STRANGE)
    await room.desk.release(room.max, ANA)
    mia = await joins(room, "Mia")
    await room.desk.claim(mia, ANA)
    room.clock.pass_by(minutes=3)

    assert await LettingGo(room.store, room.clock).look() == 0
    kept = await room.store.reply(reply.id)
    assert kept is not None and kept.state is not ReplyState.PENDING


async def test_a_reopened_case_sends_no_closing_words(room: Room) -> None:
    await with_max(room)
    await room.desk.resolve(room.max, ANA, "real")
    assert "case_closed" in await room.timers()

    await room.desk.reopen(room.lena, ANA)

    assert "case_closed" not in await room.timers()


async def test_held_words_of_an_earlier_time_give_their_writer_two_minutes_when_she_takes_the_case_again(
    room: Room,
) -> None:
    await with_max(room, level=Level.P1)
    await room.desk.reply(room.max, ANA, STRANGE)
    await room.desk.release(room.max, ANA)
    room.clock.pass_by(hours=1)
    await room.desk.claim(room.max, ANA)

    loop = LettingGo(room.store, room.clock)
    assert await loop.look() == 0
    room.clock.pass_by(minutes=2)
    assert await loop.look() == 1


def test_danger_now_that_comes_back_in_line_makes_a_sound_in_the_group() -> None:
    held = a_case("P1", state=CaseState.CLAIMED, claimed_by=StaffId(1), due_at=None)
    back = replace(held, state=CaseState.NEW, claimed_by=None)
    assert [type(row) for row in card_rows(held, back)] == [Card, Alarm]
    lower = [replace(one, level=Level.P2) for one in (held, back)]
    assert [type(row) for row in card_rows(*lower)] == [Card]
