"""Committing turns: many in one go, table by table; should a statement fail, one by one, so that only the bad one fails."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgspec.json import encode

from bot.store import outbox_line, timer_rows
from bot.store.case_writing import tell_news, write_cases
from bot.store.connection import Row
from bot.store.errors import is_fatal
from bot.store.moments import HOUR, maybe_number, to_number
from bot.store.operator_records import AnswerCount, Quarantined
from bot.store.reply_records import ReplyState
from bot.store.turn_facts import Facts, judge, read_facts, update_number
from bot.store.turn_records import Outcome, TimerKey, Turn, TurnResult, UpdateKey

MARKED_HOURS = """(
    with recursive hours (hour) as (
        select min(hour) from marks union all
        select (select min(hour) from marks where marks.hour > hours.hour) from hours where hours.hour is not null
    ) select hour from hours where hour is not null
)"""
"""The hours (some fifty) in which there are marks: found by jumps, so that marks of one chat are found by their key."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One caller's turns, for whom their rows are, and the time."""

    turns: Sequence[Turn]
    owner: str
    now: int


@dataclass(slots=True)
class _Job:
    """One turn on its way through the transaction."""

    turn: Turn
    owner: str
    now: int
    result: TurnResult = TurnResult(Outcome.DONE)


def commit(connection: sqlite3.Connection, asked: Sequence[Asked]) -> list[list[TurnResult]]:
    """Commit the turns of all callers; return the results of each, in order."""
    jobs = [[_Job(turn, one.owner, one.now) for turn in one.turns] for one in asked]
    for wave in _waves([job for part in jobs for job in part]):
        _commit_wave(connection, wave)
    return [[job.result for job in part] for part in jobs]


def _waves(jobs: Sequence[_Job]) -> Iterator[list[_Job]]:
    """Cut jobs so that within a wave no chat, update or reply comes twice: the second must see what the first did."""
    wave: list[_Job] = []
    met: set[object] = set()
    for job in jobs:
        turn = job.turn
        names = [name for name in (turn.chat, turn.key, turn.takes_reply) if name]
        if not met.isdisjoint(names):
            yield wave
            wave, met = [], set()
        wave.append(job)
        met.update(names)
    if wave:
        yield wave


def _commit_wave(connection: sqlite3.Connection, wave: Sequence[_Job]) -> None:
    connection.execute("savepoint wave")
    try:
        _write(connection, wave)
    except Exception as error:
        if is_fatal(error):
            raise
        connection.execute("rollback to wave")
        if len(wave) == 1:
            wave[0].result = TurnResult(Outcome.FAILED, error=type(error).__name__)
        else:
            for job in wave:
                _commit_wave(connection, [job])
    connection.execute("release wave")


def _write(connection: sqlite3.Connection, wave: Sequence[_Job]) -> None:
    facts = read_facts(connection, [job.turn for job in wave])
    going = []
    for job in wave:
        outcome = judge(job.turn, facts)
        job.result = TurnResult(outcome)
        if outcome is Outcome.DONE:
            going.append(job)
    if going:
        turns = [job.turn for job in going]
        _write_keys(connection, turns)
        _write_chats(connection, [turn for turn in turns if turn.chat], facts)
        _write_replies(connection, turns)
        _write_cases(connection, turns)
        _write_outbox(connection, going)
        _write_rest(connection, turns)


def _write_keys(connection: sqlite3.Connection, turns: Sequence[Turn]) -> None:
    updates = [
        (turn.key.bot, update_number(turn.key.update), to_number(turn.at))
        for turn in turns
        if isinstance(turn.key, UpdateKey)
    ]
    connection.executemany("insert into seen (bot, update_id, at) values (?, ?, ?)", updates)
    timer_rows.remove(connection, [(one.key.chat, one.key.name) for one in turns if isinstance(one.key, TimerKey)])


def _write_chats(connection: sqlite3.Connection, turns: Sequence[Turn], facts: Facts) -> None:
    connection.executemany(
        "insert into chats (chat, version, blocked) values (?, 0, 0)",
        [(turn.chat,) for turn in turns if not turn.version],
    )
    connection.executemany(
        "update chats set version = version + 1, address = coalesce(?, address), blocked = coalesce(?, blocked),"
        " state_until = ?, profile_until = ?, profile = ?, state = ? where chat = ?",
        [_with_state(turn) for turn in turns if not turn.keep_state],
    )
    connection.executemany(
        "update chats set version = version + 1, address = coalesce(?, address), blocked = coalesce(?, blocked)"
        " where chat = ?",
        [(turn.address, turn.blocked, turn.chat) for turn in turns if turn.keep_state],
    )
    hours = [(_expires_hour(turn), turn.chat) for turn in turns if not turn.keep_state]
    changed = [(hour, chat) for hour, chat in hours if hour != facts.hours.get(chat)]
    connection.executemany("update chats set expires_hour = ? where chat = ?", changed)


def _expires_hour(turn: Turn) -> int | None:
    """Return the hour in which the first of state and profile is past its time."""
    state = turn.state_until if turn.state is not None else None
    profile = turn.profile_until if turn.profile is not None else None
    moments = [until for until in (state, profile) if until is not None]
    return to_number(min(moments)) // HOUR if moments else None


