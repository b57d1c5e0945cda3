"""Asking whose chat it is, over HTTP: a second look at who asks, one number in one answer, and a list for leads."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.model.ids import CaseId, StaffId
from bot.model.levels import Level
from bot.store.staff_records import Staff
from tests.console.house import House, a_house
from tests.work.desk_room import addressed

WHY = "The child line in Nairobi sends somebody."
NUMBER = 4_242_424_242


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with a_house(tmp_path) as made:
        await made.room.store.save_staff(Staff(StaffId(0), "Nia", ("lead",), ("KE",), ("en",)))
        await made.room.opens(level=Level.P1)
        await addressed(made.room, "ana1", NUMBER)
        yield made


async def ask_id(house: House) -> str:
    return (await house.room.store.identity_asks(CaseId("ana1")))[0].id


async def test_a_lead_looks_alone_a_supervisor_confirms_and_the_list_tells(house: House) -> None:
    nia, lena = await house.browser("Nia"), await house.browser("Lena")
    assert await nia.send("/cases/ana1/identity/ask", reason=WHY, how="alone") == (303, "/cases/ana1/identity")
    _, before = await nia.get("/cases/ana1/identity")
    assert "to be confirmed by" in before and str(NUMBER) not in before
    assert "waits for you" in (await lena.get("/identity"))[1]

    status, shown = await nia.send("/cases/ana1/identity/show", ask=await ask_id(house))
    assert status == 200 and str(NUMBER) in shown
    assert str(NUMBER) not in (await nia.get("/cases/ana1/identity"))[1]
    assert (await lena.send("/cases/ana1/identity/decide", ask=await ask_id(house), agree="yes"))[0] == 303
    assert "Lena agreed" in (await nia.get("/identity"))[1]


async def test_after_five_minutes_she_is_asked_again_who_she_is(house: House) -> None:
    nia = await house.browser("Nia")
    await nia.send("/cases/ana1/identity/ask", reason=WHY, how="alone")
    house.room.clock.pass_by(minutes=6)

    back = "/confirm?back=/cases/ana1/identity"
    assert await nia.get("/cases/ana1/identity") == (303, back)
    assert await nia.send("/cases/ana1/identity/show", ask=await ask_id(house)) == (303, back)
    house.accounts.demo_passphrase = "as the demo has one"
    assert await nia.send(back) == (303, "/cases/ana1/identity")
    assert (await nia.get("/cases/ana1/identity"))[0] == 200


async def test_who_may_not_ask_learns_not_even_that_somebody_asked(house: House) -> None:
    nia, max_ = await house.browser("Nia"), await house.browser("Max")
    await nia.send("/cases/ana1/identity/ask", reason=WHY, how="alone")
    await max_.send("/cases/ana1/claim")

    assert (await max_.get("/cases/ana1/identity"))[0] == 404
    assert (await max_.get("/identity"))[0] == 404
    _, case = await max_.get("/cases/ana1")
    assert "Whose chat" not in case and "identity" not in case


async def test_a_breach_is_told_to_the_lead(house: House) -> None:
    from bot.work.desk.identity_watch import IdentityWatch

    nia = await house.browser("Nia")
    await nia.send("/cases/ana1/identity/ask", reason=WHY, how="alone")
    house.room.clock.pass_by(hours=24)
    await IdentityWatch(house.room.store, house.room.clock).look()

    lena = await house.browser("Lena")
    assert "reported as a breach" in (await lena.get("/identity"))[1]
