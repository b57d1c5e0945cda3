"""How a case ends: a referral written down, the duty to report settled; what is hidden in her words, and who uncovers it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.cases.permissions import ACTIONS
from bot.model.campaign import Campaign, Country, DutyToReport, Helpline, Source
from bot.model.case import CaseState
from bot.model.ids import CaseId, ChatToken, StaffId
from bot.model.levels import Level
from bot.store.staff_records import Staff
from bot.vault.ring import KeyRing
from bot.vault.vault import Vault
from bot.work.desk.errors import NotPossible, NotYours
from bot.work.desk.masking import hidden_in, masked
from bot.work.desk.referrals import ReferralForm
from bot.work.desk.report_watch import ReportWatch
from bot.work.duty_now import DutyNow
from tests.work.desk_room import Room, a_room

ANA = CaseId("ana1")
DUTY = DutyToReport(("sextortion",), "the police", timedelta(hours=24), Source("the act"))
CAMPAIGN = Campaign(
    "test",
    ("en", "sw"),
    {},
    {"KE": Country("KE", "Kenya", "Africa/Nairobi", duty=DUTY), "NP": Country("NP", "Nepal", "Asia/Kathmandu")},
    (Helpline("ke_child", "KE", "Childline", "child_helpline"),),
    (),
    (),
    {},
)
GOOD = ReferralForm("ke_child", "Nurse Joy", "yes", ("facts",))
REASON = "She quoted the lesson back to us."


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with a_room(tmp_path, campaign=CAMPAIGN) as opened:
        yield opened


async def with_max(room: Room, **facts: object) -> None:
    await room.opens(**{"category": "grooming", **facts})
    await room.desk.claim(room.max, ANA)


async def a_lead(room: Room, name: str = "Nia", role: str = "lead") -> Staff:
    person = Staff(StaffId(0), name, (role,), ("KE",), ("en",), telegram=ChatToken(f"chat of {name}"))
    return await room.store.save_staff(person)


async def test_a_case_is_referred_only_after_its_referral_is_written_down(room: Room) -> None:
    await with_max(room)
    with pytest.raises(NotPossible, match="referral down first"):
        await room.desk.refer(room.max, ANA)

    await room.desk.add_referral(room.max, ANA, GOOD)

    assert (await room.desk.refer(room.max, ANA)).state is CaseState.REFERRED


@pytest.mark.parametrize(
    "wrong",
    [
        {"service": " "},
        {"took_by": ""},
        {"agreement": "perhaps"},
        {"sent": ()},
        {"sent": ("everything",)},
        {"agreement": "told_why"},
        {"follow_up": date(2026, 11, 1)},
        {"follow_up": date(2029, 1, 1)},
    ],
)
async def test_a_referral_that_leaves_something_open_is_not_kept(room: Room, wrong: dict[str, object]) -> None:
    await with_max(room)

    with pytest.raises(NotPossible):
        await room.desk.add_referral(room.max, ANA, replace(GOOD, **wrong))  # type: ignore[arg-type]  # passed on as it came

    assert await room.store.referrals(ANA) == []


async def test_the_words_of_a_referral_are_sealed_with_the_case_and_its_codes_are_not_words(room: Room) -> None:
    await with_max(room)
    form = replace(GOOD, service="Mama Safe House", words="She wants to go on Monday.")
    await room.desk.add_referral(room.max, ANA, form)

    (row,) = await room.store.referrals(ANA)
    (line,) = [x for x in (await room.desk.look(room.max, ANA)).lines if x.kind == "referral"]

    assert row.service == "other" and "Mama" not in repr(row)
    assert dict(line.fields) == {
        "service": "Mama Safe House",
        "took_by": "Nurse Joy",
        "words": "She wants to go on Monday.",
    }
    raw = b"".join(e.body for e in await room.store.entries(ANA))
    assert b"Mama" not in raw and b"Joy" not in raw


async def test_on_its_day_a_referral_comes_back_to_who_had_the_case_and_her_supervisor_also_when_it_is_closed(
    room: Room,
) -> None:
    await with_max(room)
    await room.desk.add_referral(room.max, ANA, replace(GOOD, follow_up=date(2026, 11, 23)))
    await room.desk.refer(room.max, ANA)
    assert await room.desk.follow_ups(room.max) == []

    room.clock.pass_by(days=3)
    seen = [await room.desk.follow_ups(who) for who in (room.max, room.lena, room.olga, room.sam)]

    assert [[(f.service, f.late) for f in one] for one in seen] == [[("Childline", False)]] * 2 + [[], []]
    (row,) = await room.store.referrals(ANA)
    with pytest.raises(NotYours):
        await room.desk.followed_up(room.olga, ANA, row.id, None)
    await room.desk.followed_up(room.max, ANA, row.id, again=date(2026, 12, 1))
    with pytest.raises(NotPossible):
        await room.desk.followed_up(room.lena, ANA, row.id, None)
    assert await room.desk.follow_ups(room.lena) == []
    room.clock.pass_by(days=9)
    assert [f.late for f in await room.desk.follow_ups(room.lena)] == [True]


async def test_nothing_is_closed_while_a_duty_to_report_is_open(room: Room) -> None:
    await with_max(room, category="sextortion")
    case = await room.case()
    assert case.report_by == room.clock.now() + timedelta(hours=24)
    for outcome in ("real", "mistaken", "prank"):
        with pytest.raises(NotPossible, match="duty to report"):
            await room.desk.resolve(room.max, ANA, outcome)

    await room.desk.reported(room.max, ANA, "Officer Jenny", "today 12:10", "OB 12/7")

    assert (await room.desk.resolve(room.max, ANA, "real")).state is CaseState.RESOLVED


async def test_a_low_case_comes_under_the_duty_when_it_turns_out_to_be_real(room: Room) -> None:
    await with_max(room, category="sextortion", level=Level.P3)
    assert (await room.case()).report_by is None

    with pytest.raises(NotPossible, match="duty to report"):
        await room.desk.resolve(room.max, ANA, "real")

    assert (await room.case()).report_by is not None and (await room.case()).open


async def test_a_low_case_that_was_a_prank_does_not(room: Room) -> None:
    await with_max(room, category="sextortion", level=Level.P3)

    assert (await room.desk.resolve(room.max, ANA, "prank")).report_by is None


async def test_not_reporting_needs_a_reason_and_two_people_of_whom_one_decides(room: Room) -> None:
    await with_max(room, category="sextortion")
    nia = await a_lead(room)
    with pytest.raises(NotPossible):
        await room.desk.ask_not_reported(room.max, ANA, "no")
    await room.desk.ask_not_reported(room.max, ANA, REASON)

    with pytest.raises(NotYours):
        await room.desk.settle_not_reported(room.max, ANA, agree=True)
    with pytest.raises(NotPossible, match="who decides"):
        await room.desk.settle_not_reported(room.lena, ANA, agree=True)  # a supervisor; the country wants a lead
    with pytest.raises(NotPossible):
        await room.desk.resolve(room.max, ANA, "mistaken")
    await room.desk.settle_not_reported(nia, ANA, agree=True)

    case = await room.desk.resolve(room.max, ANA, "mistaken")
    assert (case.report, case.report_asked_by) == ("not_reported", room.max.id)
    assert {"duty", "agree_not_reported"} <= set(await room.actions())


async def test_a_lead_who_asks_needs_somebody_else_and_a_no_begins_anew(room: Room) -> None:
    await with_max(room, category="sextortion")
    nia = await a_lead(room)
    await room.desk.ask_not_reported(nia, ANA, REASON)
    with pytest.raises(NotYours):
        await room.desk.settle_not_reported(nia, ANA, agree=True)

    await room.desk.settle_not_reported(room.lena, ANA, agree=False)
    assert (await room.case()).report == ""
    await room.desk.ask_not_reported(nia, ANA, REASON)
    await room.desk.settle_not_reported(room.lena, ANA, agree=True)

    assert (await room.case()).report == "not_reported"


async def test_a_raise_to_a_grave_level_starts_the_clock(room: Room) -> None:
    await room.opens(category="sextortion", level=Level.P3)

    assert (await room.desk.raise_level(room.lena, ANA, Level.P2)).report_by is not None


async def test_leads_are_told_of_a_deadline_once_when_it_is_near_and_once_when_it_is_missed(room: Room) -> None:
    await with_max(room, category="sextortion")
    await a_lead(room)
    people = DutyNow(room.store)
    await people.refresh()
    watch = ReportWatch(room.store, Vault(KeyRing.new(), room.vault._keys), _running(), people, room.clock)

    told = [await watch.look()]
    for hours in (18, 1, 6, 1):
        room.clock.pass_by(hours=hours)
        told.append(await watch.look())

    assert told == [0, 1, 0, 1, 0]
    rows = await room.store.claim_outbox("me", room.clock.now(), 10, room.clock.now())
    assert [row.chat for row in rows] == ["chat of Nia"] * 2
    assert {"case.report_soon", "case.report_missed"} <= set(await room.actions())


def _running() -> object:
    class Running:
        campaign = CAMPAIGN

    return Running()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("he wrote from +254 700 123 456 today", "he wrote from [phone] today"),
        ("his page www.example.com/a and @bad_guy.9", "his page [link] and [handle]"),
        ("pay to mpesa 0700123456!", "pay to mpesa [phone]!"),
        ("mail a.b@example.org", "mail [email]"),
        ("his insta is lucky_boy99 ok", "his insta is [handle] ok"),
        ("snap: luckyboy", "snap: [handle]"),
        ("his insta is private", "his insta is private"),
        ("he is 45 and I am 13", "he is 45 and I am 13"),
        ("०७००१२३४५६ मा फोन", "[phone] मा फोन"),
        ("\ue000phone\ue001 written by herself", "phone written by herself"),
    ],
)
def test_what_leads_to_a_person_is_hidden_in_her_words_and_the_rest_stays(text: str, shown: str) -> None:
    assert masked(text).replace("\ue000", "[").replace("\ue001", "]") == shown


def test_a_wall_of_text_is_masked_to_its_end() -> None:
    text = ("nothing " * 4000) + "0700123456 " + ("nothing " * 3000) + "0711123456"

    assert "0700123456" not in masked(text) and "0711123456" not in masked(text)
    assert len(hidden_in(text)) == 2


async def test_everybody_reads_her_words_masked_also_the_lead(room: Room) -> None:
    await with_max(room)
    nia = await a_lead(room)
    await room.ana_writes(text="he calls from 0700123456")

    for who in (room.max, room.lena, nia):
        lines = (await room.desk.look(who, ANA)).lines
        assert "0700123456" not in repr(lines)
    assert lines[-1].hidden == ("phone",)


async def test_a_lead_uncovers_one_with_a_reason_and_it_is_kept_sealed_and_not_shown_again(room: Room) -> None:
    await with_max(room)
    nia = await a_lead(room)
    await room.ana_writes(text="he calls from 0700123456 and 0711123456")
    line = (await room.desk.look(nia, ANA)).lines[-1].id
    for who in (room.max, room.lena):
        with pytest.raises(NotYours):
            await room.desk.unmask(who, ANA, line, 1, "For the police desk.")
    with pytest.raises(NotPossible):
        await room.desk.unmask(nia, ANA, line, 1, "why")
    with pytest.raises(NotYours):
        await room.desk.unmask(nia, ANA, line, 3, "For the police desk.")

    shown = await room.desk.unmask(nia, ANA, line, 2, "For the police desk.")

    assert (shown.kind, shown.text) == ("phone", "0711123456")
    lines = (await room.desk.look(nia, ANA)).lines
    assert "0711123456" not in repr(lines)
    assert dict(lines[-1].fields) == {"kind": "phone", "reason": "For the police desk."}
    audit = [x for x in await room.store.audit_lines(0, 1000) if x.action == "unmask"]
    assert [(x.staff, x.case, x.detail) for x in audit] == [(nia.id, ANA, f"line {line} phone")]


def test_every_new_action_stands_in_the_table() -> None:
    assert {"referral", "follow_up", "duty", "agree_not_reported", "unmask"} <= set(ACTIONS)


async def test_nothing_that_is_written_about_her_is_ever_sent_to_her(room: Room) -> None:
    await with_max(room, category="sextortion")
    nia = await a_lead(room)
    await room.ana_writes(text="he calls from 0700123456")
    line = (await room.desk.look(nia, ANA)).lines[-1].id
    before = set(await room.timers())

    await room.desk.note(room.max, ANA, "A note.")
    await room.desk.whisper(room.lena, ANA, "A whisper.")
    await room.desk.add_referral(room.max, ANA, GOOD)
    await room.desk.unmask(nia, ANA, line, 1, "For the police desk.")
    await room.desk.ask_not_reported(room.max, ANA, REASON)
    await room.desk.settle_not_reported(nia, ANA, agree=False)
    await room.desk.reported(room.max, ANA, "Officer Jenny", "today", "OB 7")

    rows = await room.store.claim_outbox("me", room.clock.now(), 100, room.clock.now())
    chat = (await room.case()).chat
    assert [row for row in rows if row.chat == chat] == []
    assert set(await room.timers()) == before
    assert await room.store.replies(ANA) == []
