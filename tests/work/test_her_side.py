"""Her side through the whole bot: a reply behind its neutral line, gone after a day, in her language, at her hours."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.flowfile.load import load
from bot.model.case import Case
from bot.model.ids import StaffId
from bot.store.case_records import CaseWrite
from bot.store.desk_records import DeskWrite
from bot.store.reply_records import ReplyState
from bot.store.staff_records import Staff
from bot.work.desk.desk import Desk
from bot.work.sealing import open_mark
from tests.work.bot_room import SERIOUS, BotRoom, bot_room, until

ROOT = Path(__file__).parents[2]


@dataclass
class Talk:
    """Ana's bot and Max's desk on one store."""

    bot: BotRoom
    desk: Desk
    max: Staff

    async def case(self) -> Case:
        (case,) = await self.bot.cases()
        return case

    async def replies(self, text: str = "purple words", **wait: float) -> str:
        """Max replies, and the bot takes it; return the reply's id."""
        reply = await self.desk.reply(self.max, (await self.case()).id, text)
        await self.passes(**(wait or {"seconds": 6}))
        return reply.id

    async def passes(self, **time: float) -> None:
        self.bot.clock.jump(**time)
        await self.bot.timers.ring_due()

    async def state_of(self, reply: str) -> ReplyState:
        found = await self.bot.store.reply(reply)
        assert found is not None
        return found.state


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with bot_room(tmp_path, sending=True) as bot:
        await bot.arrives()
        await bot.does(SERIOUS)
        house = bot.house
        desk = Desk(bot.store, bot.vault, bot.clock, lambda: house.campaign.clocks, campaign=lambda: house.campaign)
        staff = await bot.store.save_staff(Staff(StaffId(0), "Max", ("moderator",), ("KE",), ("en", "sw")))
        made = Talk(bot, desk, staff)
        await desk.claim(staff, (await made.case()).id)
        yield made


async def test_her_status_is_true_at_every_step(talk: Talk) -> None:
    async def status() -> str:
        before = len(talk.bot.telegram.texts())
        await talk.bot.does("!status")
        await until(lambda: len(talk.bot.telegram.texts()) > before)
        return talk.bot.telegram.texts()[-1]

    case = await talk.case()
    told = [await status()]
    await talk.desk.look(talk.max, case.id)
    told.append(await status())
    await talk.bot.does("one more thing")
    told.append(await status())
    await talk.desk.look(talk.max, case.id)
    sent = await talk.desk.reply(talk.max, case.id, "purple words")
    told.append(await status())
    await talk.passes(seconds=6)
    assert await talk.state_of(sent.id) is ReplyState.SENT
    told.append(await status())

    assert [text.removeprefix("status.") for text in told] == ["taken", "claimed", "taken", "claimed", "unopened"]


async def test_a_reply_comes_as_a_neutral_line_and_its_words_only_after_two_taps(talk: Talk) -> None:
    await talk.replies()
    await until(lambda: any("reply.neutral" in text for text in talk.bot.telegram.texts()))
    assert not any("purple" in text for text in talk.bot.telegram.texts())
    await talk.bot.does("!open")
    await talk.bot.does("!safe")
    await until(lambda: any("purple" in text for text in talk.bot.telegram.texts()))
    (shown,) = [text for text in talk.bot.telegram.texts() if "purple" in text]
    assert shown.startswith("reply.person")


