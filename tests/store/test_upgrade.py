"""A file of version 003, with rows in every table that later versions changed, goes on working in the newest."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.model.ids import CaseId, StaffId
from bot.store.audit_records import AuditLine
from bot.store.case_records import CaseMove, CaseWrite
from bot.store.desk_records import DeskWrite
from bot.store.identity_records import IdentityAsk
from bot.store.migrations import MAIN, migrate
from bot.store.moments import to_number
from bot.store.open import open_keys, open_store
from bot.store.protocol import Store
from bot.store.reply_records import ReplyState
from bot.vault.audit import AuditKey, chain
from bot.vault.ring import KeyRing
from bot.work.audit.reading import checked
from tests.store.given import ANA, MINUTE, NOW, a_case, a_reply, a_turn, commit

KEY = AuditKey.of(KeyRing(b"p" * 32, {1: b"k" * 32}))
OLDER = MAIN[:3]

CASE = (
    "insert into cases values ('c1', ?, 'KE', 'en', 'Blue Heron', 'P2', 'sextortion', 'en.sextortion.one en.sextortion.two',"
    " 'text', 'new', ?, ?, ?, 0, null, null, '', '', '', 0, 0, 0, 0, 0, null, null, '', null, null, 3, null, null, '5 6', 1)"
)


def old_rows(db: sqlite3.Connection) -> None:
    """Put in what version 003 would have written."""
    now = to_number(NOW)
    due = to_number(NOW + 30 * MINUTE)
    db.execute("insert into chats (chat, version, address, state) values (?, 4, x'01', x'02')", (ANA,))
    db.execute(CASE, (ANA, now, now, due))
    db.execute("insert into entries (case_id, kind, body, at) values ('c1', 'hers', x'03', ?)", (now,))
    db.execute("insert into moves values (1, 'c1', 'opened', 'new', 'P2', null, 1)")
    db.execute("insert into replies values ('r1', 'c1', ?, 1, x'04', ?, 'draft')", (ANA, now))
    db.execute("insert into staff values (1, 'Max', 'moderator', 'KE', 'en sw', x'05', 1, 0, null, null, 'en')")
    db.execute("insert into sessions values (x'06', 1, 'csrf', ?, ?)", (now, now))
    line = AuditLine(NOW, StaffId(1), "look", CaseId("c1"), id=1)
    db.execute("insert into audit values (1, ?, 1, 'look', 'c1', '', ?)", (now, chain(b"", line)))


@pytest.fixture
async def upgraded(tmp_path: Path) -> AsyncIterator[Store]:
    path = tmp_path / "bot.db"
    await asyncio.to_thread(migrate, path, "safebot", OLDER)
    with sqlite3.connect(path) as db:
        old_rows(db)
    db.close()
    store = await open_store(str(path), signer=KEY)
    yield store
    await store.close()


def test_migrations_are_numbered_in_the_order_in_which_they_are_applied() -> None:
    assert [int(name[:3]) for name, _ in MAIN] == list(range(1, len(MAIN) + 1))


async def test_a_case_of_the_older_version_is_whole_and_goes_on(upgraded: Store) -> None:
    case = await upgraded.case(CaseId("c1"))
    assert case == a_case(version=3, not_for=(StaffId(5), StaffId(6)))

    [result] = await commit(upgraded, a_turn(1, version=4))
    assert result.outcome == "done"
    assert await upgraded.commit_desk(
        DeskWrite(CaseWrite(replace(case, safe_hours="evening", passed_on=(StaffId(7),))))
    )
    assert (await upgraded.load_chats([ANA], NOW))[ANA].case == replace(
        case, safe_hours="evening", passed_on=(StaffId(7),), version=4
    )


async def test_its_words_history_and_replies_are_there(upgraded: Store) -> None:
    assert [(entry.kind, entry.seq) for entry in await upgraded.entries(CaseId("c1"))] == [("hers", "")]
    assert await upgraded.moves(CaseId("c1")) == [CaseMove("opened", "new", "P2", None, 1)]
    assert await upgraded.replies(CaseId("c1")) == [a_reply(body=b"\x04", due_at=NOW, state=ReplyState.DRAFT)]


async def test_its_people_are_on_no_break_and_their_browsers_give_a_second_factor_first(upgraded: Store) -> None:
    [max_] = await upgraded.staff()
    assert (max_.name, max_.skills, max_.break_until, max_.resting(NOW)) == ("Max", (), None, False)

    session = await upgraded.session(b"\x06")
    assert session is not None
    assert not session.whole


async def test_its_audit_goes_on_as_one_chain_that_is_signed_from_now_on(upgraded: Store, tmp_path: Path) -> None:
    keys = await open_keys(str(tmp_path / "bot.db"))
    await upgraded.audit(AuditLine(NOW, StaffId(1), "look", CaseId("c1")))
    check = await checked(upgraded, keys, [KEY.public])
    await keys.close()

    assert (check.broken, check.lines, check.signed_from) == ([], 3, 2)


async def test_an_ask_for_her_address_can_be_kept(upgraded: Store) -> None:
    ask = IdentityAsk("i1", CaseId("c1"), StaffId(1), NOW, alone=False)
    assert await upgraded.commit_desk(DeskWrite(identity=(None, ask)))

    assert await upgraded.identity_asks(CaseId("c1")) == [ask]
