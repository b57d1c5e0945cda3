"""Rows as values and values as rows, for every table that comes out whole."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from bot.model.case import Case, CaseState
from bot.model.effects import Lane
from bot.model.ids import BotId, CaseId, ChatToken, StaffId
from bot.model.levels import Level
from bot.model.outbox import OutboxRow
from bot.store.audit_records import AuditLine
from bot.store.case_records import CaseEntry, CaseMove
from bot.store.chat_records import ChatRow
from bot.store.moments import maybe_moment, maybe_number, to_moment, to_number
from bot.store.operator_records import AnswerCount, Quarantined
from bot.store.reply_records import Reply, ReplyState
from bot.store.staff_records import Session, Staff

Row = tuple[Any, ...]

LANES = (Lane.CRISIS, Lane.REPLY, Lane.DESK, Lane.BROADCAST)
LANE_NUMBER = {lane: number for number, lane in enumerate(LANES)}
CRISIS, REPLY = LANE_NUMBER[Lane.CRISIS], LANE_NUMBER[Lane.REPLY]

CASE = (
    "id, chat, desk, language, pseudonym, level, category, rules, source, state, opened_at, shown_at, due_at, alerts,"
    " claimed_by, claimed_until, age_band, country, opted_in, consented, says_no, withdrawn, blocked, another_helper,"
    " last_hers_at, last_ours_at, outcome, closed_at, card, version,"
    " lower_to, lower_by, not_for,"
    " last_with, offered_to, also, safe_hours, helped, doubtful, read_at,"
    " report_by, report, report_asked_by, report_told, passed_on"
)
CASE_NAMES = tuple(CASE.split(", "))
OUTBOX = "id, chat, lane, body, not_before, attempts, created_at, merge_name, case_id"
REPLY_COLUMNS = "id, case_id, chat, staff, body, due_at, state, held_for, reviewed_by"
STAFF = (
    "id, name, roles, desks, languages, passphrase, active, on_call, on_shift_until, telegram, language, skills,"
    " break_until, heavy_until"
)
AUDIT = "at, staff, action, case_id, detail, id, hash, signature"


@lru_cache(maxsize=8192)
def case_of(row: Row) -> Case:
    """Return the case of a row with the columns CASE. The same row is the same value: a queue is read again and again."""
    return Case(
        id=CaseId(row[0]),
        chat=ChatToken(row[1]),
        desk=row[2],
        language=row[3],
        pseudonym=row[4],
        level=Level(row[5]),
        category=row[6],
        rules=tuple(row[7].split()),
        source=row[8],
        state=CaseState(row[9]),
        opened_at=to_moment(row[10]),
        shown_at=maybe_moment(row[11]),
        due_at=maybe_moment(row[12]),
        alerts=row[13],
        claimed_by=row[14],
        claimed_until=maybe_moment(row[15]),
        age_band=row[16],
        country=row[17],
        opted_in=row[18],
        consented=bool(row[19]),
        says_no=bool(row[20]),
        withdrawn=bool(row[21]),
        blocked=bool(row[22]),
        another_helper=bool(row[23]),
        last_hers_at=maybe_moment(row[24]),
        last_ours_at=maybe_moment(row[25]),
        outcome=row[26],
        closed_at=maybe_moment(row[27]),
        card=row[28],
        version=row[29],
        lower_to=Level(row[30]) if row[30] else None,
        lower_by=row[31],
        not_for=_people(row[32]),
        last_with=row[33],
        offered_to=row[34],
        also=_people(row[35]),
        safe_hours=row[36],
        helped=row[37],
        doubtful=bool(row[38]),
        read_at=maybe_moment(row[39]),
        report_by=maybe_moment(row[40]),
        report=row[41],
        report_asked_by=row[42],
        report_told=row[43],
        passed_on=_people(row[44]),
    )


def case_row(case: Case) -> Row:
    """Return the row of a case with the columns CASE and `is_open`; its version is one more than what was read."""
    return (
        case.id,
        case.chat,
        case.desk,
        case.language,
        case.pseudonym,
        case.level.value,
        case.category,
        " ".join(case.rules),
        case.source,
        case.state.value,
        to_number(case.opened_at),
        maybe_number(case.shown_at),
        maybe_number(case.due_at),
        case.alerts,
        case.claimed_by,
        maybe_number(case.claimed_until),
        case.age_band,
        case.country,
        case.opted_in,
        case.consented,
        case.says_no,
        case.withdrawn,
        case.blocked,
        case.another_helper,
        maybe_number(case.last_hers_at),
        maybe_number(case.last_ours_at),
        case.outcome,
        maybe_number(case.closed_at),
        case.card,
        case.version + 1,
        case.lower_to.value if case.lower_to else None,
        case.lower_by,
        " ".join(map(str, case.not_for)),
        case.last_with,
        case.offered_to,
        " ".join(map(str, case.also)),
        case.safe_hours,
        case.helped,
        case.doubtful,
        maybe_number(case.read_at),
        maybe_number(case.report_by),
        case.report,
        case.report_asked_by,
        case.report_told,
        " ".join(map(str, case.passed_on)),
        case.open,
    )


def _people(text: str) -> tuple[StaffId, ...]:
    return tuple(StaffId(int(one)) for one in text.split())


def chat_of(row: Row) -> ChatRow:
    """Return a chat: token, version, address, state, until, profile, until, blocked, staff, P3s, pranks, her last helper, then the columns CASE."""
    helper, _, kept_out = row[11].partition(":")
    return ChatRow(
        chat=ChatToken(row[0]),
        version=row[1] or 0,
        address=row[2],
        state=row[3],
        state_until=maybe_moment(row[4]),
        profile=row[5],
        profile_until=maybe_moment(row[6]),
        blocked=bool(row[7]),
        staff=row[8],
        p3_recent=row[9],
        pranks_recent=row[10],
        last_with=StaffId(int(helper)) if helper else None,
        kept_out=_people(kept_out),
        case=case_of(row[12:]) if row[12] is not None else None,
    )


def outbox_of(row: Row) -> OutboxRow:
    """Return the outbox row of a row with the columns OUTBOX."""
    return OutboxRow(
        id=row[0],
        chat=row[1],
        lane=LANES[row[2]],
        body=row[3],
        not_before=to_moment(row[4]),
        attempts=row[5],
        created_at=to_moment(row[6]),
        merge=row[7],
        case=row[8],
    )


def reply_of(row: Row) -> Reply:
    """Return the reply of a row with the columns REPLY_COLUMNS."""
    return Reply(
        row[0],
        CaseId(row[1]),
        ChatToken(row[2]),
        StaffId(row[3]),
        row[4],
        to_moment(row[5]),
        ReplyState(row[6]),
        row[7],
        row[8],
    )


def reply_row(reply: Reply) -> Row:
    """Return the row of a reply with the columns REPLY_COLUMNS."""
    return (
        reply.id,
        reply.case,
        reply.chat,
        reply.staff,
        reply.body,
        to_number(reply.due_at),
        reply.state.value,
        reply.held_for,
        reply.reviewed_by,
    )


def entry_of(row: Row) -> CaseEntry:
    """Return the entry of (kind, body, at, staff, id, seq)."""
    return CaseEntry(row[0], row[1], to_moment(row[2]), row[3], row[4], row[5])


def move_of(row: Row) -> CaseMove:
    """Return the move of (step, state, level, claimed_by, version, at)."""
    return CaseMove(row[0], row[1], row[2], row[3], row[4], maybe_moment(row[5]))


def staff_of(row: Row) -> Staff:
    """Return the person of a row with the columns STAFF."""
    return Staff(
        id=StaffId(row[0]),
        name=row[1],
        roles=tuple(row[2].split()),
        desks=tuple(row[3].split()),
        languages=tuple(row[4].split()),
        passphrase=row[5],
        active=bool(row[6]),
        on_call=bool(row[7]),
        on_shift_until=maybe_moment(row[8]),
        telegram=row[9],
        language=row[10],
        skills=tuple(row[11].split()),
        break_until=maybe_moment(row[12]),
        heavy_until=maybe_moment(row[13]),
    )


def staff_row(staff: Staff) -> Row:
    """Return the row of a person with the columns STAFF; id None for a new one."""
    return (
        staff.id or None,
        staff.name,
        " ".join(staff.roles),
        " ".join(staff.desks),
        " ".join(staff.languages),
        staff.passphrase,
        staff.active,
        staff.on_call,
        maybe_number(staff.on_shift_until),
        staff.telegram,
        staff.language,
        " ".join(staff.skills),
        maybe_number(staff.break_until),
        maybe_number(staff.heavy_until),
    )


def session_of(row: Row) -> Session:
    """Return the session of (token, staff, csrf, created_at, seen_at, whole, proven_at)."""
    made, seen, proven = to_moment(row[3]), to_moment(row[4]), maybe_moment(row[6])
    return Session(row[0], StaffId(row[1]), row[2], made, seen, bool(row[5]), proven)


def audit_of(row: Row) -> AuditLine:
    """Return the line of a row with the columns AUDIT."""
    return AuditLine(to_moment(row[0]), row[1], row[2], row[3], row[4], row[5], row[6], row[7])


def counted_of(row: Row) -> AnswerCount:
    """Return a count of answers."""
    flow, question, moment, answer, right, language, month, count = row
    return AnswerCount(flow, question, moment, answer, bool(right), language, month, count)


def quarantined_of(row: Row) -> Quarantined:
    """Return what waits, of (kind, code, body, at, id, bot, update_id)."""
    return Quarantined(row[0], row[1], row[2], to_moment(row[3]), row[4], BotId(row[5]), row[6])
