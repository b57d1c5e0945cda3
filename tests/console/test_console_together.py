"""Colleagues on the pages: whose turn it is, handing over, asking, whispering, stepping aside, and going home."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model.case import CaseState
from bot.model.ids import CaseId, StaffId
from bot.model.levels import Level
from bot.store.staff_records import Staff
from tests.console.house import Browser, House, a_house

CASE = CaseId("ana1")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with a_house(tmp_path) as made:
        until = made.room.clock.now() + timedelta(hours=8)
        mia = Staff(StaffId(0), "Mia", ("moderator",), ("KE",), ("sw",), on_shift_until=until, skills=("sextortion",))
        await made.room.store.save_staff(mia)
        yield made


async def claimed(house: House, level: Level = Level.P2) -> tuple[Browser, Browser]:
    """Max has a case that nobody is trained for better; return his browser and Mia's."""
    await house.room.opens(level=level, category="grooming")
    await house.room.desk.claim(house.room.max, CASE)
    return await house.browser("Max"), await house.browser("Mia")


async def number(house: House, name: str) -> str:
    return next(str(p.id) for p in await house.room.store.staff() if p.name == name)


async def test_max_hands_a_case_to_mia_and_she_finds_it_on_top(house: House) -> None:
    max_, mia = await claimed(house)
    _, page = await max_.get(f"/cases/{CASE}")
    assert "Hand over" in page and ">Mia<" in page
    fields = {"colleague": await number(house, "Mia"), "text": "She likes short sentences."}
    assert (await max_.send(f"/cases/{CASE}/hand-over", **fields)) == (303, "/queue")
    _, rows = await mia.get("/queue")
    assert "offered to you first" in rows and rows.index("offered to you") < rows.index("Waiting")
    assert (await mia.send(f"/cases/{CASE}/claim"))[0] == 303
    assert "She likes short sentences." in (await mia.get(f"/cases/{CASE}?words=open"))[1]


async def test_danger_now_is_accepted_or_declined_from_the_queue(house: House) -> None:
    max_, mia = await claimed(house, Level.P1)
    fields = {"colleague": await number(house, "Mia"), "text": "Please."}
    assert (await max_.send(f"/cases/{CASE}/hand-over", **fields)) == (303, f"/cases/{CASE}")
    assert "/decline" in (await mia.get("/queue"))[1]
    assert "Offered to Mia" in (await max_.get(f"/cases/{CASE}"))[1]
    assert (await mia.send(f"/cases/{CASE}/accept")) == (303, f"/cases/{CASE}")
    assert (await max_.get(f"/cases/{CASE}"))[0] == 404


async def test_mia_is_asked_reads_the_case_and_says_that_it_is_done(house: House) -> None:
    max_, mia = await claimed(house)
    fields = {"colleague": await number(house, "Mia"), "text": "What would you say?"}
    await max_.send(f"/cases/{CASE}/opinion", **fields)
    assert "asks for your opinion" in (await mia.get("/queue"))[1]
    status, page = await mia.get(f"/cases/{CASE}?words=open")
    assert status == 200 and "What would you say?" in page and 'id="reply"' not in page
    assert (await mia.send(f"/cases/{CASE}/opinion-done")) == (303, "/queue")
    assert (await mia.get(f"/cases/{CASE}"))[0] == 404


async def test_a_whisper_stands_on_top_of_the_helpers_page_once_she_opens_the_words(house: House) -> None:
    max_, _ = await claimed(house)
    lena = await house.browser("Lena")
    assert (await lena.send(f"/cases/{CASE}/whisper", text="Ask about the aunt."))[0] == 303
    _, page = await max_.get(f"/cases/{CASE}?words=open")
    assert page.index("Lena says to you, never sent") < page.index("She wrote")
    assert "Ask about the aunt." not in (await max_.get(f"/cases/{CASE}"))[1]


async def test_whoever_may_know_her_is_rid_of_the_case_for_good(house: House) -> None:
    max_, _ = await claimed(house)
    assert "I may know her" in (await max_.get(f"/cases/{CASE}"))[1]
    assert (await max_.send(f"/cases/{CASE}/step-aside")) == (303, "/queue")
    assert "Otter" not in (await max_.get("/queue"))[1]
    assert (await max_.send(f"/cases/{CASE}/claim"))[0] == 404


async def test_a_case_can_be_hidden_before_it_is_claimed(house: House) -> None:
    await house.room.opens()
    max_ = await house.browser("Max")
    assert f"/cases/{CASE}/step-aside" in (await max_.get("/queue"))[1]
    assert (await max_.send(f"/cases/{CASE}/step-aside")) == (303, "/queue")
    assert "Otter" not in (await max_.get("/queue"))[1]


