"""Putting rows in line: what they cancel, what they replace, which of them their owner may send at once."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from msgspec.json import encode

from bot.model.outbox import OutboxRow, Outgoing
from bot.store.connection import Row
from bot.store.moments import to_moment, to_number
from bot.store.outbox_rows import LANE_NUMBER, REPLY

LEASE = 60_000_000
UNSENT_REPLIES = 3
INSERT = (
    "insert into outbox (id, chat, lane, not_before, attempts, created_at, replaceable, merge_name, case_id, turn,"
    " owner, lease_until, body) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
UNSENT = (
    "select id, chat, lane, not_before, attempts, replaceable, merge_name, turn, owner, parked is not null from outbox"
    " where chat in (select value from json_each(?)) order by id"
)


@dataclass(slots=True)
class Arrival:
    """The rows one turn (or one action of the desk) puts in line, and what it cancels in `chat`."""

    rows: Sequence[Outgoing] = ()
    chat: str = ""
    crisis: bool = False
    cancel_all: bool = False
    owner: str = ""
    now: int = 0


@dataclass(slots=True)
class Unsent:
    """A row that stands in line, as far as newcomers must know it."""

    id: int
    chat: str
    lane: int
    not_before: int
    attempts: int
    replaceable: bool
    merge: str
    turn: int
    owner: str | None
    parked: bool


@dataclass(slots=True)
class Arrived:
    """What came of one arrival: rows its owner holds, ids nobody may send any more."""

    rows: tuple[OutboxRow, ...] = ()
    cancelled: tuple[int, ...] = ()


@dataclass(slots=True)
class _Line:
    """The line while rows arrive: what stands per chat, what is to be inserted and removed."""

    unsent: dict[str, list[Unsent]]
    next_id: int
    inserts: dict[int, Row] = field(default_factory=dict)
    removed: list[int] = field(default_factory=list)


def put(connection: sqlite3.Connection, arrivals: Sequence[Arrival]) -> list[Arrived]:
    """Put all arrivals in line, in order."""
    chats: set[str] = {row.chat for arrival in arrivals for row in arrival.rows}
    chats.update(arrival.chat for arrival in arrivals if arrival.crisis or arrival.cancel_all)
    if not chats:
        return [Arrived() for _ in arrivals]
    line = _Line(_standing(connection, chats), _take_ids(connection, sum(len(one.rows) for one in arrivals)))
    arrived = [_arrive(line, arrival) for arrival in arrivals]
    connection.executemany("delete from outbox where id = ?", [(number,) for number in line.removed])
    connection.executemany(INSERT, line.inserts.values())
    return arrived


def _standing(connection: sqlite3.Connection, chats: Iterable[str]) -> dict[str, list[Unsent]]:
    unsent: dict[str, list[Unsent]] = defaultdict(list)
    for row in connection.execute(UNSENT, (encode(list(chats)).decode(),)):
        unsent[row[1]].append(Unsent(*row))
    return unsent


def _take_ids(connection: sqlite3.Connection, count: int) -> int:
    """Return the first of so many fresh ids. They never come twice, so a cancelled id can mean no other row."""
    if not count:
        return 0
    query = "update counters set value = value + ? where name = 'outbox' returning value"
    (last,) = connection.execute(query, (count,)).fetchall()[0]
    return int(last) - count + 1


def _arrive(line: _Line, arrival: Arrival) -> Arrived:
    cancelled = _cancel(line, arrival)
    turn = line.next_id
    held = [_insert(line, arrival, row, _make_way(line, row), turn) for row in arrival.rows]
    return Arrived(tuple(row for row in held if row is not None), cancelled)


def _cancel(line: _Line, arrival: Arrival) -> tuple[int, ...]:
    standing = line.unsent.get(arrival.chat)
    if not standing:
        return ()
    if arrival.cancel_all:
        goes = standing
    elif arrival.crisis:
        goes = [row for row in standing if row.lane == REPLY and not row.parked]
    else:
        goes = _too_many(standing, sum(row.replaceable for row in arrival.rows if row.chat == arrival.chat))
    return _remove(line, goes)


def _too_many(standing: Sequence[Unsent], new: int) -> list[Unsent]:
    """Return ordinary replies of older turns, oldest turn first and each whole, until no more than three would wait."""
    older = [row for row in standing if row.replaceable and not row.parked] if new else []
    goes: list[Unsent] = []
    while len(older) > max(0, UNSENT_REPLIES - new):
        oldest = older[0].turn
        goes += [row for row in older if row.turn == oldest]
        older = [row for row in older if row.turn != oldest]
    return goes


def _make_way(line: _Line, row: Outgoing) -> int:
    """Remove unsent rows of the same merge name that nobody has taken; return when the newcomer is due.

    It waits no longer than they would have (a card that changes every second is shown all the same), and no shorter
    where Telegram has asked for patience.
    """
    due = to_number(row.not_before)
    if row.merge:
        standing = line.unsent.get(row.chat, ())
        replaced = [one for one in standing if one.merge == row.merge and one.owner is None and not one.parked]
        for one in replaced:
            due = max(due, one.not_before) if one.attempts else min(due, one.not_before)
        _remove(line, replaced)
    return due


def _remove(line: _Line, goes: Sequence[Unsent]) -> tuple[int, ...]:
    gone = tuple(goes)  # `goes` may be the very list that shrinks here
    for row in gone:
        line.unsent[row.chat].remove(row)
        if line.inserts.pop(row.id, None) is None:
            line.removed.append(row.id)
    return tuple(row.id for row in gone)


def _insert(line: _Line, arrival: Arrival, row: Outgoing, due: int, turn: int) -> OutboxRow | None:
    """Put one row in line; return it when its owner may send it at once."""
    number, lane = line.next_id, LANE_NUMBER[row.lane]
    line.next_id += 1
    standing = line.unsent.setdefault(row.chat, [])
    held = bool(arrival.owner) and lane <= REPLY and due <= arrival.now
    # Behind an older row that its owner does not hold (it waits for a retry, say) it would overtake: it stays in line.
    held = held and not any(one.lane == lane and one.owner != arrival.owner and not one.parked for one in standing)
    owner, lease = (arrival.owner, arrival.now + LEASE) if held else (None, None)
    line.inserts[number] = (
        number, row.chat, lane, due, 0, due, row.replaceable, row.merge, row.case, turn, owner, lease, row.body
    )  # fmt: skip
    standing.append(Unsent(number, row.chat, lane, due, 0, row.replaceable, row.merge, turn, owner, False))
    if not held:
        return None
    return OutboxRow(number, row.chat, row.lane, row.body, row.not_before, 0, to_moment(due), row.merge, row.case)
