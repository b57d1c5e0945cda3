"""A case is never with two people and never stranded, also when a console is killed. The large run: `make desk-claims`."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.model.ids import StaffId
from bot.store.case_records import CaseMove
from tests.desk.claim_worker import LEASE
from tests.desk.claims import doubles, measure
from tests.work.desk_room import NOON

MAX, MIA = StaffId(1), StaffId(2)


def moved(step: str, by: StaffId | None, after: timedelta, version: int = 1) -> CaseMove:
    return CaseMove(step, "claimed", "P2", by, version, NOON + after)


def test_the_judge_sees_a_case_that_two_people_have_at_once() -> None:
    first, soon = moved("claim", MAX, timedelta()), moved("claim", MIA, LEASE / 2)
    assert doubles([first, soon], {}) == 1
    assert doubles([first, moved("claim", MIA, LEASE)], {}) == 0
    assert doubles([first, moved("release", None, LEASE / 3), soon], {}) == 0


def test_the_judge_counts_a_lease_from_when_the_claim_was_worked_out() -> None:
    moves = [moved("claim", MAX, timedelta(), 1), moved("claim", MIA, LEASE - timedelta(seconds=0.1), 2)]
    lease = LEASE.total_seconds()
    assert doubles(moves, {1: 100.0, 2: 100.0 + lease}) == 0
    assert doubles(moves, {1: 100.0, 2: 99.9 + lease}) == 1


@pytest.mark.chaos
async def test_no_case_is_claimed_twice_or_stranded_when_a_console_is_killed(tmp_path: Path) -> None:
    verdict = await measure(tmp_path, moderators=20, cases=200)
    print(verdict.text())
    assert verdict.good, verdict
