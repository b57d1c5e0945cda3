"""Cases as rows and rows as cases, with their entries and moves. One line a column, in the order of CASE: a new column goes last."""

from __future__ import annotations

from functools import lru_cache

from bot.model.case import Case, CaseState
from bot.model.ids import CaseId, ChatToken, StaffId
from bot.model.levels import Level
from bot.store.case_records import CaseEntry, CaseMove
from bot.store.connection import Row
from bot.store.moments import maybe_moment, maybe_number, to_moment, to_number

CASE = (
    "id, chat, desk, language, pseudonym, level, category, rules, source, state, opened_at, shown_at, due_at, alerts,"
    " claimed_by, claimed_until, age_band, country, opted_in, consented, says_no, withdrawn, blocked, another_helper,"
    " last_hers_at, last_ours_at, outcome, closed_at, card, version,"
    " lower_to, lower_by, not_for,"
    " last_with, offered_to, also, safe_hours, helped, doubtful, read_at,"
    " report_by, report, report_asked_by, report_told, passed_on"
)
CASE_NAMES = tuple(CASE.split(", "))


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
        not_for=people_of(row[32]),
        last_with=row[33],
        offered_to=row[34],
        also=people_of(row[35]),
        safe_hours=row[36],
        helped=row[37],
        doubtful=bool(row[38]),
        read_at=maybe_moment(row[39]),
        report_by=maybe_moment(row[40]),
        report=row[41],
        report_asked_by=row[42],
        report_told=row[43],
        passed_on=people_of(row[44]),
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


def people_of(text: str) -> tuple[StaffId, ...]:
    """Return the people of a column that lists their numbers."""
    return tuple(StaffId(int(one)) for one in text.split())


def entry_of(row: Row) -> CaseEntry:
    """Return the entry of (kind, body, at, staff, id, seq)."""
    return CaseEntry(row[0], row[1], to_moment(row[2]), row[3], row[4], row[5])


def move_of(row: Row) -> CaseMove:
    """Return the move of (step, state, level, claimed_by, version, at)."""
    return CaseMove(row[0], row[1], row[2], row[3], row[4], maybe_moment(row[5]))
