"""Breaks, talks and what she carries, on the pages; and a lighter case instead of one too many."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model.campaign import Care
from bot.model.ids import CaseId, ChatToken, StaffId
from bot.store.staff_records import Staff
from tests.console.house import CAMPAIGN, House, a_house

HERE = replace(CAMPAIGN, care=replace(Care(), in_a_row=1))


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with a_house(tmp_path, campaign=HERE) as made:
        yield made


async def waits(house: House, name: str, category: str) -> None:
    await house.room.opens(name, chat=ChatToken(f"girl{name}"), category=category)


async def test_one_heavy_case_too_many_offers_a_lighter_one_and_a_break(house: House) -> None:
    until = house.room.clock.now() + timedelta(hours=8)
    mia = Staff(StaffId(0), "Mia", ("moderator",), ("KE",), ("sw",), on_shift_until=until)
    await house.room.store.save_staff(mia)
    for name, category in (("one", "self_harm"), ("two", "self_harm"), ("light", "bullying")):
        await waits(house, name, category)
    max_ = await house.browser("Max")
    assert (await max_.send("/cases/one/claim"))[0] == 303

    status, page = await max_.send("/cases/two/claim")

    assert status == 409 and "1 heavy cases in a row" in page
    assert 'action="/cases/light/claim"' in page and 'action="/break"' in page
    case = await house.room.store.case(CaseId("two"))
    assert case is not None and case.claimed_by is None


async def test_a_break_is_offered_after_fifty_minutes_and_one_tap_begins_and_ends_it(house: House) -> None:
    max_ = await house.browser("Max")
    assert "short break" not in (await max_.get("/queue"))[1]
    for _ in range(5):
        house.room.clock.pass_by(minutes=10)
        _, page = await max_.get("/queue")
    assert "short break is good for you" in page and 'action="/break"' in page

    assert (await max_.send("/break")) == (303, "/shift")
    assert "You are on a break for another 15 min" in (await max_.get("/queue"))[1]
    assert (await max_.send("/back")) == (303, "/queue")
    assert "break" not in (await max_.get("/queue"))[1].replace("break_", "")


async def test_a_talk_is_one_tap_and_the_supervisor_sees_it_with_what_each_carries(house: House) -> None:
    await waits(house, "one", "self_harm")
    await house.room.desk.claim(house.room.max, CaseId("one"))
    max_, lena, olga = [await house.browser(name) for name in ("Max", "Lena", "Olga")]
    assert (await max_.send("/talk"))[0] == 303
    assert "Your supervisor knows" in (await max_.get("/shift"))[1]

    _, page = await lena.get("/shift")
    assert "Asks for a talk" in page and "1 heavy case" in page and "Let her go on" in page
    assert "Max" not in (await olga.get("/shift"))[1]
    assert (await olga.send("/let-go-on", person=str(house.room.max.id)))[0] == 404
    assert (await lena.send("/let-go-on", person=str(house.room.max.id)))[0] == 303
    assert "may go on with heavy cases" in (await lena.get("/shift"))[1]


async def test_a_case_passed_on_stands_behind_the_others_and_says_so(house: House) -> None:
    await waits(house, "one", "grooming")
    await waits(house, "two", "grooming")
    max_ = await house.browser("Max")
    await max_.send("/cases/one/claim")
    assert (await max_.send("/cases/one/release")) == (303, "/queue")

    _, page = await max_.get("/queue")

    assert page.index('id="case-two"') < page.index('id="case-one"') and "you passed it on" in page
