"""Made from the table of routes and the forms: whatever a person types into any field, the audit keeps codes only."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.console.routes import ROUTES
from bot.model.ids import CaseId, StaffId
from bot.model.levels import Level
from bot.store.staff_records import Staff
from tests.console.house import House, a_house

CANARY = "Wanjiru of Kibera wrote this"
TEMPLATES = Path(__file__).resolve().parents[2] / "bot" / "console" / "templates"
FIELDS = sorted({n for p in TEMPLATES.rglob("*.html") for n in re.findall(r'name="(\w+)"', p.read_text("utf-8"))})
CODES = {
    "level": "P3",
    "outcome": "real",
    "how": "resolve",
    "agree": "yes",
    "seen": "99",
    "hours": "1",
    "agreement": "yes",
}
LATER = ("close", "release", "hand-over", "step-aside", "accept", "decline")
"""What gives the case away comes last."""


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with a_house(tmp_path) as made:
        await made.room.store.save_staff(Staff(StaffId(0), "Nia", ("lead",), ("KE",), ("en", "sw")))
        await made.room.opens(level=Level.P2)
        yield made


async def test_what_is_typed_into_a_form_never_stands_in_the_audit(house: House) -> None:
    store, ana = house.room.store, CaseId("ana1")
    nia, lena = await house.browser("Nia"), await house.browser("Lena")
    nia_token, lena_token = await nia.token(), await lena.token()
    await nia.send("/cases/ana1/claim", nia_token)
    doors = [r.path.rpartition("}")[2] for r in ROUTES if "{case" in r.path and r.method == "POST"]
    did = 0
    for door in sorted(doors, key=lambda d: (d.strip("/") in LATER, d)):
        for browser, token in ((nia, nia_token), (lena, lena_token)):
            typed = {name: CANARY for name in FIELDS if name != "csrf"} | CODES
            status, _ = await browser.send(f"/cases/ana1{door}", token, **typed)
            did += status in (200, 204, 303)
    lines = await store.audit_lines(0, 10_000)

    print(f"\n{len(FIELDS)} fields, {len(doors)} forms, {did} of them did something, {len(lines)} lines")
    assert did >= 5 and {"note", "reply", "ask_identity"} & {line.action for line in lines}
    assert [line for line in lines if any(word in f"{line.action} {line.detail}" for word in CANARY.split())] == []
    assert (await store.case(ana)) is not None


async def test_a_person_is_added_in_writing(house: House) -> None:
    await house.accounts.add("Mona", ("moderator",), ("KE",), ("sw",))
    (line,) = [x for x in await house.room.store.audit_lines(0, 100) if x.action == "staff_added"]

    assert line.detail == "Mona roles=moderator desks=KE languages=sw"
