"""Doctor tells of the audit: whole with its newest line, or changed; of looks nobody confirmed, and who has no second factor."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.model.ids import CaseId
from bot.model.levels import Level
from bot.store.open import open_keys
from bot.vault.audit import AuditKey
from bot.vault.pairs import Pair, key_id
from bot.vault.ring import KeyRing
from bot.work.audit.checkup import audit_findings
from bot.work.desk.identity import CONFIRM_WITHIN, Identities
from bot.work.desk.identity_watch import IdentityWatch
from bot.work.desk.keys import DeskKeys
from tests.work.desk_room import Room, a_room

KEY = AuditKey.of(KeyRing(b"p" * 32, {1: b"k" * 32}))


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with a_room(tmp_path) as made:
        made.store.signer = KEY  # type: ignore[attr-defined]  # as the house gives it one
        await made.opens(level=Level.P1)
        await made.desk.claim(made.max, CaseId("ana1"))
        yield made


async def told(room: Room, folder: Path) -> dict[str, list[str]]:
    keys = await open_keys(f"sqlite:///{folder / 'desk.db'}")
    findings = await audit_findings(room.store, keys, KEY.public, room.clock.now())
    await keys.close()
    return {level: [f.what for f in findings if f.level == level] for level in ("stop", "warn", "note")}


async def test_a_whole_audit_and_its_newest_line_are_told(room: Room, tmp_path: Path) -> None:
    found = await told(room, tmp_path)

    assert found["stop"] == found["warn"] == []
    assert "audit-line-2-" in found["note"][0] and "No second factor yet: Lena, Max, Olga, Sam." in found["note"]


async def test_a_changed_line_is_a_reason_to_stop(room: Room, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "desk.db") as db:
        db.execute("drop trigger audit_is_not_changed")
        db.execute("update audit set staff = 2 where action = 'claim'")
    db.close()

    assert "line 2" in (await told(room, tmp_path))["stop"][0]


async def test_a_look_nobody_confirmed_is_told(room: Room, tmp_path: Path) -> None:
    lead = await room.store.save_staff(replace(room.lena, roles=("lead",)))
    await Identities(room.desk).ask(lead, CaseId("ana1"), "somebody must go to her", alone=True)
    room.clock.at += CONFIRM_WITHIN
    await IdentityWatch(room.store, room.clock).look()

    assert "1 looks" in (await told(room, tmp_path))["warn"][0]


async def test_a_key_that_somebody_put_into_the_tables_is_told(room: Room, tmp_path: Path) -> None:
    keys = DeskKeys(room.store, room.clock)
    room.clock.pass_by(minutes=1)
    await keys.enrol(room.max, "four kettles sing at dawn")
    assert (await told(room, tmp_path))["stop"] == []
    hers, theirs = Pair.new(), Pair.new()
    with sqlite3.connect(tmp_path / "desk.db") as db:
        db.execute("update staff_keys set public = ?", (hers.public,))
        db.execute("update desk_keys set public = ?, id = ? where desk = 'KE'", (theirs.public, key_id(theirs.public)))
    db.close()

    stop = (await told(room, tmp_path))["stop"]
    assert [what for what in stop if "nobody the audit knows" in what] == [
        f"A key of {owner} was made by nobody the audit knows." for owner in ("Max", "KE")
    ]
