"""Somebody on call is paged in her own chat when a case is P1 and nobody is on duty: once, in coded words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.scenarios.town import Girl, Town, town

pytestmark = pytest.mark.scenario
PLEA = "there is a boy online who kept my video and wants money by friday"


@pytest.fixture
async def here() -> AsyncIterator[Town]:
    async with town() as opened:
        yield opened


async def on_call(here: Town, name: str) -> Girl:
    """Link a person's own chat and put her on call; the others go home."""
    code = await here.ground.accounts.telegram_code(name)
    person = here.girl(name)
    await person.says(f"/start staff-{code}")
    for staff in await here.ground.store.staff():
        await here.ground.store.save_staff(replace(staff, on_call=staff.name == name, on_shift_until=None))
    await here.ground.people.refresh()
    return person


async def test_with_nobody_on_duty_a_p1_pages_whoever_is_on_call_once_and_without_her_words(here: Town) -> None:
    here.ground.live.campaign = replace(
        here.ground.live.campaign,
        countries={code: replace(country, rota={}) for code, country in here.ground.live.campaign.countries.items()},
    )
    lena = await on_call(here, "Lena")
    before = len(lena.sees())
    await here.girl("Ana").says(PLEA)
    here.clock.jump(seconds=1)
    await here.sim.until(lambda: len(lena.sees()) > before, 10)
    await here.settle()
    here.clock.jump(seconds=1)
    await here.settle()
    (page,) = lena.sees()[before:]
    assert "P1" in page
    assert "video" not in page


async def test_with_somebody_on_duty_nobody_is_paged(here: Town) -> None:
    lena = await on_call(here, "Lena")
    max_ = await here.staff("Max")
    await here.ground.store.save_staff(replace(max_, on_shift_until=here.clock.now() + timedelta(hours=1)))
    await here.ground.people.refresh()
    before = len(lena.sees())
    await here.girl("Ana").says(PLEA)
    here.clock.jump(seconds=1)
    await here.settle()
    assert lena.sees()[before:] == []
