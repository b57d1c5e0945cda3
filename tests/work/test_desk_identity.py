"""Whose chat it is: two people decide, in danger now one may look and is confirmed within a day; each look is written down first."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model.ids import CaseId, StaffId
from bot.model.levels import Level
from bot.store.errors import StoreError
from bot.store.staff_records import Staff
from bot.vault.audit_check import AuditCheck
from bot.work.desk.errors import NotPossible, NotYours
from bot.work.desk.identity import CONFIRM_WITHIN, Identities
from bot.work.desk.identity_watch import IdentityWatch
from tests.work.desk_room import Room, a_room, addressed

ANA = CaseId("ana1")
NUMBER = 4_242_424_242
WHY = "The child line in Nairobi sends somebody."


@dataclass
class Desk:
    room: Room
    who: Identities
    lead: Staff
    deputy: Staff

    async def actions(self) -> list[str]:
        return [a for a in await self.room.actions() if "identity" in a]

    async def watch(self) -> int:
        return await IdentityWatch(self.room.store, self.room.clock).look()


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with a_room(tmp_path) as room:
        people = [
            await room.store.save_staff(Staff(StaffId(0), name, (role,), ("KE",), ("en",)))
            for name, role in (("Nia", "lead"), ("Dan", "deputy"))
        ]
        await room.opens(level=Level.P1)
        await addressed(room, "ana1", NUMBER)
        yield Desk(room, Identities(room.desk), *people)


async def test_nothing_is_shown_before_a_second_person_agreed(desk: Desk) -> None:
    ask = await desk.who.ask(desk.lead, ANA, WHY, alone=False)
    with pytest.raises(NotPossible):
        await desk.who.show(desk.lead, ANA, ask.id)
    with pytest.raises(NotPossible, match="second person"):
        await desk.who.decide(desk.lead, ANA, ask.id, agree=True)
    await desk.who.decide(desk.room.lena, ANA, ask.id, agree=True)

    assert await desk.who.show(desk.lead, ANA, ask.id) == NUMBER
    assert await desk.actions() == ["ask_identity", "identity_agreed", "identity_shown"]


async def test_in_danger_now_a_lead_looks_alone_and_a_colleague_confirms(desk: Desk) -> None:
    ask = await desk.who.ask(desk.lead, ANA, WHY, alone=True)
    assert await desk.who.show(desk.lead, ANA, ask.id) == NUMBER
    await desk.who.decide(desk.deputy, ANA, ask.id, agree=True)
    desk.room.clock.at += 2 * CONFIRM_WITHIN

    assert await desk.watch() == 0


async def test_below_p1_nobody_looks_alone(desk: Desk) -> None:
    await desk.room.opens("ben1", level=Level.P2)

    with pytest.raises(NotPossible, match="P1"):
        await desk.who.ask(desk.lead, CaseId("ben1"), WHY, alone=True)


async def test_what_nobody_confirms_within_a_day_is_reported_once(desk: Desk) -> None:
    ask = await desk.who.ask(desk.lead, ANA, WHY, alone=True)
    desk.room.clock.at += CONFIRM_WITHIN - timedelta(seconds=1)
    assert await desk.watch() == 0
    desk.room.clock.at += timedelta(seconds=1)

    assert [await desk.watch(), await desk.watch()] == [1, 0]
    assert await desk.actions() == ["ask_identity", "identity_breach"]
    (line,) = await desk.who.of_mine(desk.room.lena)
    assert line.breach and line.may_decide and line.ask.id == ask.id


async def test_a_colleague_who_does_not_agree_reports_the_look_at_once_and_closes_it(desk: Desk) -> None:
    ask = await desk.who.ask(desk.lead, ANA, WHY, alone=True)
    await desk.who.decide(desk.deputy, ANA, ask.id, agree=False)

    with pytest.raises(NotPossible):
        await desk.who.show(desk.lead, ANA, ask.id)
    assert (await desk.actions())[-2:] == ["identity_refused", "identity_breach"]
    desk.room.clock.at += 2 * CONFIRM_WITHIN
    assert await desk.watch() == 0


async def test_it_can_be_confirmed_after_the_case_was_closed_and_not_shown_any_more(desk: Desk) -> None:
    ask = await desk.who.ask(desk.lead, ANA, WHY, alone=True)
    await desk.room.desk.claim(desk.lead, ANA)
    await desk.room.desk.resolve(desk.lead, ANA, "real")

    with pytest.raises(NotYours):
        await desk.who.show(desk.lead, ANA, ask.id)
    assert (await desk.who.decide(desk.deputy, ANA, ask.id, agree=True)).agreed


async def test_an_answer_is_given_once(desk: Desk) -> None:
    ask = await desk.who.ask(desk.lead, ANA, WHY, alone=False)
    await desk.who.decide(desk.deputy, ANA, ask.id, agree=False)

    with pytest.raises(NotPossible, match="decided"):
        await desk.who.decide(desk.room.lena, ANA, ask.id, agree=True)
    with pytest.raises(NotPossible):
        await desk.who.show(desk.lead, ANA, ask.id)


async def test_only_who_asked_sees_it_and_only_for_a_day(desk: Desk) -> None:
    ask = await desk.who.ask(desk.lead, ANA, WHY, alone=True)
    with pytest.raises(NotPossible):
        await desk.who.show(desk.deputy, ANA, ask.id)
    desk.room.clock.at += timedelta(hours=25)
    with pytest.raises(NotPossible):
        await desk.who.show(desk.lead, ANA, ask.id)


@pytest.mark.parametrize("name", ["max", "olga", "sam"])
async def test_who_is_no_lead_of_this_desk_neither_asks_nor_agrees_nor_knows(desk: Desk, name: str) -> None:
    person = getattr(desk.room, name)
    ask = await desk.who.ask(desk.lead, ANA, WHY, alone=True)

    for attempt in (
        desk.who.ask(person, ANA, WHY, alone=True),
        desk.who.decide(person, ANA, ask.id, agree=True),
        desk.who.show(person, ANA, ask.id),
        desk.who.of_case(person, ANA),
        desk.who.of_case(person, CaseId("never")),
    ):
        with pytest.raises(NotYours):
            await attempt
    assert await desk.who.of_mine(person) == []


async def test_a_supervisor_agrees_and_does_not_ask(desk: Desk) -> None:
    with pytest.raises(NotYours):
        await desk.who.ask(desk.room.lena, ANA, WHY, alone=True)


async def test_an_ask_of_another_case_opens_nothing_here(desk: Desk) -> None:
    await desk.room.opens("ben1", level=Level.P1)
    ask = await desk.who.ask(desk.lead, CaseId("ben1"), WHY, alone=True)

    with pytest.raises(NotYours):
        await desk.who.show(desk.lead, ANA, ask.id)


async def test_without_a_reason_nothing_is_asked(desk: Desk) -> None:
    with pytest.raises(NotPossible, match="sentence"):
        await desk.who.ask(desk.lead, ANA, " because ", alone=True)
    assert await desk.actions() == []


async def test_the_reason_is_sealed_and_the_audit_has_no_words_of_it(desk: Desk, tmp_path: Path) -> None:
    await desk.who.ask(desk.lead, ANA, WHY, alone=True)
    (entry,) = [e for e in await desk.room.store.entries(ANA) if e.kind == "identity"]
    lines = await desk.room.store.audit_lines(0, 100)

    assert b"Nairobi" not in entry.body and not any("Nairobi" in line.detail for line in lines)
    assert AuditCheck(()).run(lines) == []


async def test_when_the_look_cannot_be_written_down_nothing_is_shown(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = await desk.who.ask(desk.lead, ANA, WHY, alone=True)
    opened: list[str] = []

    async def broken(_line: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(desk.room.store, "audit", broken)
    monkeypatch.setattr(desk.room.vault, "open", lambda sealed, about: opened.append(about))
    with pytest.raises(StoreError):
        await desk.who.show(desk.lead, ANA, ask.id)
    assert opened == []


async def test_an_address_that_is_gone_or_of_a_lost_ring_is_said_to_be_gone(desk: Desk) -> None:
    await desk.room.opens("ben1", level=Level.P1)
    ask = await desk.who.ask(desk.lead, CaseId("ben1"), WHY, alone=True)

    assert await desk.who.show(desk.lead, CaseId("ben1"), ask.id) is None


async def test_a_focal_point_asks_for_complaints_only_and_another_one_agrees(desk: Desk) -> None:
    focal = [
        await desk.room.store.save_staff(Staff(StaffId(0), name, ("focal_point",), ("NL",), ("en",)))
        for name in ("Fay", "Gus")
    ]
    await desk.room.opens("complaint", category="staff_conduct", desk="focal", level=Level.P2)
    complaint = CaseId("complaint")
    ask = await desk.who.ask(focal[0], complaint, WHY, alone=False)

    for other in (desk.lead, desk.deputy, desk.room.lena, replace(desk.lead, roles=("lead", "supervisor"))):
        with pytest.raises(NotYours):
            await desk.who.decide(other, complaint, ask.id, agree=True)
    assert (await desk.who.decide(focal[1], complaint, ask.id, agree=True)).agreed
    with pytest.raises(NotYours):
        await desk.who.ask(focal[0], ANA, WHY, alone=True)


async def test_whoever_may_be_the_second_person_is_called_in_her_own_chat(desk: Desk) -> None:
    await desk.room.opens("dans")
    await addressed(desk.room, "dans", 555)
    chat = (await desk.room.case("dans")).chat
    await desk.room.store.save_staff(replace(desk.deputy, telegram=chat))
    await desk.who.ask(desk.lead, ANA, WHY, alone=True)
    rows = await desk.room.store.claim_outbox("me", desk.room.clock.now(), 10, desk.room.clock.now())
    box = (await desk.room.vault.boxes([f"chat:{chat}"]))[f"chat:{chat}"]

    (row,) = [row for row in rows if row.chat == chat]
    text = box.open(row.body, f"outbox:{chat}")
    assert b"whose chat" in text and b"P1" in text and b"Nairobi" not in text
