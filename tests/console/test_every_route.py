"""Made from the table of routes: every route × every kind of person × every kind of case. Nobody learns what is not hers.

Each case carries a pseudonym and words that nothing else has; wherever they turn up in an answer, the person must be one of those
whom the two tables below name. They are written by hand: they do not ask the code that is being tested.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.cases.permissions import DESK_ROLES, may
from bot.console.routes import ROUTES, Route
from bot.model.case import Case, CaseState
from bot.model.ids import CaseId
from bot.store.reply_records import ReplyState
from bot.store.staff_records import Staff
from bot.work.desk.core import view_of
from tests.console.house import Browser, House, a_house

PEOPLE: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "Mona": (("moderator",), ("KE",), ("sw",)),
    "Mick": (("moderator",), ("KE",), ("nl",)),  # her desk, and not her language
    "Olga": (("moderator",), ("NP",), ("sw", "ne")),
    "Lena": (("supervisor",), ("KE",), ("en",)),
    "Nia": (("lead",), ("KE",), ("en",)),
    "Dan": (("deputy",), ("KE",), ("en",)),
    "Lars": (("lead", "supervisor"), ("NL",), ("sw", "nl")),
    "Fay": (("focal_point",), ("NL",), ("en",)),
    "Fox": (("focal_point",), ("KE",), ("en",)),  # of the country itself: complaints about it are not for her
    "Edda": (("editor",), ("KE",), ("sw",)),
    "Otto": (("operator",), ("KE",), ("sw",)),
    "Aud": (("auditor",), ("KE",), ("sw",)),
    "Nobo": ((), ("KE",), ("sw",)),  # an account without a role
}
OUTSIDE = ("signed out", "gone", "left")
"""Nobody; one whose account was closed while she was signed in; one who left in due form."""

CASES = ("inline", "hers", "others", "closed", "hidden", "nepal", "complaint", "nowhere", "notfor", "shredded", "never")

KE_ABOVE = {"Lena", "Nia", "Dan"}
KNOWS = {
    "inline": {"Mona"} | KE_ABOVE,
    "hers": {"Mona"} | KE_ABOVE,
    "others": {"Mona"} | KE_ABOVE,
    "closed": {"Mona"} | KE_ABOVE,
    "nepal": {"Olga"},
    "complaint": {"Fay"},
    "nowhere": {"Mona", "Olga", "Lars"},  # her country is not known: every desk that reads her language
    "notfor": KE_ABOVE,
}
"""Who may know that a case is there (its pseudonym)."""
READS = {
    "inline": KE_ABOVE,
    "hers": {"Mona"} | KE_ABOVE,
    "others": KE_ABOVE,
    "closed": KE_ABOVE,
    "complaint": {"Fay"},
    "nowhere": {"Lars"},
    "notfor": KE_ABOVE,
}
"""Who may read its words."""


@dataclass
class Town:
    house: House
    cases: dict[str, Case | None]
    browsers: dict[str, Browser]
    staff: dict[str, Staff]


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with a_house(tmp_path) as house:
        staff = {}
        for name, (roles, desks, languages) in PEOPLE.items():
            staff[name] = (
                await house.accounts.add(name, roles, desks, languages)
                if name not in ("Olga", "Lena")
                else await _changed(house, name)
            )
        await _cases(house, staff)
        found = {name: await house.room.store.case(CaseId(name)) for name in CASES}
        browsers = {name: await house.browser(name) for name in PEOPLE}
        browsers |= {"signed out": house.stranger(), "gone": await _gone(house), "left": await _left(house)}
        yield Town(house, found, browsers, staff)


async def _changed(house: House, name: str) -> Staff:
    roles, desks, languages = PEOPLE[name]
    person = await house.accounts.named(name)
    assert person is not None
    return await house.room.store.save_staff(replace(person, roles=roles, desks=desks, languages=languages))


async def _cases(house: House, staff: dict[str, Staff]) -> None:
    room = house.room
    for name in CASES[:-1]:
        changes: dict[str, object] = {
            "nepal": {"desk": "NP", "country": "NP"},
            "complaint": {"desk": "focal", "category": "staff_conduct"},
            "nowhere": {"desk": "ZZ", "country": ""},
            "hidden": {"shown_at": None},
            "notfor": {"not_for": (staff["Mona"].id, staff["Mick"].id)},
        }.get(name, {})
        await room.opens(name, pseudonym=f"Canary-{name}-", **changes)
        await room.ana_writes(name, f"words-of-{name}-")
    desk, mona, max_ = room.desk, staff["Mona"], room.max
    for name, who in (("hers", mona), ("others", max_), ("closed", mona)):
        await desk.claim(who, CaseId(name))
    await desk.resolve(mona, CaseId("closed"), "real")
    shredded = await room.case("shredded")
    from bot.store.case_records import CaseWrite
    from bot.store.desk_records import DeskWrite

    write = CaseWrite(replace(shredded, state=CaseState.SHREDDED, closed_at=room.clock.now()), shred=True)
    assert await room.store.commit_desk(DeskWrite(case=write))


async def _gone(house: House) -> Browser:
    await house.accounts.add("Gone", ("lead",), ("KE",), ("sw",))
    browser = await house.browser("Gone")
    person = await house.accounts.named("Gone")
    assert person is not None
    await house.room.store.save_staff(replace(person, active=False))
    return browser


async def _left(house: House) -> Browser:
    await house.accounts.add("Left", ("lead", "operator", "auditor"), ("KE",), ("sw",))
    browser = await house.browser("Left")
    await house.accounts.leave("Left")
    return browser


Answer = tuple[int, tuple[tuple[str, str], ...], str]


async def ask(browser: Browser, route: Route, case: str, token: str) -> Answer:
    """Return status, the headers that matter, and the body; of a stream, what comes at once."""
    path = re.sub(r"\{case:[^/]*\}\}|\{case\}", case, route.path)
    path = re.sub(r"\{row:[^/]*?\}\}", "1", path)
    path = re.sub(r"\{what:(\w+)\|[^}]*\}", r"\1", path)
    path = re.sub(r"\{\w+\}", "never", path)
    if path == "/live":
        path += f"?case={case}&at="
    fields = {
        "text": "hello",
        "reason": "because I say so",
        "reply": "none",
        "ask": "none",
        "level": "P1",
        "csrf": token,
    }
    fields |= {"outcome": "real", "how": "resolve", "agree": "yes", "to": "1", "hours": "1", "seen": "0"}
    send = browser.http.get if route.method == "GET" else browser.http.post
    more = {} if route.method == "GET" else {"data": fields}
    async with send(browser.root + path, allow_redirects=False, **more) as answer:
        body = (await answer.content.readany()).decode() if path.startswith("/live") else await answer.text()
        headers = {k: v for k, v in answer.headers.items() if k not in ("Date", "Set-Cookie")}
        return answer.status, tuple(sorted(headers.items())), body


def leaks(name: str, body: str) -> list[str]:
    """Return the cases of which an answer tells somebody what she must not know."""
    told = {case for case in CASES if f"Canary-{case}-" in body and name not in KNOWS.get(case, set())}
    read = {case for case in CASES if f"words-of-{case}-" in body and name not in READS.get(case, set())}
    return sorted(told | read)


ON_A_CASE = [route for route in ROUTES if "{case" in route.path]
ELSEWHERE = [route for route in ROUTES if "{case" not in route.path and route.path != "/sign-out"]


@pytest.mark.parametrize("name", [*PEOPLE, *OUTSIDE])
async def test_no_route_tells_anybody_of_a_case_that_is_not_hers(town: Town, name: str) -> None:
    browser = town.browsers[name]
    token, tried, wrong = await browser.token(), 0, []
    for route in ON_A_CASE:
        nothing = await ask(browser, route, "never", token)
        for case in CASES[:-1]:
            if allowed(town, name, route, case) and route.method != "GET":
                continue  # what she may do changes the case: the desk's own tests do that
            tried += 1
            answer = await ask(browser, route, case, token)
            if not allowed(town, name, route, case) and answer != nothing:
                wrong.append((route.method, route.path, case, answer[0], "differs from a case that never was"))
            wrong += [(route.method, route.path, case, answer[0], seen) for seen in leaks(name, answer[2])]
    for route in ELSEWHERE:
        tried += 1
        answer = await ask(browser, route, "others", token)
        wrong += [(route.method, route.path, "", answer[0], seen) for seen in leaks(name, answer[2])]
    for case, before in town.cases.items():
        if name in READS.get(case, ()):
            continue  # reading it may be noted with it
        assert await town.house.room.store.case(CaseId(case)) == before, f"{name} changed {case}"

    print(f"\n{name}: {tried} tries, {len(wrong)} leaks")
    assert wrong == []


def allowed(town: Town, name: str, route: Route, case_id: str) -> bool:
    """Return whether the route's own rule lets her in: what it lets in is held against the tables above."""
    person, case = town.staff.get(name), town.cases[case_id]
    if person is None or case is None or not set(person.roles) & route.rule.roles:
        return False
    return any(may(view_of(person), action, case, town.house.room.clock.now()) for action in route.rule.case)


