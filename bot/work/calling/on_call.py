"""Which people a ring of the alarm reaches: on call, deputy, lead, a neighbouring lead, the focal point."""

from __future__ import annotations

from collections.abc import Iterable

from bot.model.case import Case
from bot.model.pages import Ring
from bot.model.staff import ANY_DESK
from bot.store.staff_records import Staff

COMMON = "en"
"""The language in which a neighbour can be told of a case, when none reads hers."""


def people_to_call(ring: Ring, case: Case, staff: Iterable[Staff]) -> tuple[Staff, ...]:
    """Return whom this ring calls for a case: who is active, has linked her chat, and may have the case.

    A neighbour cannot open the case: she reaches somebody who can. One who reads the girl's language comes first.
    """
    may_not = {*case.not_for, case.claimed_by}
    there = [p for p in staff if p.active and p.telegram is not None and p.id not in may_not]
    match ring:
        case Ring.ON_CALL:
            return tuple(p for p in there if p.on_call and _covers(p, case))
        case Ring.DEPUTY | Ring.LEAD:
            return tuple(p for p in there if str(ring) in p.roles and _covers(p, case))
        case Ring.NEIGHBOUR:
            return _neighbours(case, there)
        case Ring.FOCAL:
            return tuple(p for p in there if "focal_point" in p.roles and case.country not in p.desks)


def _neighbours(case: Case, there: Iterable[Staff]) -> tuple[Staff, ...]:
    leads = [p for p in there if {"lead", "deputy"} & set(p.roles) and not _covers(p, case)]
    readers = tuple(p for p in leads if case.language in p.languages)
    return readers or tuple(p for p in leads if COMMON in p.languages)


def _covers(person: Staff, case: Case) -> bool:
    return case.desk in person.desks or case.desk == ANY_DESK