async def test_a_case_that_waits_for_somebody_trained_says_so_and_for_how_long(house: House) -> None:
    await house.room.opens()
    max_ = await house.browser("Max")
    await house.browser("Mia")
    assert "waits for somebody trained for it" in (await max_.get("/queue"))[1]
    status, page = await max_.send(f"/cases/{CASE}/claim")
    assert status == 409 and "15 more minutes" in page


async def test_mia_looks_only_at_what_she_is_trained_for_and_at_danger_now(house: House) -> None:
    await house.room.opens("ana1", category="sextortion", pseudonym="Otter 1")
    await house.room.opens("ana2", category="health", pseudonym="Heron 2")
    await house.room.opens("ana3", category="health", pseudonym="Lion 3", level=Level.P1)
    _, page = await (await house.browser("Mia")).get("/queue?skill=mine")
    assert "Otter 1" in page and "Lion 3" in page and "Heron 2" not in page


async def test_leaving_with_a_case_asks_what_becomes_of_it_and_signs_out_after_that(house: House) -> None:
    max_, _ = await claimed(house)
    assert (await max_.send("/sign-out")) == (303, "/leave?then=sign-out")
    status, page = await max_.get("/leave?then=sign-out")
    assert status == 200 and "Otter 12" in page and "Hand over to Mia" in page and "Keep it" not in page
    done = await max_.send("/leave", then="sign-out", **{f"what_{CASE}": "line"})
    assert done == (303, "/sign-in")
    assert (await house.room.case()).state is CaseState.NEW
    assert (await max_.get("/queue")) == (303, "/sign-in")


async def test_a_case_that_waits_for_the_girl_may_be_kept_over_night(house: House) -> None:
    max_, _ = await claimed(house)
    await house.room.desk.reply(house.room.max, CASE, "I am here.")
    assert "Keep it, for 8 hours at most" in (await max_.get("/leave"))[1]
    assert (await max_.send("/leave", then="", **{f"what_{CASE}": "keep:8"})) == (303, "/shift")
    case = await house.room.case()
    assert case.claimed_until == house.room.clock.now() + timedelta(hours=8)


@pytest.mark.parametrize("what", ["", "keep:99", "to:999999", "to:x", "away"])
async def test_nonsense_on_the_leaving_page_leaves_everything_as_it_is(house: House, what: str) -> None:
    max_, _ = await claimed(house)
    status, page = await max_.send("/leave", then="sign-out", **{f"what_{CASE}": what, f"note_{CASE}": "x"})
    assert status == 409 and re.search(r'role="alert"', page)
    assert (await house.room.case()).claimed_by == house.room.max.id


async def test_going_home_with_a_case_leads_to_the_same_page_and_without_one_home(house: House) -> None:
    max_, _ = await claimed(house)
    assert (await max_.send("/shift", hours="0")) == (303, "/leave")
    await house.room.desk.release(house.room.max, CASE)
    assert (await max_.send("/shift", hours="0")) == (303, "/shift")


async def test_danger_now_handed_over_on_leaving_must_be_accepted_first(house: House) -> None:
    max_, mia = await claimed(house, Level.P1)
    fields = {f"what_{CASE}": f"to:{await number(house, 'Mia')}", f"note_{CASE}": "Please."}
    status, page = await max_.send("/leave", then="sign-out", **fields)
    assert status == 409 and "until your colleague has accepted" in page
    await mia.send(f"/cases/{CASE}/accept")
    assert (await max_.send("/sign-out")) == (303, "/sign-in")


async def test_a_colleague_who_is_not_there_is_no_choice(house: House) -> None:
    max_, _ = await claimed(house)
    mia = next(p for p in await house.room.store.staff() if p.name == "Mia")
    await house.room.store.save_staff(replace(mia, on_shift_until=None))
    house.room.clock.pass_by(minutes=14)
    await max_.get("/queue")
    house.room.clock.pass_by(minutes=2)
    assert "Nobody else who could take this case" in (await max_.get(f"/cases/{CASE}"))[1]


async def test_whom_a_colleague_asks_to_lower_a_case_finds_it_on_top_of_the_queue(house: House) -> None:
    max_, mia = await claimed(house)
    lena = await house.browser("Lena")
    asked = {"level": "P3", "reason": "She quoted the lesson back to us."}
    assert (await max_.send(f"/cases/{CASE}/ask-lower", **asked))[0] == 303

    _, rows = await lena.get("/queue")

    assert rows.index("A colleague asks you to decide") < rows.index("Waiting")
    assert rows.count(f'id="case-{CASE}"') == 1
    for other in (max_, mia):
        assert "asks you to decide" not in (await other.get("/queue"))[1]
