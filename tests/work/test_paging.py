"""A case that waits calls people in their own chats: on call first, then onward; coded words, and a button that stops it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model.ids import StaffId
from bot.model.pages import Ring
from bot.store.staff_records import Staff
from bot.work.calling.on_call import people_to_call
from bot.work.calling.page_words import page_text
from tests.cases.given import a_case
from tests.console.house import CAMPAIGN
from tests.scenarios.town import Girl, Town, town

pytestmark = pytest.mark.scenario
PLEA = "there is a boy online who kept my video and wants money by friday"


@pytest.fixture
async def here() -> AsyncIterator[Town]:
    async with town() as opened:
        yield opened


async def linked(here: Town, name: str, **facts: object) -> Girl:
    """Link a person's own chat, with these facts of hers; nobody stays on beyond the rota."""
    code = await here.ground.accounts.telegram_code(name)
    person = here.girl(name)
    await person.says(f"/start staff-{code}")
    for staff in await here.ground.store.staff():
        changes = facts if staff.name == name else {}
        await here.ground.store.save_staff(replace(staff, on_shift_until=None, **changes))
    await here.ground.people.refresh()
    return person


def nobody_on_duty(here: Town) -> None:
    live = here.ground.live
    countries = {code: replace(country, rota={}) for code, country in live.campaign.countries.items()}
    live.campaign = replace(live.campaign, countries=countries)


async def later(here: Town, **length: float) -> None:
    """Let time pass, and the loops look at it."""
    here.clock.jump(**length)
    await here.settle()
    here.clock.jump(seconds=6)
    await here.settle()


async def test_with_nobody_on_duty_a_p1_calls_whoever_is_on_call_once_and_without_her_words(here: Town) -> None:
    nobody_on_duty(here)
    lena = await linked(here, "Lena", on_call=True, roles=("supervisor",))
    before = len(lena.sees())
    await here.girl("Ana").says(PLEA)
    here.clock.jump(seconds=6)
    await here.sim.until(lambda: len(lena.sees()) > before, 10)
    await later(here, seconds=30)
    (page,) = lena.sees()[before:]
    assert "P1" in page and "on call" in page
    assert "video" not in page


async def test_whoever_is_on_call_and_does_not_answer_is_followed_by_the_lead(here: Town) -> None:
    nobody_on_duty(here)
    max_ = await linked(here, "Max", on_call=True)
    lena = await linked(here, "Lena", roles=("lead",))
    await here.girl("Ana").says(PLEA)
    here.clock.jump(seconds=6)
    await here.sim.until(lambda: any("on call" in line for line in max_.sees()), 10)
    assert not any("the lead" in line for line in lena.sees())

    here.clock.jump(minutes=4)
    await here.sim.until(lambda: any("You are the lead" in line for line in lena.sees()), 10)


async def test_i_have_it_stops_the_calling_and_stands_in_the_audit(here: Town) -> None:
    nobody_on_duty(here)
    max_ = await linked(here, "Max", on_call=True)
    lena = await linked(here, "Lena", roles=("lead",))
    await here.girl("Ana").says(PLEA)
    here.clock.jump(seconds=6)
    await here.sim.until(lambda: any("on call" in line for line in max_.sees()), 10)
    here.sim.press("Max", "I have it")
    await here.settle()
    await later(here, minutes=4)
    assert not any("the lead" in line for line in lena.sees())
    (case,) = await here.cases()
    assert [page.ring for page in await here.ground.store.pages(case.id)] == [Ring.ON_CALL]
    assert "page_answered" in [line.action for line in await here.ground.store.audit_lines(0, 1000)]


async def test_a_stranger_cannot_say_she_has_it(here: Town) -> None:
    nobody_on_duty(here)
    max_ = await linked(here, "Max", on_call=True)
    ana = here.girl("Ana")
    await ana.says(PLEA)
    here.clock.jump(seconds=6)
    await here.sim.until(lambda: any("on call" in line for line in max_.sees()), 10)
    (case,) = await here.cases()
    here.sim.tap("Ana", here.sim.messages("Ana")[-1].id, f"have:{case.id}", forged=True)
    await here.settle()
    assert [page.answered_at for page in await here.ground.store.pages(case.id)] == [None]


async def test_a_case_that_somebody_claims_calls_nobody_any_more(here: Town) -> None:
    nobody_on_duty(here)
    max_ = await linked(here, "Max", on_call=True)
    await here.girl("Ana").says(PLEA)
    here.clock.jump(seconds=6)
    await here.sim.until(lambda: any("on call" in line for line in max_.sees()), 10)
    (case,) = await here.cases()
    await here.ground.desk.claim(await here.staff("Max"), case.id)
    await later(here, seconds=1)
    assert [page.over for page in await here.ground.store.pages(case.id)] == [True]


async def test_with_somebody_on_duty_nobody_is_called_at_once(here: Town) -> None:
    lena = await linked(here, "Lena", on_call=True)
    max_ = await here.staff("Max")
    await here.ground.store.save_staff(replace(max_, on_shift_until=here.clock.now() + timedelta(hours=1)))
    await here.ground.people.refresh()
    before = len(lena.sees())
    await here.girl("Ana").says(PLEA)
    await later(here, seconds=1)
    assert lena.sees()[before:] == []


def person(number: int, *roles: str, desk: str = "KE", languages: tuple[str, ...] = ("en",), **more: object) -> Staff:
    facts = {"telegram": f"chat{number}", **more}
    return Staff(StaffId(number), f"Person {number}", roles, (desk,), languages, **facts)  # type: ignore[arg-type]  # passed on as it came


def test_a_neighbouring_lead_who_reads_her_language_is_called_before_one_who_reads_english() -> None:
    staff = [person(1, "lead"), person(2, "lead", desk="NP"), person(3, "deputy", desk="PH", languages=("sw",))]
    assert [p.id for p in people_to_call(Ring.NEIGHBOUR, a_case(language="sw"), staff)] == [3]
    assert [p.id for p in people_to_call(Ring.NEIGHBOUR, a_case(language="km"), staff)] == [2]


def test_nobody_is_called_who_left_has_no_chat_or_may_not_have_the_case() -> None:
    staff = [
        person(1, "moderator", on_call=True, active=False),
        person(2, "moderator", on_call=True, telegram=None),
        person(3, "moderator", on_call=True),
        person(4, "moderator", on_call=True, desk="NP"),
        person(5, "moderator", on_call=True),
    ]
    assert [p.id for p in people_to_call(Ring.ON_CALL, a_case(not_for=(StaffId(3),)), staff)] == [5]


def test_whoever_has_the_case_is_not_called_for_it() -> None:
    held = a_case(claimed_by=StaffId(1))
    staff = [person(1, "moderator", on_call=True), person(2, "supervisor", on_call=True)]
    assert [p.id for p in people_to_call(Ring.ON_CALL, held, staff)] == [2]
    assert "has no answer yet" in page_text(held, Ring.ON_CALL, CAMPAIGN, on_duty=True)


def test_a_complaint_calls_the_focal_point_of_another_country_only() -> None:
    staff = [person(1, "focal_point"), person(2, "focal_point", desk="NL"), person(3, "lead", on_call=True)]
    complaint = a_case(category="staff_conduct", desk="focal", country="KE")
    assert [p.id for p in people_to_call(Ring.FOCAL, complaint, staff)] == [2]
