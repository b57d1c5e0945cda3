"""Referrals, duties to report, rules called mistaken, and who held which case when, in SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from msgspec.json import encode

from bot.model.case import Case
from bot.model.held import HeldMove
from bot.model.ids import CaseId, StaffId
from bot.model.referral import Debrief, Referral
from bot.store.case_rows import CASE, CASE_NAMES, case_of
from bot.store.case_writing import tell_news
from bot.store.closing_records import MistakenRule
from bot.store.connection import Row
from bot.store.moments import maybe_moment, maybe_number, to_moment, to_number
from bot.store.sqlite_file import SqlitePart

REFERRAL = "id, case_id, staff, at, service, agreement, sent, follow_up, followed_at, followed_by"
DEBRIEF = "id, staff, at, taken_by, taken_at"
IN_LIST = "in (select value from json_each(?))"


class SqliteClosing(SqlitePart):
    """The verbs of ClosingStore."""

    async def referrals(self, case: CaseId) -> list[Referral]:
        """Return the referrals of a case, oldest first."""
        query = f"select {REFERRAL} from referrals where case_id = ? order by at, id"
        return [_referral(row) for row in self._file.rows(query, (case,))]

    async def to_follow_up(self, until: date) -> list[tuple[Referral, Case]]:
        """Return referrals whose day has come and that nobody has followed up, with their cases; the oldest day first."""
        names = ", ".join(f"r.{name}" for name in REFERRAL.split(", "))
        case = ", ".join(f"c.{name}" for name in CASE_NAMES)
        query = (
            f"select {names}, {case} from referrals r join cases c on c.id = r.case_id"
            " where r.follow_up <> '' and r.followed_at is null and r.follow_up <= ? order by r.follow_up, r.at"
        )
        width = len(REFERRAL.split(", "))
        return [(_referral(row[:width]), case_of(row[width:])) for row in self._file.rows(query, (until.isoformat(),))]

    async def report_cases(self) -> list[Case]:
        """Return open cases with a duty to report that nobody has fulfilled or settled."""
        where = "is_open = 1 and report_by is not null and report in ('', 'asked') order by report_by"
        return [case_of(row) for row in self._file.rows(f"select {CASE} from cases where {where}")]

    async def mistaken_rules(self) -> list[MistakenRule]:
        """Return how often each rule was called mistaken, by month, newest month first."""
        query = (
            "select rules, strftime('%Y-%m', closed_at / 1000000, 'unixepoch') from cases where outcome = 'mistaken'"
        )
        counts: dict[tuple[str, str], int] = {}
        for rules, month in self._file.rows(query):
            for rule in rules.split():
                counts[rule, month] = counts.get((rule, month), 0) + 1
        found = [MistakenRule(rule, month, count) for (rule, month), count in counts.items()]
        by_rule = sorted(found, key=lambda one: (-one.count, one.rule))
        return sorted(by_rule, key=lambda one: one.month, reverse=True)

    async def handled(self, staff: Sequence[StaffId], since: datetime) -> list[HeldMove]:
        """Return the moves since then of every case that one of these people held since then, in order, case by case."""
        query = (
            "select m.case_id, m.at, m.state, m.level, c.category, m.claimed_by from moves m join cases c on c.id = m.case_id"
            " where c.source <> 'drill' and m.at >= ?2 and m.case_id in"
            " (select case_id from moves where at >= ?2 and claimed_by in (select value from json_each(?1)))"
            " order by m.case_id, m.id"
        )
        values = (encode(list(staff)).decode(), to_number(since))
        return [HeldMove(row[0], to_moment(row[1]), *row[2:]) for row in self._file.rows(query, values)]

    async def waiting_debriefs(self) -> list[Debrief]:
        """Return talks that were asked for and nobody has taken on, oldest first."""
        query = f"select {DEBRIEF} from debriefs where taken_at is null order by at"
        return [_debrief(row) for row in self._file.rows(query)]

    async def find_cases(self, desks: Iterable[str], since: datetime, until: datetime, limit: int) -> list[Case]:
        """Return open and closed cases of these desks that were opened in between, newest first."""
        query = (
            f"select {CASE} from cases where desk {IN_LIST} and opened_at >= ? and opened_at < ? and source <> 'drill'"
            " order by opened_at desc limit ?"
        )
        values = (encode(list(desks)).decode(), to_number(since), to_number(until), limit)
        return [case_of(row) for row in self._file.rows(query, values)]


def put_records(connection: sqlite3.Connection, records: Sequence[Referral | Debrief]) -> bool:
    """Add rows, or note that one was followed up or taken on; False when somebody did that already."""
    for record in records:
        query, values = _write(record)
        if connection.execute(query, values).rowcount != 1:
            return False
    if records:
        tell_news(connection)
    return True


def _write(record: Referral | Debrief) -> tuple[str, Row]:
    if isinstance(record, Referral):
        query = (
            f"insert into referrals ({REFERRAL}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do update"
            " set followed_at = excluded.followed_at, followed_by = excluded.followed_by where followed_at is null"
        )
        return query, _referral_row(record)
    query = (
        f"insert into debriefs ({DEBRIEF}) values (?, ?, ?, ?, ?) on conflict (id) do update"
        " set taken_by = excluded.taken_by, taken_at = excluded.taken_at where taken_at is null"
    )
    return query, (record.id, record.staff, to_number(record.at), record.taken_by, maybe_number(record.taken_at))


def _referral_row(referral: Referral) -> Row:
    return (
        referral.id,
        referral.case,
        referral.staff,
        to_number(referral.at),
        referral.service,
        referral.agreement,
        " ".join(referral.sent),
        referral.follow_up.isoformat() if referral.follow_up else "",
        maybe_number(referral.followed_at),
        referral.followed_by,
    )


def _referral(row: Row) -> Referral:
    return Referral(
        id=row[0],
        case=CaseId(row[1]),
        staff=StaffId(row[2]),
        at=to_moment(row[3]),
        service=row[4],
        agreement=row[5],
        sent=tuple(row[6].split()),
        follow_up=date.fromisoformat(row[7]) if row[7] else None,
        followed_at=maybe_moment(row[8]),
        followed_by=row[9],
    )


def _debrief(row: Row) -> Debrief:
    return Debrief(row[0], StaffId(row[1]), to_moment(row[2]), row[3], maybe_moment(row[4]))