def _with_state(turn: Turn) -> Row:
    state_until = maybe_number(turn.state_until) if turn.state is not None else None
    profile_until = maybe_number(turn.profile_until) if turn.profile is not None else None
    return (turn.address, turn.blocked, state_until, profile_until, turn.profile, turn.state, turn.chat)


def _write_replies(connection: sqlite3.Connection, turns: Sequence[Turn]) -> None:
    hers = [turn.chat for turn in turns if turn.hers]
    changed = _back_to_drafts(connection, hers) if hers else 0
    steps = [(ReplyState.SENT, turn.takes_reply, ReplyState.PENDING) for turn in turns if turn.takes_reply]
    if steps:
        changed += connection.executemany("update replies set state = ? where id = ? and state = ?", steps).rowcount
    over = [(ReplyState.OPENED, reply) for turn in turns for reply in turn.opens_replies]
    over += [(ReplyState.UNOPENED, reply) for turn in turns for reply in turn.unopened]
    if over:  # its words stand in the case: here nobody needs them any more
        query = "update replies set state = ?, body = x'' where id = ? and state = 'sent'"
        changed += connection.executemany(query, over).rowcount
    if changed:
        tell_news(connection)


def _back_to_drafts(connection: sqlite3.Connection, chats: Sequence[str]) -> int:
    query = (
        "select id, chat from replies where state in ('pending', 'held') and chat in (select value from json_each(?))"
    )
    pending = connection.execute(query, (encode(chats).decode(),)).fetchall()
    connection.executemany(
        "update replies set state = 'draft', body = x'' where id = ?", [(number,) for number, _ in pending]
    )
    timer_rows.remove(connection, [(chat, f"reply:{number}") for number, chat in pending])
    return len(pending)


def _write_cases(connection: sqlite3.Connection, turns: Sequence[Turn]) -> None:
    cases = [turn.case for turn in turns if turn.case is not None]
    if cases:
        write_cases(connection, cases)
    if answers := [(turn.helped, turn.chat) for turn in turns if turn.helped]:
        note_helped(connection, answers)
    if said := [(turn.blocked, turn.chat) for turn in turns if turn.blocked is not None]:
        flag_blocked(connection, said)


def note_helped(connection: sqlite3.Connection, answers: Sequence[tuple[str, str]]) -> None:
    """Keep whether it helped (code, chat) with the case of that chat that was closed last."""
    connection.executemany(
        "update cases set helped = ?1, version = version + 1 where id ="
        " (select id from cases where chat = ?2 and is_open = 0 order by closed_at desc limit 1)",
        answers,
    )


def flag_blocked(connection: sqlite3.Connection, said: Sequence[tuple[bool, str]]) -> None:
    """Note on open cases whether their chat refuses us."""
    query = "update cases set blocked = ?1 where chat = ?2 and is_open = 1 and blocked <> ?1"
    if connection.executemany(query, said).rowcount > 0:
        tell_news(connection)


def _write_outbox(connection: sqlite3.Connection, going: Sequence[_Job]) -> None:
    arrivals = [
        outbox_line.Arrival(job.turn.outbox, job.turn.chat, job.turn.crisis, job.turn.cancel_all, job.owner, job.now)
        for job in going
    ]
    for job, came in zip(going, outbox_line.put(connection, arrivals), strict=True):
        if came.rows or came.cancelled:
            job.result = TurnResult(Outcome.DONE, came.rows, came.cancelled)


def _write_rest(connection: sqlite3.Connection, turns: Sequence[Turn]) -> None:
    for turn in turns:
        if turn.cancel_all:
            connection.execute(f"delete from marks where hour in {MARKED_HOURS} and chat = ?", (turn.chat,))
    marks = [(turn.chat, to_number(mark.at), mark.body) for turn in turns for mark in turn.marks]
    write_marks(connection, marks)
    timer_rows.change(connection, [(turn.chat, change) for turn in turns for change in turn.timers])
    connection.executemany(
        "insert into quarantine (bot, update_id, kind, code, body, at) values (?, ?, ?, ?, ?, ?)",
        [_quarantine(turn, turn.quarantine) for turn in turns if turn.quarantine is not None],
    )
    count_answers(connection, [count for turn in turns for count in turn.counts])


def count_answers(connection: sqlite3.Connection, counts: Sequence[AnswerCount]) -> None:
    """Add to the counts of answers. Nothing of the turn they came with is kept beside them."""
    connection.executemany(
        "insert into answer_counts (flow, question, moment, answer, is_right, language, month, count)"
        " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do update set count = count + excluded.count",
        [(c.flow, c.question, c.when, c.answer, c.right, c.language, c.month, c.count) for c in counts],
    )


def write_marks(connection: sqlite3.Connection, marks: Sequence[tuple[str, int, bytes]]) -> None:
    """Keep sealed message ids (chat, at, body) for a wipe."""
    connection.executemany(
        "insert or ignore into marks (hour, chat, at, body) values (?, ?, ?, ?)",
        [(at // HOUR, chat, at, body) for chat, at, body in marks],
    )


def _quarantine(turn: Turn, waits: Quarantined) -> Row:
    key = turn.key if isinstance(turn.key, UpdateKey) else UpdateKey(waits.bot, waits.update)
    return (key.bot, update_number(key.update), waits.kind, waits.code, waits.body, to_number(waits.at))
