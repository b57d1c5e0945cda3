"""Made from the table of routes: every route, for each of our cast, on a case of every kind. Nobody sees what is not hers."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.console.answers import NOT_HERE
from bot.console.routes import ROUTES, Route
from bot.model.ids import CaseId
from tests.console.house import Browser, House, a_house

CASES = ("inline", "withmax", "withlena", "closed", "hidden", "complaint", "never")
ON_A_CASE = [route for route in ROUTES if "{case" in route.path]

MAY_ENTER = {
    ("Max", "inline"): {"/claim"},
    ("Max", "withmax"): {"", "/talk", "/reply", "/undo", "/discard", "/note", "/renew", "/release", "/close", "/raise"}
    | {"/ask-lower", "/claim"},
    ("Max", "withlena"): {"/claim"},
    ("Lena", "inline"): {"", "/talk", "/claim", "/note", "/raise", "/ask-lower"},
    ("Lena", "withmax"): {"", "/talk", "/claim", "/note", "/raise", "/ask-lower", "/release", "/take-over"},
    ("Lena", "withlena"): {
        "",
        "/talk",
        "/reply",
        "/undo",
        "/discard",
        "/note",
        "/renew",
        "/release",
        "/close",
        "/raise",
    }
    | {"/ask-lower", "/claim", "/take-over"},
    ("Lena", "closed"): {"", "/reopen"},
}
"""Who may come through which door of which case; every pair that is not here may come through none."""

for _name in ("Max", "Lena"):
    for _case in ("inline", "withmax", "withlena"):
        MAY_ENTER[(_name, _case)] |= {"/step-aside"}
for _pair in (("Max", "withmax"), ("Lena", "withlena")):
    MAY_ENTER[_pair] |= {"/hand-over", "/opinion"}
MAY_ENTER[("Lena", "withmax")] |= {"/hand-over", "/whisper"}
MAY_ENTER[("Lena", "withlena")] |= {"/whisper"}
for _case in ("inline", "withmax", "withlena", "closed"):
    MAY_ENTER[("Lena", _case)] |= {"/identity", "/identity/decide"}
for _pair in (("Max", "withmax"), ("Lena", "inline"), ("Lena", "withmax"), ("Lena", "withlena")):
    MAY_ENTER[_pair] |= {"/referral", "/reported", "/not-reported"}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with a_house(tmp_path) as made:
        room = made.room
        for name in ("inline", "withmax", "withlena", "closed"):
            await room.opens(name)
        await room.opens("hidden", shown_at=None)
        await room.opens("complaint", category="staff_conduct", desk="focal")
        await room.desk.claim(room.max, CaseId("withmax"))
        await room.desk.claim(room.lena, CaseId("withlena"))
        await room.desk.claim(room.max, CaseId("closed"))
        await room.desk.resolve(room.max, CaseId("closed"), "real")
        yield made


@pytest.mark.parametrize("name", ["Max", "Olga", "Lena", "Sam"])
async def test_through_no_route_anybody_reaches_a_case_that_is_not_hers(house: House, name: str) -> None:
    browser = await house.browser(name)
    token, leaks, tried = await browser.token(), [], 0
    for case in CASES:
        for route in ON_A_CASE:
            door = route.path.rpartition("}")[2]
            if door in MAY_ENTER.get((name, case), set()):
                continue
            tried += 1
            status, text = await _try(browser, route, case, token)
            if status != 404 or NOT_HERE not in text or "Otter" in text:
                leaks.append((name, case, door, status))

    print(f"{name}: {tried} doors tried, {len(leaks)} leaks")
    assert leaks == []


async def test_not_hers_and_never_existed_look_exactly_the_same(house: House) -> None:
    olga = await house.browser("Olga")
    token = await olga.token()

    answers = {await _try(olga, route, case, token) for route in ON_A_CASE for case in CASES}

    assert len(answers) == 1


@pytest.mark.parametrize("name", ["Max", "Lena"])
async def test_the_doors_that_are_hers_open(house: House, name: str) -> None:
    browser = await house.browser(name)
    for case in CASES:
        for door in sorted(MAY_ENTER.get((name, case), set()) & {"", "/talk"}):
            assert (await browser.get(f"/cases/{case}{door}"))[0] == 200, (case, door)


async def test_ana_has_no_account_and_no_door(house: House) -> None:
    ana = house.stranger()
    for route in ON_A_CASE:
        status, _ = await _try(ana, route, "inline", "")
        assert status == (401 if route.rule.live else 303)


async def _try(browser: Browser, route: Route, case: str, token: str) -> tuple[int, str]:
    path = re.sub(r"\{case:[^}]*\}\}", case, route.path) if "}}" in route.path else route.path
    if route.method == "GET":
        return await browser.get(path)
    fields = {"text": "hello", "reply": "none", "level": "P1", "outcome": "real", "how": "resolve", "agree": "yes"}
    return await browser.send(path, token, **fields)
