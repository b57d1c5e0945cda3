"""A counted quiz, from the tap to the store: committed with the turn, and nobody's."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

from bot.model.flow import Counts, Quiz
from bot.store.operator_records import AnswerCount
from tests.work.bot_room import HOUSE, BotRoom, bot_room


async def at_the_quiz(room: BotRoom) -> None:
    """Bring Ana to a quiz that is counted before its story."""
    lesson = HOUSE.flows["lesson"]
    quiz = lesson.steps["quiz"]
    assert isinstance(quiz, Quiz)
    steps = {**lesson.steps, "quiz": replace(quiz, counts=Counts("love", "before"))}
    room.house.campaign = replace(HOUSE, flows={**HOUSE.flows, "lesson": replace(lesson, steps=steps)})
    await room.arrives()
    await room.does("/start s7")
    await room.does("yes")


async def test_an_answer_is_counted_with_its_turn_and_says_nothing_of_her(tmp_path: Path) -> None:
    async with bot_room(tmp_path) as room:
        await at_the_quiz(room)
        await room.does("pressure", update=900)
        await room.does("pressure", update=900)
        month = f"{room.clock.now():%Y-%m}"
        kept = await room.store.answer_counts()

        assert kept == [AnswerCount("lesson", "love", "before", "pressure", right=True, language="en", month=month)]
        assert room.chat() not in str(asdict(kept[0]))


async def test_after_a_wipe_the_count_stays_and_she_is_gone(tmp_path: Path) -> None:
    async with bot_room(tmp_path) as room:
        await at_the_quiz(room)
        await room.does("love")
        await room.does("!wipe_yes")

        assert [count.answer for count in await room.store.answer_counts()] == ["love"]
