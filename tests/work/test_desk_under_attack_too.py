"""The desk against insiders and carelessness, what leaves it: replies, contacts, cards, and what two people settled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cases.alerts import has_it
from bot.cases.decide import decide
from bot.model.campaign import Campaign, Country, DutyToReport, Source
from bot.model.ids import DESK, CaseId, StaffId
from bot.model.levels import Level
from bot.model.pages import Page, Ring
from bot.store.case_records import CaseWrite
from bot.store.desk_records import DeskWrite
from bot.store.reply_records import ReplyState
from bot.store.staff_records import Staff
from bot.work.crowd import crowd_text
from bot.work.desk.core import NO_CAMPAIGN
from bot.work.desk.errors import DeskError, SheWroteFirst
from bot.work.desk.identity import Identities
from bot.work.desk.masking import masked
from bot.work.desk.reply_contacts import unlisted
from tests.cases.given import CLOCKS, FACTS, NOW, a_case, sign
from tests.work import desk_room
from tests.work.bot_room import Recording, bot_room
from tests.work.desk_room import Room, a_room
from tests.work.test_crowd import opens

ANA = CaseId("ana1")
REASON = "She quoted the lesson back to us."
DUTY = DutyToReport(("sextortion",), "the police", CLOCKS.by_level[Level.P4], Source("the act"), decides="supervisor")
CAMPAIGN = replace(NO_CAMPAIGN, countries={"KE": Country("KE", "Kenya", "Africa/Nairobi", duty=DUTY)})


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with a_room(tmp_path, campaign=CAMPAIGN) as opened:
        yield opened


async def with_max(room: Room, **facts: object) -> None:
    await room.opens(**facts)
    await room.desk.claim(room.max, ANA)


async def test_a_reply_pressed_twice_is_sent_once(room: Room) -> None:
    await with_max(room)
    seen = (await room.desk.look(room.max, ANA)).seen
    first = await room.desk.reply(room.max, ANA, "I am here.", seen=seen)
    again = await room.desk.reply(room.max, ANA, "I am here.", seen=seen)

    assert again.id == first.id
    assert [r.state for r in await room.store.replies(ANA)] == [ReplyState.PENDING]
    await room.desk.reply(room.max, ANA, "And I stay here.", seen=seen)
    assert len(await room.store.replies(ANA)) == 2


@pytest.mark.parametrize("lure", ["Write to me on insta maria_k99", "insta: maria", "0️⃣7️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣"])
def test_a_way_to_somebodys_own_account_waits_for_a_second_person_and_is_hidden_in_her_words(lure: str) -> None:
    assert unlisted(lure, NO_CAMPAIGN) and "•" not in lure
    assert not {"maria", "7"} & {*masked(lure).replace("_", " ").split(), *masked(lure)}


async def test_who_steps_aside_has_it_no_more(room: Room) -> None:
    await room.opens(level=Level.P1)
    page = Page(ANA, room.max.id, Ring.ON_CALL, room.clock.now(), room.clock.now())
    await room.store.commit_desk(DeskWrite(pages=(page,)))

    await room.desk.step_aside(room.max, ANA)

    assert not has_it(await room.case(), await room.store.pages(ANA), room.clock.now())


# --- what two people settled was settled for what was known ------------------------------------------------------------


async def test_that_nothing_is_reported_is_settled_anew_when_a_case_becomes_graver(room: Room) -> None:
    await with_max(room)
    case = replace(await room.case(), report="not_reported", report_by=room.clock.now(), report_asked_by=room.max.id)
    await room.store.commit_desk(DeskWrite(case=CaseWrite(case)))

    raised = await room.desk.raise_level(room.max, ANA, Level.P1)

    assert (raised.report, raised.report_asked_by) == ("", None)
    assert raised.report_by == room.clock.now() + DUTY.within


def test_a_new_danger_in_her_words_opens_that_question_too_and_a_report_stands() -> None:
    settled = a_case("P2", report="not_reported", report_by=NOW, report_told=2)
    raised = decide(settled, [sign("P1")], FACTS, NOW, CLOCKS, wrote=True)
    assert raised is not None and (raised.case.report, raised.case.report_by, raised.case.report_told) == ("", None, 0)
    same = decide(replace(settled, report="reported"), [sign("P1")], FACTS, NOW, CLOCKS, wrote=True)
    assert same is not None and same.case.report == "reported"


async def test_who_raised_a_case_and_then_looks_alone_stands_so_in_the_audit(room: Room) -> None:
    nia = await room.store.save_staff(Staff(StaffId(0), "Nia", ("lead",), ("KE",), ("en",)))
    await room.opens(level=Level.P3)
    await room.desk.raise_level(nia, ANA, Level.P1)

    await Identities(room.desk).ask(nia, ANA, "The child line in Nairobi sends somebody.", alone=True)

    (line,) = [one for one in await room.store.audit_lines(0, 100) if one.action == "ask_identity"]
    assert line.detail == "alone raised_by_her"


# --- a complaint about our own people never reaches the group ---------------------------------------------------------


def test_a_crowd_in_the_group_leaves_complaints_out() -> None:
    case = desk_room.a_case("one", desk_room.NOON, level=Level.P1, category="staff_conduct", desk="focal")
    assert crowd_text([case], Campaign("", ("en",), {}, {}, (), (), (), {}), desk_room.NOON) == ""


async def test_a_card_that_waits_is_not_drawn_when_its_case_has_become_a_complaint(tmp_path: Path) -> None:
    async with bot_room(tmp_path) as room:
        await opens(room, range(1))
        case = await room.store.case(CaseId("c0"))
        assert case is not None
        complaint = CaseWrite(replace(case, category="staff_conduct", desk="focal"))
        assert await room.store.commit_desk(DeskWrite(case=complaint))
        group = Recording(room.clock)
        room.dispatch.transport, room.dispatch.desk_chat = group, -1001
        until = room.clock.now()
        for row in await room.store.claim_outbox("me", until, 10, until):
            assert row.chat == DESK
            await room.dispatch.send(row)
        assert not group.cards


async def test_a_search_shows_no_words_a_colleague_did_not_send(room: Room) -> None:
    await with_max(room)
    reply = await room.desk.reply(room.max, ANA, "an unsent lullaby")
    await room.desk.undo(room.max, reply.id)
    await room.desk.take_over(room.lena, ANA)

    assert await room.desk.search_words(room.lena, "lullaby") == []


# --- what a whole disk tells ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["undo", "she_writes", "unseen", "sent_back"])
async def test_words_that_did_not_go_out_stand_in_the_case_alone_where_no_disk_opens_them(room: Room, way: str) -> None:
    await with_max(room)
    text = "Look at www.some-strange-place.com" if way == "sent_back" else "I am here."
    if way == "unseen":
        with pytest.raises(SheWroteFirst):
            await room.desk.reply(room.max, ANA, text, seen=0)
    else:
        reply = await room.desk.reply(room.max, ANA, text)
        if way == "undo":
            await room.desk.undo(room.max, reply.id)
        elif way == "she_writes":
            await room.ana_writes()
        else:
            await room.desk.send_back(room.lena, reply.id, "Please use the list.")

    (draft,) = await room.store.replies(ANA)
    assert (draft.state, draft.body) == (ReplyState.DRAFT, b"")
    shown = (await room.desk.look(room.max, ANA)).draft
    assert shown is not None and shown.text == text


async def test_two_supervisors_and_the_girl_at_once_let_a_held_reply_go_once_or_not_at_all(room: Room) -> None:
    await with_max(room)
    nora = await room.store.save_staff(Staff(StaffId(0), "Nora", ("supervisor",), ("KE",), ("en",)))
    reply = await room.desk.reply(room.max, ANA, "Look at www.some-strange-place.com")
    acts = [
        room.desk.release_reply(room.lena, reply.id),
        room.desk.release_reply(nora, reply.id),
        room.desk.send_back(nora, reply.id, "Please use the list."),
    ]
    done = await asyncio.gather(*acts, return_exceptions=True)

    assert sum(not isinstance(one, DeskError) for one in done) == 1
    await room.ana_writes()
    assert [r.state for r in await room.store.replies(ANA)] == [ReplyState.DRAFT]
    assert f"reply:{reply.id}" not in await room.timers()