@pytest.mark.parametrize("name", list(PEOPLE))
async def test_a_page_for_another_role_looks_like_one_that_never_was(town: Town, name: str) -> None:
    browser = town.browsers[name]
    token, tried = await browser.token(), 0
    async with browser.http.get(browser.root + "/no/such/page") as never:
        nothing = never.status, await never.text()
    for route in ELSEWHERE:
        if route.rule.roles and not route.rule.roles & set(PEOPLE[name][0]):
            status, _, body = await ask(browser, route, "others", token)
            assert (status, body) == nothing, route.path
            tried += 1
    assert tried or set(PEOPLE[name][0]) >= DESK_ROLES


@pytest.mark.parametrize("name", OUTSIDE)
async def test_outside_there_is_only_the_door(town: Town, name: str) -> None:
    browser = town.browsers[name]
    for route in ROUTES:
        if not route.rule.anyone:
            status, headers, body = await ask(browser, route, "hers", "")
            assert (status == 401 and "sign in" in body) or (
                status == 303 and dict(headers)["Location"] == "/sign-in"
            ), route


async def test_the_number_of_a_colleagues_reply_or_ask_opens_nothing(town: Town) -> None:
    room, mona = town.house.room, town.browsers["Mona"]
    reply = await room.desk.reply(room.max, CaseId("others"), "A word of his.")
    token = await mona.token()

    for door in ("undo", "discard"):
        theirs = await mona.send(f"/cases/hers/{door}", token, reply=reply.id)
        never = await mona.send(f"/cases/hers/{door}", token, reply="never")
        assert theirs == never and theirs[0] == 404
    stands = await room.store.reply(reply.id)
    assert stands is not None and stands.state is ReplyState.PENDING


def test_the_tables_name_people_and_cases_that_exist() -> None:
    assert set(KNOWS) | set(READS) <= set(CASES) and all(READS[c] <= KNOWS.get(c, set()) for c in READS)
    assert set().union(*KNOWS.values()) <= set(PEOPLE)
    assert {role for roles, _, _ in PEOPLE.values() for role in roles} >= DESK_ROLES | {"editor", "operator", "auditor"}
