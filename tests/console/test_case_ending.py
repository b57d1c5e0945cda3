"""The end of a case on the pages: what is hidden, the referral, the duty to report, and asking later how it went."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model.campaign import Country, DutyToReport, Helpline, Source
from bot.model.ids import CaseId
from tests.console.house import CAMPAIGN, Browser, House, a_house

CASE = CaseId("ana1")
DUTY = DutyToReport(("sextortion",), "the police for children", timedelta(hours=24), Source("the act"))
HERE = replace(
    CAMPAIGN,
    countries={"KE": Country("KE", "Kenya", "Africa/Nairobi", duty=DUTY)},
    helplines=(Helpline("ke_child", "KE", "Childline", "child_helpline"),),
)
REFERRAL = {"service": "ke_child", "took_by": "Nurse Joy", "agreement": "yes", "sent_facts": "yes"}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with a_house(tmp_path, campaign=HERE) as made:
        await made.accounts.add("Nia", ("lead",), ("KE",), ("en",))
        yield made


async def with_max(house: House, **facts: object) -> Browser:
    await house.room.opens(**{"category": "grooming", **facts})
    await house.room.desk.claim(house.room.max, CASE)
    await house.room.ana_writes(text="he calls from 0700123456 <b>now</b>")
    return await house.browser("Max")


async def test_a_number_of_hers_is_never_on_a_page_until_a_lead_uncovers_it_once(house: House) -> None:
    max_, nia = await with_max(house), await house.browser("Nia")
    _, page = await max_.get(f"/cases/{CASE}?words=open")
    assert "0700123456" not in page and "[••• number hidden]" in page and "/unmask" not in page
    _, page = await nia.get(f"/cases/{CASE}?words=open")
    assert "0700123456" not in page and "Uncover for a referral" in page
    line = page.partition('id="piece_')[2].partition('"')[0]

    fields = {"piece": f"{line}.1", "reason": "For the police desk."}
    assert (await max_.send(f"/cases/{CASE}/unmask", **fields))[0] == 404
    status, shown = await nia.send(f"/cases/{CASE}/unmask", **fields)

    assert status == 200 and shown.count("0700123456") == 1
    _, page = await nia.get(f"/cases/{CASE}?words=open")
    assert "0700123456" not in page and "For the police desk." in page and "phone number" in page


async def test_a_case_is_referred_by_plain_forms_and_comes_back_on_its_day(house: House) -> None:
    max_ = await with_max(house)
    assert (await max_.send(f"/cases/{CASE}/close", how="refer", outcome="real"))[0] == 409
    day = (house.room.clock.now() + timedelta(days=2)).date().isoformat()

    assert (await max_.send(f"/cases/{CASE}/referral", follow_up=day, **REFERRAL))[0] == 303
    _, page = await max_.get(f"/cases/{CASE}?words=open")
    assert "Childline" in page and "she agrees" in page and "Nurse Joy" in page
    assert (await max_.send(f"/cases/{CASE}/close", how="refer", outcome="real", seen="99"))[0] == 303

    house.room.clock.pass_by(days=2)
    max_ = await house.browser("Max")
    _, queue = await max_.get("/queue")
    assert "how did it go with Childline?" in queue
    row = (await house.room.store.referrals(CASE))[0].id
    assert (await max_.send(f"/cases/{CASE}/followed-up", referral=row)) == (303, "/queue")
    assert "how did it go" not in (await max_.get("/queue"))[1]


async def test_what_is_missing_in_a_referral_is_said_on_the_page(house: House) -> None:
    max_ = await with_max(house)

    status, page = await max_.send(f"/cases/{CASE}/referral", **{**REFERRAL, "took_by": ""})

    assert status == 409 and "Please write who took it" in page and "Otter 12" in page


async def test_the_duty_to_report_stands_on_the_page_and_in_the_queue_and_keeps_the_case_open(house: House) -> None:
    max_, nia = await with_max(house, category="sextortion"), await house.browser("Nia")
    _, page = await max_.get(f"/cases/{CASE}")
    assert "This must be reported by <b>Nov 21 15:00</b>" in page and "To: the police for children" in page
    assert "must be reported within 24 h 0 min" in (await max_.get("/queue"))[1]
    assert (await max_.send(f"/cases/{CASE}/close", how="resolve", outcome="real"))[0] == 409

    assert (await max_.send(f"/cases/{CASE}/not-reported", reason="She quoted the lesson to us."))[0] == 303
    assert "A second person decides." in (await max_.get(f"/cases/{CASE}"))[1]
    assert (await max_.send(f"/cases/{CASE}/settle-not-reported", agree="yes"))[0] == 404
    assert "It must be reported" in (await nia.get(f"/cases/{CASE}"))[1]
    assert (await nia.send(f"/cases/{CASE}/settle-not-reported", agree="no"))[0] == 303
    told = await max_.send(f"/cases/{CASE}/reported", to="Officer Jenny", when="today", reference="OB 7")
    assert told[0] == 303

    _, page = await max_.get(f"/cases/{CASE}?words=open")
    assert "It was reported." in page and "Officer Jenny" in page
    assert (await max_.send(f"/cases/{CASE}/close", how="resolve", outcome="real", seen="99"))[0] == 303
