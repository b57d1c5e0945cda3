"""`safebot flows counts` tells what was learnt, and nothing about a handful of girls."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence

from click.testing import Result

from bot.store.open import open_store
from bot.store.operator_records import AnswerCount
from tests.store.given import a_turn, commit

Run = Callable[..., Result]


async def _answer(url: str, counts: Sequence[AnswerCount]) -> None:
    store = await open_store(url)
    await commit(store, a_turn(1, counts=tuple(counts)))
    await store.close()


def counted(when: str, answer: str, count: int) -> AnswerCount:
    return AnswerCount("kite", "wind", when, answer, answer == "wait", "en", "2026-11", count)


def test_before_and_after_are_told_and_a_handful_is_not(safebot: Run, settings: dict[str, str]) -> None:
    counts = (counted("before", "wait", 3), counted("before", "run", 9), counted("after", "wait", 4))
    asyncio.run(_answer(settings["SAFEBOT_DATABASE_URL"], counts))

    told = safebot("flows", "counts")
    data = json.loads(safebot("flows", "counts", "--format", "json").output)

    assert told.exit_code == 0 and "25 % of 12" in told.output and "few" in told.output
    assert data == [{"flow": "kite", "question": "wind", "before": {"answers": 12, "right_percent": 25}, "after": None}]


def test_without_answers_it_says_how_to_begin(safebot: Run) -> None:
    assert "counts:" in safebot("flows", "counts").output
    assert json.loads(safebot("flows", "counts", "--format", "json").output) == []
