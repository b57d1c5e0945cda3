"""The reply box: approved words, crisis words, numbers of the directory, her safe hours, and who looks a second time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.cases.safe_hours import goes_at
from bot.model.campaign import Campaign, CannedReply, Country, Helpline
from bot.model.case import CaseState
from bot.model.ids import CaseId, ChatToken
from bot.model.levels import Level
from bot.store.reply_records import Reply, ReplyState
from bot.work.desk.approved_words import approved, changed
from bot.work.desk.errors import DeskError, NeedsTick, NotPossible, NotYours, SheWroteFirst, WaitsForHer
from bot.work.desk.held_replies import LettingGo
from bot.work.desk.reply_contacts import unlisted
from bot.work.desk.reply_wording import Ticks
from tests.work.desk_room import NOON, Room, a_case, a_room

ANA = CaseId("ana1")
NAIROBI = ZoneInfo("Africa/Nairobi")
STRANGE = "Write to him at www.some-strange-place.com please"
CAMPAIGN = Campaign(
    name="test",
    languages=("en", "sw", "km"),
    flows={},
    countries={"KE": Country("KE", "Kenya", "Africa/Nairobi")},
    helplines=(
        Helpline("ke-116", "KE", "Child Helpline", "child_helpline", number="116"),
        Helpline("ke-long", "KE", "Long Line", "crisis_line", number="0800 722 203 or 0911-555-777"),
        Helpline("ke-old", "KE", "Old Line", "crisis_line", number="0700 111 222", withdrawn=True),
        Helpline("zz-web", "ZZ", "Web Line", "directory", url="https://www.help.example/start"),
    ),
    words=(),
    replies=(
        CannedReply(
            "call",
            "She wants to call",
            "A number",
            {
                "en": "You can call {number} today. They listen to you.",
                "km": "ទូរសព្ទទៅ {number} ថ្ងៃនេះ។ គេស្តាប់អ្នកជានិច្ច។",
            },
            blanks=("number",),
        ),
        CannedReply(
            "stay",
            "She speaks of dying",
            "Stay",
            {"en": "I am here with you now. Please stay with somebody.", "km": "ខ្ញុំនៅទីនេះជាមួយអ្នក។ សូមនៅជាមួយនរណាម្នាក់។"},
            crisis=True,
        ),
    ),
    catalogues={},
    links=("takeitdown.example.org",),
    topic_words={"en": ("picture", "meet him"), "sw": ("picha",), "km": ("រូបថត",)},
)


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with a_room(tmp_path, campaign=CAMPAIGN) as made:
        yield made


async def held_by_max(room: Room, **changes: Any) -> None:
    await room.opens(**changes)
    await room.desk.claim(room.max, ANA)


async def sends(room: Room, text: str, **ticks: bool) -> Reply:
    return await room.desk.reply(room.max, ANA, text, ticks=Ticks(**ticks))


async def now_is(room: Room, reply: Reply) -> Reply:
    found = await room.store.reply(reply.id)
    assert found is not None
    return found


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 20, hour, minute, tzinfo=NAIROBI)


@pytest.mark.parametrize(
    ("hours", "now", "goes"),
    [
        ("", at(3), at(3)),
        ("any", at(3), at(3)),
        ("morning", at(9), at(9)),
        ("morning", at(5, 59), at(6)),
        ("morning", at(12), at(6) + timedelta(days=1)),
        ("afternoon", at(9), at(12)),
        ("evening", at(22), at(17) + timedelta(days=1)),
        ("evening", at(20, 59), at(20, 59)),
        ("me_first", at(9), None),
    ],
)
def test_a_reply_goes_in_the_hours_she_chose(hours: str, now: datetime, goes: datetime | None) -> None:
    case = a_case("c", now.astimezone(UTC), safe_hours=hours, last_hers_at=now - timedelta(hours=2))
    assert goes_at(case, now.astimezone(UTC), NAIROBI) == goes


@pytest.mark.parametrize("hours", ["morning", "evening", "me_first"])
def test_danger_now_does_not_wait_and_who_just_wrote_is_there(hours: str) -> None:
    now = at(14).astimezone(UTC)
    case = a_case("c", now, safe_hours=hours, last_hers_at=now - timedelta(minutes=14))
    assert goes_at(case, now, NAIROBI) == now
    long_ago = replace(case, last_hers_at=now - timedelta(minutes=16))
    assert goes_at(long_ago, now, NAIROBI) != now
    assert goes_at(replace(long_ago, level=Level.P1), now, NAIROBI) == now
    assert goes_at(long_ago, now, None) is None, "without her clock a window says nothing"


async def test_a_reply_outside_her_hours_is_due_when_they_begin_and_can_be_taken_back_until_then(room: Room) -> None:
    await held_by_max(room, safe_hours="evening", last_hers_at=NOON - timedelta(hours=1))

    reply = await sends(room, "How was your day?")

    assert reply.due_at == at(17)
    assert (await room.timers())[f"reply:{reply.id}"][0] == at(17)
    room.clock.pass_by(hours=1)
    await room.desk.undo(room.max, reply.id)
    assert (await now_is(room, reply)).state is ReplyState.DRAFT


async def test_who_wants_to_write_first_gets_nothing_before_she_does(room: Room) -> None:
    await held_by_max(room, safe_hours="me_first", last_hers_at=NOON - timedelta(hours=1))
    with pytest.raises(WaitsForHer):
        await sends(room, "How was your day?")
    draft = (await room.desk.look(room.max, ANA)).draft
    assert draft is not None and "reply" not in " ".join(await room.timers())

    await room.ana_writes()
    reply = await room.desk.reply(room.max, ANA, draft.text, draft=draft.reply_id)

    assert reply.state is ReplyState.PENDING


async def test_a_reply_may_ask_her_when_to_write(room: Room) -> None:
    await held_by_max(room)
    reply = await sends(room, "How was your day?", ask_hours=True)
    assert (await room.timers())[f"reply:{reply.id}"][1] == "hours"


@pytest.mark.parametrize(
    "text",
    [
        "You can call 116.",
        "Call 0800 722 203, it is free.",
        "Call ០៨០០ ៧២២ ២០៣",
        "Look at https://help.example/other or takeitdown.example.org.",
        "I am here until 17:30 on 2026-11-20. You are 15, or 14.",
    ],
)
def test_numbers_and_links_of_the_directory_go_freely(text: str) -> None:
    assert unlisted(text, CAMPAIGN) == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Call 0800 722 204", "phone"),
        ("Call the old line 0700 111 222", "phone"),
        ("Call 1199 now", "number"),
        (STRANGE, "link"),
        ("https://help.example@strange.example.com/x", "email"),
        ("takeitdown.example.org.strange.com", "link"),
        ("Write to @somebody", "handle"),
        ("Mail a.person@help.example", "email"),
    ],
)
def test_what_nobody_has_checked_is_found(text: str, kind: str) -> None:
    assert kind in unlisted(text, CAMPAIGN)


async def test_a_contact_of_her_own_waits_for_a_second_person_while_her_clock_runs(room: Room) -> None:
    await held_by_max(room)
    reply = await sends(room, STRANGE)

    assert (reply.state, reply.held_for) == (ReplyState.HELD, "link")
    timers = await room.timers()
    assert f"reply:{reply.id}" not in timers and "no_answer" in timers
    assert (await room.case()).state is CaseState.CLAIMED
    (waits,) = await room.desk.to_review(room.lena)
    assert (waits.reply.id, waits.writer, waits.held) == (reply.id, "Max", True)
    assert await room.desk.to_review(room.max) == [] == await room.desk.to_review(room.olga)


async def test_the_second_person_lets_it_go_and_the_writer_never_does(room: Room) -> None:
    await held_by_max(room)
    reply = await sends(room, STRANGE)
    for who in (room.max, room.olga, room.sam):
        with pytest.raises(NotYours):
            await room.desk.release_reply(who, reply.id)

    case = await room.desk.release_reply(room.lena, reply.id)

    after = await now_is(room, reply)
    assert (after.state, after.reviewed_by) == (ReplyState.PENDING, room.lena.id)
    assert case.state is CaseState.WAITING and case.claimed_by == room.max.id
    assert (await room.timers())[f"reply:{reply.id}"][0] == room.clock.now() + timedelta(seconds=5)
    assert (await room.actions())[-1] == "release_reply"
    with pytest.raises(NotPossible):
        await room.desk.release_reply(room.lena, reply.id)


async def test_the_second_person_sends_it_back_with_a_word(room: Room) -> None:
    await held_by_max(room)
    reply = await sends(room, STRANGE)
    with pytest.raises(NotPossible):
        await room.desk.send_back(room.lena, reply.id, " ")

    await room.desk.send_back(room.lena, reply.id, "Please use the list.")

    view = await room.desk.look(room.max, ANA)
    assert view.draft is not None and view.draft.text == STRANGE
    assert [line.text for line in view.lines if line.kind == "note"] == ["Please use the list."]


async def test_a_held_reply_is_a_draft_again_when_she_writes(room: Room) -> None:
    await held_by_max(room)
    reply = await sends(room, STRANGE)
    await room.ana_writes()

    assert (await now_is(room, reply)).state is ReplyState.DRAFT
    with pytest.raises(NotPossible):
        await room.desk.release_reply(room.lena, reply.id)


async def test_the_writer_may_take_a_held_reply_back(room: Room) -> None:
    await held_by_max(room)
    reply = await sends(room, STRANGE)
    await room.desk.undo(room.max, reply.id)
    assert (await now_is(room, reply)).state is ReplyState.DRAFT
    assert await room.desk.to_review(room.lena) == []


async def test_whoever_may_let_it_go_is_called_in_her_own_chat(room: Room) -> None:
    lena = replace(room.lena, telegram=ChatToken("lena"), on_call=True)
    await room.store.save_staff(lena)
    await held_by_max(room, level=Level.P1)
    await sends(room, STRANGE)

    rows = await room.store.claim_outbox("me", room.clock.now(), 10, room.clock.now())
    assert [row.chat for row in rows] == ["lena"]


async def test_in_danger_now_nobody_waits_longer_than_two_minutes_and_it_is_looked_at_afterwards(room: Room) -> None:
    await held_by_max(room, level=Level.P1)
    reply, loop = await sends(room, STRANGE), LettingGo(room.store, room.clock)
    room.clock.pass_by(seconds=119)
    assert await loop.look() == 0
    room.clock.pass_by(seconds=1)
    assert await loop.look() == 1

    after = await now_is(room, reply)
    assert (after.state, after.reviewed_by) == (ReplyState.PENDING, None)
    assert (await room.actions())[-1] == "case.reply_unreviewed"
    (waits,) = await room.desk.to_review(room.lena)
    assert not waits.held
    await room.desk.looked_at(room.lena, reply.id)
    assert await room.desk.to_review(room.lena) == []


async def test_below_danger_now_it_waits_and_a_rise_gives_it_two_minutes(room: Room) -> None:
    await held_by_max(room)
    loop = LettingGo(room.store, room.clock)
    await sends(room, STRANGE)
    room.clock.pass_by(hours=1)
    assert await loop.look() == 0
    await room.desk.raise_level(room.lena, ANA, Level.P1)
    assert await loop.look() == 0
    room.clock.pass_by(minutes=2)
    assert await loop.look() == 1


def test_approved_words_are_recognised_with_their_blanks_filled() -> None:
    words = CAMPAIGN.replies[0].words["km"].replace("{number}", "116")
    found = approved(f"  {words}\r\n", CAMPAIGN.replies)
    assert found is not None and (found.language, found.blanks) == ("km", {"number": "116"})
    assert approved(f"{words} ha", CAMPAIGN.replies) is None
    assert changed(f"{words} ha", CAMPAIGN.replies, ("en", "sw")) is CAMPAIGN.replies[0]
    assert changed(f"{words} ha", CAMPAIGN.replies, ("en", "km")) is None


@pytest.mark.parametrize(
    ("number", "goes"), [("116", True), ("Child Helpline 116", True), ("Child Helpline", True), ("my aunt", False)]
)
async def test_approved_words_she_does_not_write_take_only_the_directory_into_their_blanks(
    room: Room, number: str, *, goes: bool
) -> None:
    await held_by_max(room)
    text = CAMPAIGN.replies[0].words["km"].replace("{number}", number)
    if goes:
        assert (await sends(room, text)).state is ReplyState.PENDING
    else:
        with pytest.raises(NotPossible):
            await sends(room, text)


async def test_approved_words_in_a_language_she_does_not_write_cannot_be_changed_and_others_can(room: Room) -> None:
    await held_by_max(room)
    for language, allowed in (("km", False), ("en", True)):
        text = CAMPAIGN.replies[0].words[language].replace("{number}", "116") + "!"
        if allowed:
            await sends(room, text)
        else:
            with pytest.raises(NotPossible):
                await sends(room, text)


async def test_crisis_words_need_a_tick_that_they_were_read_unless_a_blank_was_filled(room: Room) -> None:
    await held_by_max(room)
    words = CAMPAIGN.replies[1].words["en"]
    with pytest.raises(NeedsTick) as asked:
        await sends(room, words)
    assert asked.value.tick == "fits"
    assert (await sends(room, words, fits=True)).state is ReplyState.PENDING


async def test_first_words_that_show_the_topic_are_stopped_once_gently(room: Room) -> None:
    await held_by_max(room)
    with pytest.raises(NeedsTick) as asked:
        await sends(room, "Is your Picture safe?")
    assert asked.value.tick == "anyway"
    await sends(room, "Is your picture safe?", anyway=True)
    await room.ana_writes()
    await sends(room, "Now about the picture.")


async def test_after_an_hour_of_silence_it_may_be_somebody_else_again(room: Room) -> None:
    await held_by_max(room, last_ours_at=NOON)
    await sends(room, "About the picture.")
    room.clock.pass_by(minutes=61)
    with pytest.raises(NeedsTick):
        await sends(room, "About the picture, again.")


async def test_words_she_did_not_see_are_a_draft_before_anything_else_is_asked(room: Room) -> None:
    await held_by_max(room)
    with pytest.raises(SheWroteFirst):
        await room.desk.reply(room.max, ANA, "About the picture.", seen=0)


async def test_a_draft_of_somebody_else_is_not_used_up(room: Room) -> None:
    await held_by_max(room)
    with pytest.raises(SheWroteFirst):
        await room.desk.reply(room.max, ANA, "Mine.", seen=0)
    draft = (await room.desk.look(room.max, ANA)).draft
    assert draft is not None
    await room.desk.take_over(room.lena, ANA)
    await room.desk.reply(room.lena, ANA, "Hers.", draft=draft.reply_id)
    kept = await room.store.reply(draft.reply_id)
    assert kept is not None and kept.state is ReplyState.DRAFT


async def test_a_case_is_read_when_its_holder_opened_what_is_new_and_by_nobody_else(room: Room) -> None:
    await held_by_max(room)
    await room.desk.look(room.max, ANA, words=False)
    await room.desk.look(room.lena, ANA)
    assert (await room.case()).read_at is None

    await room.desk.look(room.max, ANA)
    first = (await room.case()).read_at
    room.clock.pass_by(minutes=1)
    await room.desk.look(room.max, ANA)
    assert (await room.case()).read_at == first == NOON
    await room.ana_writes()
    await room.desk.look(room.max, ANA)
    assert (await room.case()).read_at == room.clock.now()


async def test_every_refusal_is_a_sentence(room: Room) -> None:
    await held_by_max(room)
    for text in ("Is your picture safe?", CAMPAIGN.replies[1].words["en"]):
        with pytest.raises(DeskError) as refused:
            await sends(room, text)
        assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("changes", "goes"),
    [
        ({}, NOON),
        ({"safe_hours": "evening", "level": Level.P1}, at(17)),
        ({"safe_hours": "me_first"}, None),
        ({"withdrawn": True}, None),
    ],
)
async def test_the_closing_words_keep_to_her_hours_and_to_her_no(
    room: Room, changes: dict[str, Any], goes: datetime | None
) -> None:
    await held_by_max(room, last_hers_at=NOON - timedelta(hours=1), **changes)
    await room.desk.resolve(room.max, ANA, "real")
    timer = (await room.timers()).get("case_closed")
    assert timer == (None if goes is None else (goes, "real sw"))
