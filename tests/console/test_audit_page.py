"""The auditor reads, checks and carries away; nobody else does, and nobody edits."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.console.routes import ROUTES
from bot.model.ids import CaseId
from bot.vault.audit import AuditKey
from bot.vault.ring import KeyRing
from bot.work.audit.reading import from_export
from bot.work.audit.room import AuditRoom
from bot.work.desk.identity import Identities
from bot.work.desk.identity_watch import IdentityWatch
from tests.console.house import House, a_house

KEY = AuditKey.of(KeyRing(b"p" * 32, {1: b"k" * 32}))


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with a_house(tmp_path) as made:
        made.room.store.signer = KEY  # type: ignore[attr-defined]  # as the house gives it one
        await made.room.opens()
        await made.room.desk.claim(made.room.max, CaseId("ana1"))
        await made.room.desk.look(made.room.max, CaseId("ana1"))
        await made.accounts.add("Aud", ("auditor",), (), ())
        yield made


async def test_the_auditor_reads_who_did_what_and_no_words(house: House) -> None:
    aud = await house.browser("Aud")
    _, page = await aud.get("/audit")

    assert all(word in page for word in ("Max", "claim", "look", "ana1", "words"))
    assert "please help me" not in page and "Otter" not in page
    assert (await aud.get("/cases/ana1"))[0] == (await aud.get("/queue"))[0] == 404
    assert (await house.room.actions())[-1] == "audit_viewed"


async def test_lines_are_found_by_case_and_by_person(house: House) -> None:
    aud = await house.browser("Aud")

    assert "<code>claim" not in (await aud.get("/audit?name=Aud"))[1]
    assert "<code>claim" in (await aud.get("/audit?name=max&case=ana1"))[1]
    assert "no such lines" in (await aud.get("/audit?name=nobody"))[1]
    assert (await aud.get("/audit?before=x&case=%00"))[0] == 200


async def test_older_lines_follow_on_the_next_page(house: House) -> None:
    for _ in range(250):
        await house.room.desk.look(house.room.max, CaseId("ana1"))
    aud = await house.browser("Aud")
    _, first = await aud.get("/audit")
    older = first.split('href="/audit?before=')[1].split('"')[0]
    _, second = await aud.get(f"/audit?before={older.replace('&amp;', '&')}")

    assert "audit_key" in second and "audit_key" not in first


async def test_she_learns_whether_it_is_whole(house: House, tmp_path: Path) -> None:
    aud = await house.browser("Aud")
    assert "It is whole" in (await aud.get("/audit?check=yes"))[1]
    with sqlite3.connect(tmp_path / "desk.db") as db:
        db.execute("drop trigger audit_is_not_changed")
        db.execute("update audit set staff = 2 where action = 'claim'")
    db.close()

    assert "It is not whole" in (await aud.get("/audit?check=yes"))[1]


async def test_what_she_carries_away_can_be_checked_elsewhere(house: House) -> None:
    from bot.vault.audit_check import AuditCheck

    aud = await house.browser("Aud")
    status, text = await aud.get("/audit/export")
    check = AuditCheck((KEY.public,))

    assert status == 200 and check.run(from_export(text.splitlines())) == []
    assert json.loads(text.splitlines()[-1])["action"] == "audit_exported"
    house.room.clock.pass_by(minutes=6)
    assert (await aud.get("/audit/export")) == (303, "/confirm?back=/audit/export")


async def test_a_look_nobody_confirmed_stands_on_top(house: House) -> None:
    from dataclasses import replace

    from bot.model.levels import Level

    lead = await house.room.store.save_staff(replace(house.room.lena, roles=("lead",)))
    await house.room.opens("ben1", level=Level.P1)
    await Identities(house.room.desk).ask(lead, CaseId("ben1"), "somebody must go to her", alone=True)
    aud = await house.browser("Aud")
    assert "still within its day" in (await aud.get("/audit"))[1]
    house.room.clock.pass_by(hours=24)
    await IdentityWatch(house.room.store, house.room.clock).look()

    assert "a breach" in (await (await house.browser("Aud")).get("/audit"))[1]


@pytest.mark.parametrize("name", ["Max", "Olga", "Lena"])
async def test_nobody_else_reads_it(house: House, name: str) -> None:
    browser = await house.browser(name)

    assert {(await browser.get(path))[0] for path in ("/audit", "/audit/export", "/audit?check=yes")} == {404}


def test_no_route_changes_the_audit() -> None:
    assert {route.method for route in ROUTES if route.path.startswith("/audit")} == {"GET"}


async def test_a_room_without_notes_still_reads(house: House) -> None:
    found = await AuditRoom(house.room.store, house.room.clock).look(house.room.sam)

    assert found.before is None and found.lines