async def test_a_reply_nobody_opens_goes_after_a_day_with_its_neutral_line_and_the_moderator_sees_it(
    talk: Talk,
) -> None:
    reply = await talk.replies()
    chat = talk.bot.chat()

    async def neutral() -> list[int]:
        box = (await talk.bot.vault.boxes([f"chat:{chat}"]))[f"chat:{chat}"]
        marks = await talk.bot.store.marks(chat, talk.bot.clock.now() - timedelta(hours=48))
        return [number for number, of in (open_mark(box, chat, mark.body) for mark in marks) if of == reply]

    await until(lambda: any("reply.neutral" in text for text in talk.bot.telegram.texts()))
    before = len(talk.bot.telegram.texts())
    async with asyncio.timeout(5):
        while not (marked := await neutral()):
            await asyncio.sleep(0.001)

    await talk.passes(hours=24, minutes=1)

    await until(lambda: talk.bot.telegram.deleted == [tuple(marked)])
    assert len(talk.bot.telegram.texts()) == before, "nothing is said"
    assert await talk.state_of(reply) is ReplyState.UNOPENED
    view = await talk.desk.look(talk.max, (await talk.case()).id)
    assert [line.reply for line in view.lines if line.kind == "moderator"] == [ReplyState.UNOPENED]
    assert (await talk.bot.conversation()).waiting == ()


async def test_a_reply_that_comes_late_in_her_day_still_has_its_own_day(talk: Talk) -> None:
    talk.bot.clock.jump(hours=20)
    reply = await talk.replies()
    talk.bot.clock.jump(hours=8)
    await talk.bot.does("!open")
    await talk.bot.does("!safe")
    assert await talk.state_of(reply) is ReplyState.OPENED


async def test_after_days_of_silence_a_reply_comes_in_the_language_of_her_case(talk: Talk) -> None:
    ours = load(ROOT).campaign
    assert ours is not None
    catalogues = {language: {"bot": ours.catalogues[language]["bot"]} for language in ("en", "sw")}
    talk.bot.house.campaign = replace(talk.bot.house.campaign, catalogues=catalogues)
    in_swahili = CaseWrite(replace(await talk.case(), language="sw"))
    assert await talk.bot.store.commit_desk(DeskWrite(case=in_swahili))
    talk.bot.clock.jump(days=3)
    await talk.replies()
    await until(lambda: "Kuna kitu kipya hapa." in talk.bot.telegram.texts())


async def test_a_tap_is_no_message_so_a_reply_on_its_way_stays_on_its_way(talk: Talk) -> None:
    sent = await talk.desk.reply(talk.max, (await talk.case()).id, "purple words")
    for tap in ("!status", "!hours_morning"):
        await talk.bot.does(tap)
        assert await talk.state_of(sent.id) is ReplyState.PENDING
    await talk.bot.does("wait, one more thing")
    assert await talk.state_of(sent.id) is ReplyState.DRAFT


async def test_her_hours_stand_with_her_case_and_her_answer_with_the_one_that_was_closed(talk: Talk) -> None:
    await talk.bot.does("!hours_evening")
    case = await talk.case()
    assert case.safe_hours == "evening"
    await talk.desk.look(talk.max, case.id)
    await talk.desk.resolve(talk.max, case.id, "real")
    await talk.passes(seconds=1)
    await until(lambda: "helped.ask" in talk.bot.telegram.texts())
    await talk.bot.does("!helped_little")
    over = await talk.bot.store.case(case.id)
    assert over is not None and over.helped == "little"


async def test_after_days_of_silence_the_closing_words_come_in_the_language_of_her_case(talk: Talk) -> None:
    ours = load(ROOT).campaign
    assert ours is not None
    catalogues = {language: {"bot": ours.catalogues[language]["bot"]} for language in ("en", "sw")}
    talk.bot.house.campaign = replace(talk.bot.house.campaign, catalogues=catalogues)
    in_swahili = CaseWrite(replace(await talk.case(), language="sw"))
    assert await talk.bot.store.commit_desk(DeskWrite(case=in_swahili))
    talk.bot.clock.jump(days=3)
    await talk.desk.claim(talk.max, in_swahili.case.id)
    await talk.desk.resolve(talk.max, in_swahili.case.id, "mistaken")
    await talk.passes(seconds=1)
    await until(lambda: any(text.startswith("Asante kwa muda") for text in talk.bot.telegram.texts()))
