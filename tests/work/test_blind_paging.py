"""When nothing can be written down nothing is shown, and a girl in danger still reaches the lead: coded facts, straight to Telegram."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.model.ids import CaseId, ChatToken
from bot.model.levels import Level
from bot.model.outbox import Message, TryAgain
from bot.store.errors import StoreError
from bot.work.calling.blind_paging import AGAIN_AFTER, BlindPager
from bot.work.desk.core import DeskCore
from bot.work.duty_now import DutyNow
from bot.work.emergency import Emergency
from tests.work.bot_room import ANA, DANGER, Recording, bot_room
from tests.work.desk_room import Room, a_room, addressed

NIA = 777_001


@dataclass
class Blind:
    room: Room
    telegram: Recording
    pager: BlindPager
    folder: Path

    def break_the_audit(self) -> None:
        with sqlite3.connect(self.folder / "desk.db") as db:
            db.execute("alter table audit rename to elsewhere")
        db.close()

    async def people(self, **facts: object) -> None:
        """Make Lena the lead, with a linked chat of her own."""
        await self.room.opens("herchat")
        await addressed(self.room, "herchat", NIA)
        chat = (await self.room.case("herchat")).chat
        lead = replace(self.room.lena, roles=("lead",), telegram=chat, **facts)  # type: ignore[arg-type]  # passed on as it came
        await self.room.store.save_staff(lead)
        await self.pager.people.refresh()


@pytest.fixture
async def blind(tmp_path: Path) -> AsyncIterator[Blind]:
    async with a_room(tmp_path) as room:
        telegram = Recording(room.clock)  # type: ignore[arg-type]  # any clock will do
        pager = BlindPager(room.store, room.vault, DutyNow(room.store), room.clock, telegram)
        made = Blind(room, telegram, pager, tmp_path)
        await made.people()
        yield made


async def test_while_the_audit_can_be_written_nobody_is_called_so(blind: Blind) -> None:
    await blind.room.opens(level=Level.P1)

    assert await blind.pager.look() == 0


async def test_when_it_cannot_nothing_is_shown_and_the_lead_is_called_in_coded_words(blind: Blind) -> None:
    await blind.room.opens(level=Level.P1)
    blind.break_the_audit()

    desk: DeskCore = blind.room.desk
    with pytest.raises(StoreError):
        await desk.look(blind.room.lena, CaseId("ana1"))  # type: ignore[attr-defined]  # the desk has every verb
    with pytest.raises(StoreError):
        await desk.claim(blind.room.max, CaseId("ana1"))  # type: ignore[attr-defined]  # the desk has every verb
    assert await blind.pager.look() == 1
    ((number, text),) = sent(blind.telegram)
    assert number == NIA and all(fact in text for fact in ("P1", "sextortion", "sw", "KE", "Otter 12"))
    assert "please help me" not in text


async def test_a_case_is_told_once_an_hour_and_lesser_ones_not_at_all(blind: Blind) -> None:
    await blind.room.opens(level=Level.P1)
    await blind.room.opens("ben1", level=Level.P2)
    blind.break_the_audit()

    assert [await blind.pager.look(), await blind.pager.look()] == [1, 0]
    blind.room.clock.at += AGAIN_AFTER
    assert await blind.pager.look() == 1


async def test_what_telegram_refused_is_tried_again(blind: Blind) -> None:
    await blind.room.opens(level=Level.P1)
    blind.break_the_audit()
    blind.telegram.answers[NIA] = [TryAgain("http_502")]

    assert [await blind.pager.look(), await blind.pager.look()] == [0, 1]


async def test_a_complaint_about_our_own_people_is_not_told_to_the_desk(blind: Blind) -> None:
    await blind.room.opens(level=Level.P1, category="staff_conduct", desk="focal")
    blind.break_the_audit()

    assert await blind.pager.look() == 0


async def test_words_that_could_not_be_kept_at_all_are_told_to_a_lead_once(tmp_path: Path) -> None:
    async with bot_room(tmp_path) as bot:
        told: list[tuple[ChatToken, Level, str, str]] = []

        class Lead:
            async def heard(self, token: ChatToken, level: Level, category: str, language: str) -> None:
                told.append((token, level, category, language))

        job = bot.turns._heard(bot.job(DANGER))
        await Emergency(bot.telegram, bot.clock, Lead()).help([job, bot.turns._heard(bot.job("hello"))])

    assert [(token, level) for token, level, _, _ in told] == [(bot.chat(ANA), Level.P1)]


async def test_a_lead_is_called_for_words_without_a_case_by_language_else_whoever_is_there(blind: Blind) -> None:
    await blind.pager.look()  # learns the numbers while the store still answers
    for language in ("en", "km"):
        await blind.pager.heard(ChatToken(f"girl-{language}"), Level.P1, "self_harm", language)
        await blind.pager.heard(ChatToken(f"girl-{language}"), Level.P1, "self_harm", language)
    await blind.pager.heard(ChatToken("girl-3"), Level.P2, "self_harm", "en")
    await blind.pager.heard(ChatToken("girl-4"), Level.P1, "staff_conduct", "en")

    assert [number for number, _ in sent(blind.telegram)] == [NIA, NIA]
    assert all("not in the queue" in text and "girl-" not in text for _, text in sent(blind.telegram))


def sent(telegram: Recording) -> list[tuple[int, str]]:
    return [(number, parcel.text) for number, parcel, _ in telegram.took if isinstance(parcel, Message)]
