"""What must be known before turns are written: which updates have acted, which versions stand. One query a table."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from msgspec.json import encode

from bot.store.case_records import CaseWrite
from bot.store.moments import to_number
from bot.store.reply_records import ReplyState
from bot.store.turn_records import Outcome, TimerKey, Turn, UpdateKey

LARGEST = 2**63


@dataclass(slots=True)
class Facts:
    """How things stand inside the write transaction."""

    seen: set[tuple[int, int]] = field(default_factory=set)
    versions: dict[str, int] = field(default_factory=dict)
    hours: dict[str, int | None] = field(default_factory=dict)  # chat -> hour when something of it expires
    timers: set[tuple[str, str, int]] = field(default_factory=set)
    cases: dict[str, int] = field(default_factory=dict)
    open_cases: dict[str, str] = field(default_factory=dict)  # chat -> id
    replies: dict[str, str] = field(default_factory=dict)  # id -> state


def read_facts(connection: sqlite3.Connection, turns: Sequence[Turn]) -> Facts:
    """Return what `judge` needs to know of these turns."""
    facts = Facts(seen=_seen(connection, turns))
    chats = _text({turn.chat for turn in turns if turn.chat})
    for chat, version, hour in _find(
        connection, "select chat, version, expires_hour from chats where chat in {}", chats
    ):
        facts.versions[chat], facts.hours[chat] = version, hour
    if any(isinstance(turn.key, TimerKey) for turn in turns):
        facts.timers = set(_find(connection, "select chat, name, at from timers where chat in {}", chats))
    if taken := [turn.takes_reply for turn in turns if turn.takes_reply]:
        facts.replies = dict(_find(connection, "select id, state from replies where id in {}", _text(taken)))
    read_cases(connection, facts, [turn.case for turn in turns if turn.case is not None])
    return facts


def read_cases(connection: sqlite3.Connection, facts: Facts, writes: Sequence[CaseWrite]) -> None:
    """Add what stands of these cases, and of other open cases of their chats."""
    if not writes:
        return
    ids, chats = _text({write.case.id for write in writes}), _text({write.case.chat for write in writes})
    facts.cases = dict(_find(connection, "select id, version from cases where id in {}", ids))
    facts.open_cases = dict(_find(connection, "select chat, id from cases where is_open = 1 and chat in {}", chats))


def judge(turn: Turn, facts: Facts) -> Outcome:
    """Return what is to become of a turn: done, duplicate or conflict."""
    if not _still_acts(turn, facts):
        return Outcome.DUPLICATE
    if turn.chat and facts.versions.get(turn.chat, 0) != turn.version:
        return Outcome.CONFLICT
    if turn.takes_reply and facts.replies.get(turn.takes_reply) != ReplyState.PENDING:
        return Outcome.CONFLICT
    if turn.case is not None and not case_stands(turn.case, facts):
        return Outcome.CONFLICT
    return Outcome.DONE


def case_stands(write: CaseWrite, facts: Facts) -> bool:
    """Return whether a case is as it was read, and its chat has no other open one."""
    if facts.cases.get(write.case.id, 0) != write.case.version:
        return False
    other = facts.open_cases.get(write.case.chat, write.case.id)
    return other == write.case.id or not write.case.open


def update_number(update: int) -> int:
    """Return an update id as it is kept: Telegram's have 32 bits; a larger one is folded, so that it acts once too."""
    return update if -LARGEST <= update < LARGEST else hash(update)


def _still_acts(turn: Turn, facts: Facts) -> bool:
    if isinstance(turn.key, UpdateKey):
        return (turn.key.bot, update_number(turn.key.update)) not in facts.seen
    if isinstance(turn.key, TimerKey):
        return (turn.key.chat, turn.key.name, to_number(turn.key.at)) in facts.timers
    return True


def _seen(connection: sqlite3.Connection, turns: Sequence[Turn]) -> set[tuple[int, int]]:
    by_bot: dict[int, list[int]] = defaultdict(list)
    for turn in turns:
        if isinstance(turn.key, UpdateKey):
            by_bot[turn.key.bot].append(update_number(turn.key.update))
    query = "select bot, update_id from seen where bot = ? and update_id in (select value from json_each(?))"
    found: set[tuple[int, int]] = set()
    for bot, updates in by_bot.items():
        found.update(connection.execute(query, (bot, encode(updates).decode())))
    return found


def _text(values: Iterable[str]) -> str:
    return encode(list(values)).decode()


def _find(connection: sqlite3.Connection, query: str, values: str) -> list[Any]:
    return connection.execute(query.format("(select value from json_each(?))"), (values,)).fetchall()
