"""Counted answers: added up by the turn they came with, and nothing in them leads back to a chat."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict, replace
from pathlib import Path

from bot.store import migrations
from bot.store.open import open_store
from bot.store.operator_records import AnswerCount
from bot.store.protocol import Store
from bot.store.turn_records import Outcome
from tests.store.given import ANA, BEA, DAY, NOW, a_turn, commit

RIGHT = AnswerCount("pressure", "whose_fault", "before", "his", right=True, language="en", month="2030-03")


async def test_each_answer_adds_one_to_its_count(store: Store) -> None:
    wrong = replace(RIGHT, answer="mine", right=False)
    await commit(store, a_turn(1, counts=(RIGHT,)), a_turn(2, BEA, counts=(RIGHT, wrong)))

    assert sorted(await store.answer_counts(), key=lambda c: c.answer) == [replace(RIGHT, count=2), wrong]


async def test_a_turn_that_was_seen_before_counts_nothing(store: Store) -> None:
    await commit(store, a_turn(1, counts=(RIGHT,)))
    again = await commit(store, a_turn(1, version=1, counts=(RIGHT,)))

    assert again[0].outcome is Outcome.DUPLICATE
    assert await store.answer_counts() == [RIGHT]


async def test_a_turn_that_is_not_written_counts_nothing(store: Store) -> None:
    await commit(store, a_turn(1, version=7, counts=(RIGHT,)))

    assert await store.answer_counts() == []


async def test_before_and_after_months_and_languages_are_apart(store: Store) -> None:
    others = (RIGHT, replace(RIGHT, when="after"), replace(RIGHT, month="2030-04"), replace(RIGHT, language="sw"))
    await commit(store, a_turn(1, counts=others))

    assert set(await store.answer_counts()) == set(others)


async def test_counts_stay_when_everything_of_hers_is_gone(
    store: Store, another: Callable[[], Awaitable[Store]]
) -> None:
    await commit(store, a_turn(1, counts=(RIGHT,)))
    await store.expire(NOW + 100 * DAY)

    assert await (await another()).answer_counts() == [RIGHT]
    assert ANA not in str(asdict(RIGHT))


async def test_a_file_of_the_first_version_learns_to_count(tmp_path: Path) -> None:
    migrations.migrate(tmp_path / "bot.db", "safebot", migrations.MAIN[:1])
    store = await open_store(str(tmp_path / "bot.db"))
    await commit(store, a_turn(1, counts=(RIGHT,)))

    assert await store.answer_counts() == [RIGHT]
    await store.close()
