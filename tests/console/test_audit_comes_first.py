"""Made from the table of routes: when the audit cannot be written, no route shows a case or changes one, to whomever it belongs."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.console.routes import ROUTES
from bot.model.ids import CaseId
from bot.model.levels import Level
from tests.console.house import House, a_house
from tests.console.test_every_route import ask
from tests.work.desk_room import addressed

HERS = "words-of-hers-"
NUMBER = 4_242_424_242
ON_A_CASE = [route for route in ROUTES if "{case" in route.path]


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with a_house(tmp_path) as made:
        room = made.room
        lead = await room.store.save_staff(replace(room.lena, roles=("lead",), languages=("sw", "en")))
        for name in ("one", "closed"):
            await room.opens(name, level=Level.P1)
            await addressed(room, name, NUMBER)
            await room.ana_writes(name, HERS)
        await room.desk.claim(lead, CaseId("one"))
        await room.desk.claim(lead, CaseId("closed"))
        await room.desk.resolve(lead, CaseId("closed"), "real")
        yield made


def break_the_audit(folder: Path) -> None:
    with sqlite3.connect(folder / "desk.db") as db:
        db.execute("alter table audit rename to elsewhere")
    db.close()


@pytest.mark.parametrize("case", ["one", "closed"])
async def test_nothing_is_shown_and_nothing_changes(house: House, tmp_path: Path, case: str) -> None:
    lead = await house.browser("Lena")
    token = await lead.token()
    before, entries = await house.room.case(case), await house.room.store.entries(CaseId(case))
    break_the_audit(tmp_path)

    wrong, silent = [], 0
    for route in ON_A_CASE:
        status, _, body = await ask(lead, route, case, token)
        silent += status == 503
        if HERS in body or str(NUMBER) in body or status == 500:
            wrong.append((route.method, route.path, status))
    print(
        f"\n{case}: {len(ON_A_CASE)} routes, {silent} answered that the store does not answer, {len(wrong)} showed something"
    )
    assert wrong == []
    assert (await house.room.case(case), await house.room.store.entries(CaseId(case))) == (before, entries)
    assert await house.room.store.identity_asks(CaseId(case)) == []


async def test_nobody_signs_in_unwritten(house: House, tmp_path: Path) -> None:
    code = await house.accounts.sign_in_link("Max")
    break_the_audit(tmp_path)
    stranger = house.stranger()

    assert (await stranger.get(f"/sign-in/{code}"))[0] == 503
    assert await stranger.get("/queue") == (303, "/sign-in")


async def test_a_look_stands_in_the_audit_before_her_words_leave_the_store(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead, order = await house.browser("Lena"), []
    store = house.room.store
    audit, entries = store.audit, store.entries

    async def noted(line: object) -> None:
        await audit(line)  # type: ignore[arg-type]  # passed on as it came
        order.append("audit")

    async def read(case: CaseId) -> object:
        order.append("entries")
        return await entries(case)

    monkeypatch.setattr(store, "audit", noted)
    monkeypatch.setattr(store, "entries", read)
    assert HERS in (await lead.get("/cases/one?words=open"))[1]
    assert "audit" in order and order.index("audit") < order.index("entries")
