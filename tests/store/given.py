"""Turns, rows and cases for the store's tests. Words are bytes that only pretend to be sealed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.model.case import Case, CaseState
from bot.model.effects import Lane
from bot.model.ids import BotId, CaseId, ChatToken, StaffId
from bot.model.levels import Level
from bot.model.outbox import OutboxRow, Outgoing
from bot.store.case_records import CaseEntry, CaseWrite
from bot.store.chat_records import Mark
from bot.store.desk_records import DeskWrite
from bot.store.protocol import Store
from bot.store.reply_records import Reply
from bot.store.staff_records import Staff
from bot.store.turn_records import Turn, TurnResult, UpdateKey

NOW = datetime(2030, 3, 1, 12, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ANA, BEA, GROUP = ChatToken("a" * 26), ChatToken("b" * 26), ChatToken("g" * 26)


def a_row(says: str = "hello", chat: ChatToken = ANA, lane: Lane = Lane.REPLY, **more: Any) -> Outgoing:
    return Outgoing(**{"chat": chat, "lane": lane, "body": says.encode(), "not_before": NOW, **more})


def a_prompt(says: str, chat: ChatToken = ANA) -> Outgoing:
    return a_row(says, chat, replaceable=True)


def a_turn(update: int | None = None, chat: ChatToken = ANA, version: int = 0, **more: Any) -> Turn:
    key = None if update is None else UpdateKey(BotId(7), update)
    state = {} if more.get("keep_state") else {"state": b"sealed state", "state_until": NOW + DAY}
    return Turn(**{"key": key, "chat": chat, "at": NOW, "version": version, "address": b"sealed id", **state, **more})


def a_case(chat: ChatToken = ANA, name: str = "c1", **more: Any) -> Case:
    given = {
        "id": CaseId(name),
        "chat": chat,
        "desk": "KE",
        "language": "en",
        "pseudonym": "Blue Heron",
        "level": Level.P2,
        "category": "sextortion",
        "rules": ("en.sextortion.one", "en.sextortion.two"),
        "source": "text",
        "state": CaseState.NEW,
        "opened_at": NOW,
        "shown_at": NOW,
        "due_at": NOW + 30 * MINUTE,
    }
    return Case(**{**given, **more})


def an_entry(says: str = "sealed words", kind: str = "hers") -> CaseEntry:
    return CaseEntry(kind, says.encode(), NOW)


def a_reply(name: str = "r1", **more: Any) -> Reply:
    given = {"id": name, "case": CaseId("c1"), "chat": ANA, "staff": StaffId(1), "body": b"sealed answer"}
    return Reply(**{**given, "due_at": NOW + timedelta(seconds=5), **more})


def a_mark(number: int = 1, at: datetime = NOW) -> Mark:
    return Mark(b"sealed message id %d" % number, at)


async def commit(store: Store, *turns: Turn, owner: str = "") -> list[TurnResult]:
    return await store.commit_turns(turns, owner, NOW)


async def claim(store: Store, at: datetime = NOW, owner: str = "sender-a", limit: int = 100) -> list[OutboxRow]:
    return await store.claim_outbox(owner, at, limit, at + MINUTE)


def said(rows: list[OutboxRow] | tuple[OutboxRow, ...]) -> list[str]:
    return [row.body.decode() for row in rows]


async def open_case(store: Store, case: Case | None = None, *entries: CaseEntry) -> Case:
    """Commit a turn that opens a case; return the case as it now stands."""
    case = case or a_case()
    version = (await store.load_chats([case.chat]))[case.chat].version
    await commit(store, a_turn(chat=case.chat, version=version, case=CaseWrite(case, entries or (an_entry(),))))
    stands = await store.case(case.id)
    assert stands is not None
    return stands


async def send_reply(store: Store, **more: Any) -> Reply:
    reply = a_reply(**more)
    assert await store.commit_desk(DeskWrite(reply=reply))
    return reply


async def add_staff(store: Store, name: str = "Max", **more: Any) -> Staff:
    given = {"id": StaffId(0), "name": name, "roles": ("moderator",), "desks": ("KE",), "languages": ("en", "sw")}
    return await store.save_staff(Staff(**{**given, **more}))
