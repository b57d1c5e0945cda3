"""The desk on real SQLite."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model.case import CaseState
from bot.model.ids import CaseId, ChatToken
from bot.model.levels import Level
from bot.store.errors import StoreError
from bot.store.reply_records import ReplyState
from bot.store.turn_records import Outcome, TimerKey, Turn
from bot.work.desk.errors import DeskError, NotPossible, NotYours, SheWroteFirst, Taken, TooLate
from bot.work.desk.referrals import ReferralForm
from bot.work.sealed_rows import open_reply
from tests.work.desk_room import Room, a_room

ANA = CaseId("ana1")


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with a_room(tmp_path) as made:
        yield made


async def test_a_case_in_line_is_seen_by_her_desk_and_by_nobody_else(room: Room) -> None:
    await room.opens()

    seen = {
        p.name: [line.case.id for line in await room.desk.queue(p)] for p in (room.max, room.olga, room.lena, room.sam)
    }

    assert seen == {"Max": [ANA], "Olga": [], "Lena": [ANA], "Sam": []}


async def test_a_case_that_is_not_shown_yet_is_in_nobodys_queue(room: Room) -> None:
    await room.opens(shown_at=None, due_at=None, level=Level.P3)

    assert await room.desk.queue(room.max) == []
    with pytest.raises(NotYours):
        await room.desk.claim(room.max, ANA)


async def test_the_queue_goes_by_level_then_by_waiting_time_and_nobody_starves(room: Room) -> None:
    await room.opens("old4", level=Level.P4)
    room.clock.pass_by(hours=20)
    await room.opens("new3", level=Level.P3)
    room.clock.pass_by(minutes=1)
    await room.opens("first2", level=Level.P2)
    await room.opens("danger", level=Level.P1)

    assert [line.case.id for line in await room.desk.queue(room.max)] == ["danger", "old4", "first2", "new3"]


async def test_the_clock_is_amber_at_half_and_red_when_missed(room: Room) -> None:
    await room.opens()
    shown = []
    for minutes in (14, 1, 15):
        room.clock.pass_by(minutes=minutes)
        shown.append((await room.desk.queue(room.max))[0].clock)

    assert shown == ["calm", "half", "missed"]


async def test_a_case_stays_red_when_its_clock_starts_again_after_an_alert(room: Room) -> None:
    await room.opens(alerts=1)

    assert (await room.desk.queue(room.max))[0].clock == "missed"


async def test_a_case_given_back_waits_in_line_again(room: Room) -> None:
    await room.opens()
    await room.desk.claim(room.max, ANA)
    await room.desk.release(room.max, ANA)

    case = await room.case()
    assert case.state is CaseState.NEW and case.due_at == room.clock.now() + timedelta(minutes=30)
    assert (await room.timers())["case_claimed"][1] == "no"
    assert (await room.desk.claim(room.lena, ANA)).claimed_by == room.lena.id


async def test_a_claim_never_goes_to_two_people(room: Room) -> None:
    await room.opens()

    answers = await asyncio.gather(
        *(room.desk.claim(who, ANA) for who in (room.max, room.lena) * 10), return_exceptions=True
    )

    holder = (await room.case()).claimed_by
    won = {
        who.name
        for who, answer in zip((room.max, room.lena) * 10, answers, strict=True)
        if not isinstance(answer, Exception)
    }
    assert len(won) == 1 and holder in (room.max.id, room.lena.id)
    assert all(isinstance(a, Taken) for a in answers if isinstance(a, Exception))
    assert (await room.actions()).count("claim") == 1


async def test_a_claim_tells_her_conversation_and_stops_the_clock(room: Room) -> None:
    await room.opens()

    case = await room.desk.claim(room.max, ANA)

    timers = await room.timers()
    assert timers["case_claimed"] == (room.clock.now(), "yes")
    assert timers["no_answer"][0] == room.clock.now() + timedelta(minutes=10)
    assert case == await room.case()
    assert case.due_at is None and case.claimed_until == room.clock.now() + timedelta(minutes=10)


async def test_a_lapsed_claim_can_be_taken_even_before_the_sweep(room: Room) -> None:
    await room.opens()
    await room.desk.claim(room.max, ANA)
    room.clock.pass_by(minutes=11)

    assert (await room.desk.claim(room.lena, ANA)).claimed_by == room.lena.id


async def test_work_on_a_case_renews_the_claim(room: Room) -> None:
    await room.opens()
    await room.desk.claim(room.max, ANA)
    room.clock.pass_by(minutes=9)
    await room.desk.renew(room.max, ANA)
    room.clock.pass_by(minutes=9)

    with pytest.raises(Taken):
        await room.desk.claim(room.lena, ANA)


async def test_every_look_is_in_the_audit_before_anything_is_shown(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    await room.opens()
    await room.desk.claim(room.max, ANA)
    view = await room.desk.look(room.max, ANA)
    assert [line.text for line in view.lines] == ["please help me"]
    assert (await room.actions())[-1] == "look"

    async def broken(_line: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(room.store, "audit", broken)
    monkeypatch.setattr(room.store, "entries", lambda _case: pytest.fail("read before it was written down"))
    with pytest.raises(StoreError):
        await room.desk.look(room.max, ANA)


async def test_not_yours_and_does_not_exist_answer_the_same(room: Room) -> None:
    await room.opens()
    await room.desk.claim(room.max, ANA)

    said = set()
    for who in (room.olga, room.sam):
        for case in (ANA, CaseId("never")):
            for verb in (room.desk.look, room.desk.claim, room.desk.release, room.desk.renew, room.desk.glance):
                with pytest.raises(DeskError) as refused:
                    await verb(who, case)
                said.add((type(refused.value), str(refused.value)))

    assert len(said) == 1
    assert "look" not in await room.actions()


async def test_a_reply_is_due_in_five_seconds_and_stands_in_the_case(room: Room) -> None:
    await room.opens()
    await room.desk.claim(room.max, ANA)

    reply = await room.desk.reply(room.max, ANA, "Thank you for telling me.")

    timers, case = await room.timers(), await room.case()
    assert timers[f"reply:{reply.id}"] == (room.clock.now() + timedelta(seconds=5), "")
    assert "no_answer" not in timers
    assert case.state is CaseState.WAITING and case.last_ours_at == room.clock.now()
    box = (await room.vault.boxes([f"chat:{case.chat}"]))[f"chat:{case.chat}"]
    assert open_reply(box, reply) == "Thank you for telling me."
    view = await room.desk.look(room.max, ANA)
    assert [(line.kind, line.who) for line in view.lines] == [("hers", ""), ("moderator", "Max")]
    assert view.pending is not None and view.due_at == reply.due_at


async def test_a_reply_taken_back_is_a_draft_and_is_not_sent(room: Room) -> None:
    await room.opens()
    await room.desk.claim(room.max, ANA)
    reply = await room.desk.reply(room.max, ANA, "Thank you.")

    await room.desk.undo(room.max, reply.id)

    view, timers = await room.desk.look(room.max, ANA), await room.timers()
    assert f"reply:{reply.id}" not in timers and "no_answer" in timers
    assert view.draft is not None and view.draft.text == "Thank you."
    assert [line.kind for line in view.lines] == ["hers"]
    assert view.case.state is CaseState.CLAIMED


async def test_a_reply_that_went_out_cannot_be_taken_back(room: Room) -> None:
    case = await room.opens()
    await room.desk.claim(room.max, ANA)
    reply = await room.desk.reply(room.max, ANA, "Thank you.")
    row = (await room.store.load_chats([case.chat]))[case.chat]
    key = TimerKey(case.chat, f"reply:{reply.id}", reply.due_at)
    turn = Turn(key, case.chat, room.clock.now(), row.version, keep_state=True, takes_reply=reply.id)
    (result,) = await room.store.commit_turns([turn])
    assert result.outcome is Outcome.DONE

    with pytest.raises(TooLate):
        await room.desk.undo(room.max, reply.id)
    assert [line.reply for line in (await room.desk.look(room.max, ANA)).lines] == [None, ReplyState.SENT]


async def test_her_newer_message_turns_the_reply_into_a_draft(room: Room) -> None:
    await room.opens()
    await room.desk.claim(room.max, ANA)
    await room.desk.reply(room.max, ANA, "Thank you.")

    await room.ana_writes()

    view = await room.desk.look(room.max, ANA)
    assert view.pending is None and view.draft is not None


async def test_a_reply_written_unseen_of_a_newer_message_is_kept_as_a_draft(room: Room) -> None:
    await room.opens()
    await room.desk.claim(room.max, ANA)
    seen = (await room.desk.look(room.max, ANA)).seen
    await room.ana_writes()

    with pytest.raises(SheWroteFirst):
        await room.desk.reply(room.max, ANA, "Thank you.", seen=seen)

    view = await room.desk.look(room.max, ANA)
    assert view.draft is not None and view.draft.text == "Thank you."
    await room.desk.reply(room.max, ANA, "Thank you.", seen=view.seen, draft=view.draft.reply_id)
    view = await room.desk.look(room.max, ANA)
    assert view.draft is None and view.pending is not None


async def test_crossing_writes_never_send_a_reply_unseen(room: Room) -> None:
    await room.opens()
    await room.desk.claim(room.max, ANA)
    unseen = 0
    for number in range(25):
        seen = (await room.desk.look(room.max, ANA)).seen
        await asyncio.gather(
            room.desk.reply(room.max, ANA, f"answer {number}", seen=seen), room.ana_writes(), return_exceptions=True
        )
        view = await room.desk.look(room.max, ANA)
        unseen += view.pending is not None and view.seen > seen
        for reply in await room.store.replies(ANA):
            if reply.state is ReplyState.PENDING:
                await room.desk.undo(room.max, reply.id)

    assert unseen == 0


@pytest.mark.parametrize("words", ["", "   ", "x" * 3001, "You can call {number}.", "My name is ____"])
async def test_words_that_cannot_go_out_are_refused_with_a_sentence(room: Room, words: str) -> None:
    await room.opens()
    await room.desk.claim(room.max, ANA)

    with pytest.raises(NotPossible):
        await room.desk.reply(room.max, ANA, words)


async def test_nobody_writes_to_a_girl_who_asked_us_not_to(room: Room) -> None:
    await room.opens(withdrawn=True)
    await room.desk.claim(room.max, ANA)

    with pytest.raises(NotPossible):
        await room.desk.reply(room.max, ANA, "Thank you.")


async def test_a_case_is_closed_with_an_outcome_after_the_last_reply(room: Room) -> None:
    await room.opens()
    await room.desk.claim(room.max, ANA)
    reply = await room.desk.reply(room.max, ANA, "Take care.")

    case = await room.desk.resolve(room.max, ANA, "real")

    assert case.state is CaseState.RESOLVED and case.outcome == "real"
    assert (await room.timers())["case_closed"] == (reply.due_at + timedelta(seconds=1), "real sw")
    assert await room.desk.queue(room.max) == []
    assert [c.id for c in await room.desk.closed(room.max)] == [ANA]
    with pytest.raises(NotYours):
        await room.desk.look(room.max, ANA)
    with pytest.raises(NotPossible):
        await room.desk.resolve(room.max, ANA, "something")


async def test_a_supervisor_may_reopen_unless_she_has_a_newer_case(room: Room) -> None:
    await room.opens(chat=ChatToken("ana"))
    await room.desk.claim(room.max, ANA)
    form = ReferralForm("Childline", "somebody there", "yes", ("facts",))
    await room.desk.add_referral(room.max, ANA, form)
    await room.desk.refer(room.max, ANA)
    with pytest.raises(NotYours):
        await room.desk.reopen(room.max, ANA)

    assert (await room.desk.reopen(room.lena, ANA)).state is CaseState.NEW


async def test_a_level_is_raised_alone_and_the_shorter_clock_counts(room: Room) -> None:
    await room.opens()

    case = await room.desk.raise_level(room.lena, ANA, Level.P1)

    assert case.level is Level.P1 and case.due_at == room.clock.now() + timedelta(minutes=5)
    with pytest.raises(NotPossible):
        await room.desk.raise_level(room.lena, ANA, Level.P2)


async def test_a_level_is_lowered_only_with_a_reason_and_a_second_person(room: Room) -> None:
    await room.opens()
    await room.desk.claim(room.max, ANA)
    with pytest.raises(NotPossible):
        await room.desk.ask_lower(room.max, ANA, Level.P3, "no")

    await room.desk.ask_lower(room.max, ANA, Level.P3, "She quoted the lesson back to us.")

    assert (await room.case()).level is Level.P2
    with pytest.raises(NotYours):
        await room.desk.lower_level(room.max, ANA, agree=True)
    assert (await room.desk.lower_level(room.lena, ANA, agree=True)).level is Level.P3
    assert (await room.case()).lower_to is None


async def test_a_supervisor_who_asks_needs_another_supervisor(room: Room) -> None:
    await room.opens()
    await room.desk.ask_lower(room.lena, ANA, Level.P3, "She quoted the lesson back to us.")

    with pytest.raises(NotYours):
        await room.desk.lower_level(room.lena, ANA, agree=True)


async def test_a_note_stands_with_the_case_and_sends_nothing(room: Room) -> None:
    await room.opens()
    await room.desk.claim(room.max, ANA)
    before = await room.timers()

    await room.desk.note(room.lena, ANA, "I am here if you need me.")

    lines = (await room.desk.look(room.max, ANA)).lines
    assert [(line.kind, line.who) for line in lines] == [("hers", ""), ("note", "Lena")]
    assert await room.timers() == before and (await room.store.backlog(room.clock.now())).unsent == 0


async def test_a_case_of_a_girl_without_a_country_waits_on_every_desk_that_reads_her(room: Room) -> None:
    await room.opens(desk="ZZ", language="en", country="")

    assert [len(await room.desk.queue(who)) for who in (room.max, room.olga, room.lena, room.sam)] == [1, 1, 1, 0]


async def test_the_mark_of_a_page_changes_when_something_happens_and_not_when_the_claim_is_renewed(room: Room) -> None:
    await room.opens()
    await room.desk.claim(room.max, ANA)
    marks = [await room.desk.glance(room.max, ANA)]
    room.clock.pass_by(minutes=5)
    await room.desk.renew(room.max, ANA)
    marks.append(await room.desk.glance(room.max, ANA))
    await room.ana_writes()
    marks.append(await room.desk.glance(room.max, ANA))

    assert marks[0] == marks[1] != marks[2]


async def test_the_group_is_told_of_a_change_in_the_same_transaction(tmp_path: Path) -> None:
    told = []

    async def cards(before: object, after: object, _now: object) -> tuple[()]:
        told.append((before.state, after.state))
        return ()

    async with a_room(tmp_path, cards) as room:
        await room.opens()
        await room.desk.claim(room.max, ANA)

    assert told == [(CaseState.NEW, CaseState.CLAIMED)]
