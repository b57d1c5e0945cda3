"""The simulated week with the cap on heavy cases as the desk applies it, so that nobody's rest costs a girl her clock.

python -m tests.desk.week_with_caps
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.cases.care import Exposure, capped, exposure, is_heavy, pressing, waits_for_nobody
from bot.model.campaign import Care
from bot.model.case import Case
from bot.model.held import HeldMove
from bot.model.ids import StaffId
from bot.model.levels import Level
from bot.work.desk.core import view_of
from tests.desk.week import CLOCKS, Result, Week, result_of
from tests.desk.week_world import Worker, World

CARE = Care()
KNOWN_FOR = timedelta(minutes=5)
A_DAY = timedelta(hours=20)


@dataclass
class CappedWeek(Week):
    """A week in which who has carried enough leaves heavy cases to a colleague who is free. Nobody takes a break."""

    moves: dict[StaffId, list[HeldMove]] = field(default_factory=lambda: defaultdict(list))
    left: int = 0
    known: dict[StaffId, tuple[int, datetime, Exposure]] = field(default_factory=dict)

    def _may_take(self, worker: Worker, case: Case) -> bool:
        allowed = super()._may_take(worker, case) and not self._too_heavy(worker, case)
        self.left += not allowed
        return allowed

    def _take(self, worker: Worker, case: Case) -> None:
        super()._take(worker, case)
        for at, state in ((self.now, "claimed"), (worker.busy_until, "resolved")):
            move = HeldMove(case.id, at, state, case.level.value, case.category, worker.staff.id)
            self.moves[worker.staff.id].append(move)

    def _too_heavy(self, worker: Worker, case: Case) -> bool:
        light = not is_heavy(case.level.value, case.category, CARE)
        if case.level is Level.P1 or light or pressing(case, self.now, CLOCKS) or not self._capped(worker, case):
            return False
        others = (one for one in self._on_shift() if one is not worker and one.busy_until <= self.now)
        return not waits_for_nobody(case) or any(not self._capped(one, case) for one in others)

    def _capped(self, worker: Worker, case: Case) -> bool:
        return bool(capped(view_of(worker.staff), case, self._carried(worker.staff.id), CARE, self.now, None))

    def _carried(self, staff: StaffId) -> Exposure:
        """What she carries, worked out anew when she took a case or some minutes have passed."""
        many, at, carried = self.known.get(staff, (-1, self.now, Exposure()))
        if many != len(self.moves[staff]) or self.now - at > KNOWN_FOR:
            today = [move for move in self.moves[staff] if self.now - move.at < A_DAY]
            carried = exposure(today, staff, CARE, self.now)
            self.known[staff] = (len(self.moves[staff]), self.now, carried)
        return carried


def simulate(seeds: Iterable[int]) -> Result:
    """Return what some weeks with the cap came to."""
    return result_of(CappedWeek(World(random.Random(seed))) for seed in seeds)


if __name__ == "__main__":
    result = simulate([1])
    print(result.text())
    sys.exit(0 if result.good else 1)
