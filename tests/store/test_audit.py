"""The audit as the store keeps it: signed, never changed from inside, and its newest line noted in keys.db."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.model.ids import StaffId
from bot.store.audit_records import AuditLine
from bot.store.errors import StoreError
from bot.store.migrations import MAIN, migrate
from bot.store.moments import to_number
from bot.store.open import open_keys, open_store
from bot.store.protocol import KeyFile, Store
from bot.vault.audit import KEY_LINE, AuditKey, chain
from bot.vault.audit_check import AuditCheck
from bot.vault.ring import KeyRing
from bot.work.audit.anchoring import Anchoring
from bot.work.audit.reading import checked
from tests.work.desk_room import HandClock

NOON = datetime(2030, 5, 1, 12, 0, tzinfo=UTC)
KEY = AuditKey.of(KeyRing(b"p" * 32, {1: b"k" * 32}))


@dataclass
class Kept:
    folder: Path
    store: Store
    keys: KeyFile
    anchoring: Anchoring

    async def lines(self, count: int) -> None:
        for number in range(count):
            await self.store.audit(AuditLine(NOON, StaffId(1), "look", detail=str(number)))

    async def check(self) -> AuditCheck:
        return await checked(self.store, self.keys, [KEY.public])

    def by_hand(self, sql: str) -> None:
        """Change the file as somebody with a shell would, triggers out of the way."""
        with sqlite3.connect(self.folder / "a.db") as db:
            db.execute("drop trigger if exists audit_is_not_changed")
            db.execute("drop trigger if exists audit_is_not_cut")
            db.execute(sql)
        db.close()


@pytest.fixture
async def kept(tmp_path: Path) -> AsyncIterator[Kept]:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    store, keys = await open_store(url, signer=KEY), await open_keys(url)
    yield Kept(tmp_path, store, keys, Anchoring(store, keys, HandClock()))
    await store.close()
    await keys.close()


async def test_the_first_line_names_the_key_and_every_line_is_signed(kept: Kept) -> None:
    await kept.lines(3)

    lines = await kept.store.audit_lines(0, 10)
    assert [line.action for line in lines] == [KEY_LINE, "look", "look", "look"]
    assert all(len(line.signature) == 64 for line in lines)
    assert (await kept.check()).broken == []


@pytest.mark.parametrize("sql", ["update audit set detail = 'x' where id = 2", "delete from audit where id = 4"])
async def test_sqlite_itself_refuses_to_change_the_audit(kept: Kept, sql: str) -> None:
    await kept.lines(3)

    with sqlite3.connect(kept.folder / "a.db") as db, pytest.raises(sqlite3.IntegrityError, match="only added to"):
        db.execute(sql)
    db.close()


@pytest.mark.parametrize(
    ("sql", "line"),
    [
        ("update audit set detail = 'nothing' where id = 2", 2),
        ("update audit set at = at + 1 where id = 3", 3),
        ("update audit set staff = 2 where id = 3", 3),
        ("update audit set signature = x'' where id = 3", 3),
        ("delete from audit where id = 3", 3),
        ("delete from audit where id > 2", 4),
        ("delete from audit", 4),
    ],
)
async def test_a_change_by_hand_is_found(kept: Kept, sql: str, line: int) -> None:
    await kept.lines(3)
    await kept.anchoring.look()
    kept.by_hand(sql)

    assert [broken.line for broken in (await kept.check()).broken] == [line]


async def test_the_note_is_not_moved_over_a_cut(kept: Kept) -> None:
    await kept.lines(5)
    await kept.anchoring.look()
    kept.by_hand("delete from audit where id > 3")
    await kept.lines(9)

    assert not await kept.anchoring.look()
    assert kept.anchoring.broken
    assert [broken.line for broken in (await kept.check()).broken] == [6]


async def test_after_an_older_backup_it_goes_on_and_says_so(kept: Kept) -> None:
    await kept.lines(5)
    await kept.anchoring.look()
    kept.by_hand("delete from audit where id > 3")
    await kept.anchoring.look()
    assert await kept.anchoring.accept() == "noted 6, there 3"

    assert (await kept.check()).broken == []
    await kept.lines(1)
    assert await kept.anchoring.look() and not kept.anchoring.broken
    newest = (await kept.store.audit_lines(0, 10))[-2]
    assert (newest.action, newest.detail) == ("audit_restored", "noted 6, there 3")


async def test_the_note_follows_and_costs_nothing_when_nothing_happened(kept: Kept) -> None:
    assert await kept.anchoring.look()
    assert await kept.keys.anchor() is None
    await kept.lines(2)
    await kept.anchoring.look()
    noted = await kept.keys.anchor()
    assert noted is not None and noted.line == 3
    await kept.anchoring.look()
    assert await kept.keys.anchor() == noted


async def test_whether_a_line_could_be_added_is_asked_without_adding_one(kept: Kept) -> None:
    await kept.lines(1)
    assert await kept.store.audit_check() == ""
    kept.by_hand("alter table audit rename to elsewhere")

    assert await kept.store.audit_check() != ""
    with pytest.raises(StoreError):
        await kept.lines(1)
    kept.by_hand("alter table elsewhere rename to audit")
    assert len(await kept.store.audit_lines(0, 10)) == 2


async def test_an_audit_of_an_older_version_goes_on_under_its_first_signature(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    migrate(path, "safebot", tuple(step for step in MAIN if step[0] < "005"))
    old = [replace(AuditLine(NOON, StaffId(1), "look", detail="old"), id=number) for number in (1, 2)]
    with sqlite3.connect(path) as db:
        previous = b""
        for line in old:
            previous = chain(previous, line)
            row = (to_number(line.at), line.staff, line.action, line.case, line.detail, line.id, previous)
            db.execute("insert into audit (at, staff, action, case_id, detail, id, hash) values (?,?,?,?,?,?,?)", row)
    db.close()
    store, keys = await open_store(f"sqlite:///{path}", signer=KEY), await open_keys(f"sqlite:///{path}")
    await store.audit(AuditLine(NOON, StaffId(1), "look"))
    check = await checked(store, keys, [KEY.public])
    await store.close()
    await keys.close()

    assert (check.broken, check.lines, check.signed_from) == ([], 4, 3)
