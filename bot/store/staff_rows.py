"""People and their signed-in browsers as rows, and rows as people."""

from __future__ import annotations

from bot.model.ids import StaffId
from bot.store.connection import Row
from bot.store.moments import maybe_moment, maybe_number, to_moment
from bot.store.staff_records import Session, Staff

STAFF = (
    "id, name, roles, desks, languages, passphrase, active, on_call, on_shift_until, telegram, language, skills,"
    " break_until, heavy_until"
)


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
