"""What somebody who reads cases carries, worked out from the moves of cases, and when it is too much for now.

Nothing is kept for this: who held what, and for how long, stands in the coded history of the cases. Only she herself and who
supervises her see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from bot.cases.offers import FREE_ROLES
from bot.model.campaign import Care, Clocks
from bot.model.case import Case
from bot.model.held import HeldMove
from bot.model.ids import CaseId, StaffId
from bot.model.levels import Level
from bot.model.staff import StaffView

WEEK = timedelta(days=7)
SHIFT_GAP = timedelta(hours=6)
"""After so long without a case of hers a new shift has begun."""

SUPERVISES = frozenset({"supervisor", "lead", "deputy"})

WITH_HER = frozenset({"claimed", "waiting"})

IN_A_ROW, PER_SHIFT = "in_a_row", "per_shift"

ALLOWED_FOR = timedelta(hours=4)
"""How long a supervisor's "she may go on" counts."""


@dataclass(frozen=True, slots=True)
class Held:
    """A case that she held from then on. `busy`: the times in which it waited for her, not for the girl."""

    case: CaseId
    began: datetime
    ended: datetime | None
    heavy: bool
    busy: tuple[tuple[datetime, datetime], ...] = ()
    at_it: bool = False  # it waits for her now


@dataclass(frozen=True, slots=True)
class Load:
    """What she carried in a time: heavy cases, all cases, minutes with heavy ones."""

    heavy: int = 0
    cases: int = 0
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Exposure:
    """What she carries: in this shift, in the last week, heavy cases in a row until now, whether that is too much, and whether a case
    waits for her at this moment."""

    shift: Load = field(default_factory=Load)
    week: Load = field(default_factory=Load)
    in_a_row: int = 0
    too_much: str = ""
    at_it: bool = False


def is_heavy(level: str, category: str, care: Care) -> bool:
    """Return whether a case like this is heavy to read."""
    return level in care.heavy or category in care.heavy


def exposure(
    moves: Iterable[HeldMove], staff: StaffId, care: Care, now: datetime, rested_at: datetime | None = None
) -> Exposure:
    """Return what this person carries. `rested_at`: when her last break was over."""
    week = held_by(staff, moves, care, now)
    shift = this_shift(week, now)
    row = heavy_in_a_row(shift, rested_at if rested_at is not None and rested_at <= now else None)
    load = _load(shift)
    too_much = PER_SHIFT if load.heavy >= care.per_shift else IN_A_ROW if row >= care.in_a_row else ""
    return Exposure(load, _load(week), row, too_much, any(one.at_it for one in week))


def by_person(moves: Iterable[HeldMove]) -> dict[StaffId, list[HeldMove]]:
    """Return for each person the moves of all cases that she held: a busy desk's week is looked through once."""
    found: dict[StaffId, list[HeldMove]] = {}
    for _, of_case in groupby(moves, key=lambda m: m.case):
        steps = list(of_case)
        for person in {m.claimed_by for m in steps if m.claimed_by is not None}:
            found.setdefault(person, []).extend(steps)
    return found


def held_by(staff: StaffId, moves: Iterable[HeldMove], care: Care, now: datetime) -> list[Held]:
    """Return every case she held, in the order in which she took them. `moves` come case by case, each in order."""
    found = [
        held for _, of_case in groupby(moves, key=lambda m: m.case) for held in _of_case(staff, [*of_case], care, now)
    ]
    return sorted(found, key=lambda held: held.began)


def this_shift(held: Sequence[Held], now: datetime) -> list[Held]:
    """Return what she took since she last had no case for some hours."""
    shift: list[Held] = []
    free_at = None
    for one in held:
        if free_at is not None and one.began - free_at >= SHIFT_GAP:
            shift = []
        shift.append(one)
        free_at = max(free_at or one.began, one.ended or now)
    return shift if free_at is not None and now - free_at < SHIFT_GAP else []


def heavy_in_a_row(shift: Sequence[Held], rested_at: datetime | None) -> int:
    """Return how many heavy cases she took last, one after the other, without a lighter one or a break in between."""
    row = 0
    for held in reversed(shift):
        if not held.heavy or (rested_at is not None and held.began <= rested_at):
            break
        row += 1
    return row


def capped(staff: StaffView, case: Case, carried: Exposure, care: Care, now: datetime, allowed: datetime | None) -> str:
    """Return why a heavy case should not be hers now, '' when it may. `allowed`: a supervisor let her go on until then.

    Whoever answers for the desk is shown what she carries and decides for herself.
    """
    if FREE_ROLES & set(staff.roles) or not is_heavy(case.level.value, case.category, care):
        return ""
    return "" if allowed is not None and allowed > now else carried.too_much


def pressing(case: Case, now: datetime, clocks: Clocks) -> bool:
    """Return whether a case must not wait for somebody who is rested any longer: half the time of a grave one is gone, three
    quarters of a lower one's, a clock was missed, or none runs."""
    early = clocks.by_level[case.level] / (2 if waits_for_nobody(case) else 4)
    return bool(case.alerts) or case.due_at is None or now >= case.due_at - early


def waits_for_nobody(case: Case) -> bool:
    """Return whether a case like this is never kept from who is there when nobody else can take it."""
    return case.level in (Level.P1, Level.P2)


def supervises(viewer: StaffView, person: StaffView) -> bool:
    """Return whether one answers for the other: on one of her desks, and not for herself."""
    return (
        viewer.id != person.id and bool(SUPERVISES & set(viewer.roles)) and bool(set(viewer.desks) & set(person.desks))
    )


def may_see_exposure(viewer: StaffView, person: StaffView) -> bool:
    """Return whether somebody may see what a person carries: she herself, and who supervises her. Nobody else, no auditor."""
    return viewer.active and (viewer.id == person.id or supervises(viewer, person))


def _of_case(staff: StaffId, moves: Sequence[HeldMove], care: Care, now: datetime) -> Iterable[Held]:
    """Yield each time she held this case; one that grew heavy in her hands is heavy."""
    ends = [*(move.at for move in moves[1:]), None]
    spans = zip(moves, ends, strict=True)
    for hers, run in groupby(spans, key=lambda span: _holds(staff, span[0])):
        if hers:
            yield _held(list(run), care, now)


def _holds(staff: StaffId, move: HeldMove) -> bool:
    return move.claimed_by == staff and move.state in ("claimed", "waiting")


def _held(spans: Sequence[tuple[HeldMove, datetime | None]], care: Care, now: datetime) -> Held:
    last, ended = spans[-1]
    return Held(
        case=spans[0][0].case,
        began=spans[0][0].at,
        ended=ended,
        heavy=any(is_heavy(move.level, move.category, care) for move, _ in spans),
        busy=tuple((move.at, end or now) for move, end in spans if move.state == "claimed"),
        at_it=ended is None and last.state == "claimed",
    )


def _load(held: Sequence[Held]) -> Load:
    heavy = [one for one in held if one.heavy]
    return Load(
        len(heavy), len(held), int(_covered([span for one in heavy for span in one.busy]) // timedelta(minutes=1))
    )


def _covered(spans: Sequence[tuple[datetime, datetime]]) -> timedelta:
    """Return how long at least one of these times lasted: two cases at once are not twice the minutes."""
    total, until = timedelta(), None
    for start, end in sorted(spans):
        begin = start if until is None else max(start, until)
        total += max(timedelta(), end - begin)
        until = end if until is None else max(until, end)
    return total
