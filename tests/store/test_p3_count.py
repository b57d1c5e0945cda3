"""Three P3 cases of one chat in 14 days make P2: the store counts the coded rows."""

from __future__ import annotations

from typing import Any

import pytest

from bot.model.case import CaseState
from bot.model.ids import ChatToken
from bot.model.levels import Level
from bot.store.protocol import Store
from tests.store.given import ANA, BEA, DAY, NOW, a_case, open_case


async def close_one(store: Store, name: str, chat: ChatToken = ANA, **more: Any) -> None:
    given = {"level": Level.P3, "state": CaseState.RESOLVED, "closed_at": NOW, "outcome": "real"}
    await open_case(store, a_case(chat, name, **{**given, **more}))


async def recent(store: Store, chat: ChatToken = ANA) -> int:
    return (await store.load_chats([chat], NOW))[chat].p3_recent


async def test_closed_and_shredded_p3_cases_of_her_chat_are_counted(store: Store) -> None:
    await close_one(store, "c1")
    await close_one(store, "c2", state=CaseState.SHREDDED, outcome="")
    await close_one(store, "c3", BEA)

    assert (await recent(store), await recent(store, BEA)) == (2, 1)


@pytest.mark.parametrize(
    "more",
    [
        {"outcome": "mistaken"},
        {"level": Level.P2},
        {"opened_at": NOW - 15 * DAY},
        {"state": CaseState.NEW, "closed_at": None, "outcome": ""},
    ],
)
async def test_mistaken_old_open_and_other_cases_are_not(store: Store, more: dict[str, Any]) -> None:
    await close_one(store, "c1", **more)

    assert await recent(store) == 0
