"""A week at one desk by a fake clock, through the real rules of order, offers, claims, duty and alerts. Prints who was read in time.

python -m tests.desk.week --weeks 5
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.cases.alerts import after_missed, at_any_hour, rings_due
from bot.cases.duty import duty
from bot.cases.moves import move
from bot.cases.offers import There, kept_from
from bot.cases.order import in_order
from bot.cases.permissions import may
from bot.model.case import Case, CaseState
from bot.model.ids import CaseId, StaffId
from bot.model.levels import Level
from bot.model.pages import Page, Ring
from bot.work.calling.on_call import people_to_call
from bot.work.desk.core import view_of
from tests.desk.week_world import (
    A_WEEK,
    ANSWERS,
    ANSWERS_IN,
    CLOCKS,
    CLOSES,
    DAYS,
    DESK,
    DIES,
    FEWEST,
    LOOKS_EVERY,
    MARGIN,
    MONDAY,
    OPENS,
    Worker,
    World,
    called,
    staffing,
)

TICK = timedelta(seconds=15)


@dataclass
class Read:
    """One case that was read: how long that took, and how much of it while the desk was open."""

    level: Level
    came: datetime
    after: timedelta
    staffed: timedelta
    on_duty: bool


@dataclass
class Week:
    """The state of the simulated desk."""

    world: World
    margin: float = MARGIN
    now: datetime = MONDAY
    waiting: dict[CaseId, Case] = field(default_factory=dict)
    dead: dict[CaseId, Case] = field(default_factory=dict)
    first: dict[CaseId, Read] = field(default_factory=dict)
    pages: dict[CaseId, list[Page]] = field(default_factory=lambda: defaultdict(list))
    answers: list[tuple[datetime, CaseId, StaffId]] = field(default_factory=list)
    workers: dict[StaffId, Worker] = field(default_factory=dict)
    there: There = field(default_factory=There)
    worked: timedelta = timedelta()
    staffed: timedelta = timedelta()

    def run(self) -> list[Read]:
        """Let the week pass; return every case that came, as it was read."""
        coming = list(reversed(list(self.world.arrivals())))
        self.workers = {person.id: Worker(person) for person in self.world.people}
        while self.now < MONDAY + timedelta(days=DAYS, hours=10):
            while coming and coming[-1].opened_at <= self.now:
                case = coming.pop()
                self.waiting[case.id] = case
            on_shift = self._on_shift()
            self.there = There(view_of(worker.staff) for worker in on_shift)
            self._look_after_clocks()
            self._answer_calls()
            for worker in on_shift:
                self._look(worker)
            self.staffed += TICK * len(on_shift)
            self.now += TICK
        return list(self.first.values())

    def _on_shift(self) -> list[Worker]:
        """As many as this hour needs; a fraction is somebody who is there for that part of it."""
        if not OPENS <= self.now.hour < CLOSES:
            return []
        needed = staffing(self.margin)[self.now.hour]
        part = (self.now.minute * 60 + self.now.second) / 3600 < needed % 1
        return list(self.workers.values())[: max(FEWEST, int(needed) + part)]

    def _look_after_clocks(self) -> None:
        """What `timers.CaseClocks` and `paging.Pager` do."""
        for case in [c for c in self.dead.values() if c.claimed_until is not None and c.claimed_until <= self.now]:
            back = move(self.dead.pop(case.id), "lapse", self.now)
            self.waiting[case.id] = replace(back, due_at=self.now + CLOCKS.by_level[case.level], alerts=0)
        if not self.waiting:
            return
        state = duty(DESK, "sw", self.now)
        for case in list(self.waiting.values()):
            if case.due_at is not None and case.due_at <= self.now:
                self.waiting[case.id] = case = after_missed(case, state, self.now, CLOCKS)
            if (case.alerts and state.on_duty) or at_any_hour(case):
                self._call(case, on_duty=state.on_duty)

    def _call(self, case: Case, *, on_duty: bool) -> None:
        people = {ring: people_to_call(ring, case, called()) for ring in Ring}
        reachable = [ring for ring, there in people.items() if there]
        for ring in rings_due(case, self.pages[case.id], reachable, self.now, on_duty=on_duty):
            for person in people[ring]:
                self.pages[case.id].append(Page(case.id, person.id, ring, self.now))
                if self.world.chance.random() < ANSWERS:
                    wait = timedelta(minutes=self.world.chance.expovariate(1 / ANSWERS_IN))
                    extra = timedelta(minutes=5) if ring is Ring.NEIGHBOUR else timedelta()  # she has to reach somebody
                    self.answers.append((self.now + wait + extra, case.id, person.id))

    def _answer_calls(self) -> None:
        due = [answer for answer in self.answers if answer[0] <= self.now]
        for answer in due:
            self.answers.remove(answer)
            if case := self.waiting.get(answer[1]):
                self._claim(case, answer[2])

    def _look(self, worker: Worker) -> None:
        """She looks now and then: takes the first case that is for her, or danger now beside the one she has."""
        if worker.looks_at > self.now or not self.waiting:
            return
        worker.looks_at = self.now + timedelta(seconds=self.world.chance.expovariate(1 / LOOKS_EVERY))
        free = worker.busy_until <= self.now
        if worker.in_danger_until > self.now:
            return
        for case in in_order(self.waiting.values(), self.now):
            if not free and case.level is not Level.P1:
                return
            if self._may_take(worker, case):
                self._take(worker, case)
                return

    def _may_take(self, worker: Worker, case: Case) -> bool:
        view = view_of(worker.staff)
        return may(view, "claim", case, self.now) and not kept_from(view, case, self.there, self.now, CLOCKS)

    def _take(self, worker: Worker, case: Case) -> None:
        takes = self.world.handling(case.level)
        self.worked += takes
        worker.busy_until = max(worker.busy_until, self.now) + takes
        if case.level is Level.P1:
            worker.in_danger_until = self.now + takes
        self._claim(case, worker.staff.id)

    def _claim(self, case: Case, by: StaffId) -> None:
        held = move(case, "claim", self.now, by=by, lease=CLOCKS.claim_lease)
        assert held.state is CaseState.CLAIMED
        del self.waiting[case.id]
        self.pages.pop(case.id, None)
        if case.id not in self.first:
            self.first[case.id] = self._read(case)
        if self.world.chance.random() < DIES:
            self.dead[case.id] = held

    def _read(self, case: Case) -> Read:
        on_duty = OPENS <= case.opened_at.hour < CLOSES
        return Read(
            case.level, case.opened_at, self.now - case.opened_at, staffed_time(case.opened_at, self.now), on_duty
        )


def staffed_time(start: datetime, end: datetime) -> timedelta:
    """Return how much of a time the desk was open."""
    found, day = timedelta(), start.replace(hour=0, minute=0, second=0, microsecond=0)
    while day <= end:
        opens, closes = day + timedelta(hours=OPENS), day + timedelta(hours=CLOSES)
        found += max(timedelta(), min(end, closes) - max(start, opens))
        day += timedelta(days=1)
    return found


@dataclass(frozen=True)
class Result:
    """What came of some weeks."""

    cases: int
    capacity: float
    p1: float
    p2: float
    p1_night: dict[int, float]
    longest_p4: timedelta
    waits: dict[Level, tuple[timedelta, timedelta]]

    @property
    def good(self) -> bool:
        """Return whether the promises of the rules hold."""
        return self.p1 >= 0.99 and self.p2 >= 0.95 and self.longest_p4 <= timedelta(hours=24)

    def text(self) -> str:
        """Return a small table."""
        waits = ", ".join(f"{level} {_short(half)} / {_short(most)}" for level, (half, most) in self.waits.items())
        night = ", ".join(f"{minutes} min {share:.1%}" for minutes, share in self.p1_night.items())
        return (
            f"{self.cases} cases, {A_WEEK} a week expected, capacity {self.capacity:.2f} x load\n"
            f"  while the desk is open: P1 read within 5 min {self.p1:.1%} (>= 99 %), P2 within 30 min {self.p2:.1%} (>= 95 %)\n"
            f"  longest staffed wait of a P4: {_short(self.longest_p4)} (<= 24 h)\n"
            f"  waits while open, half / longest: {waits}\n"
            f"  P1 at night, by the people on call, within: {night}"
        )


def simulate(seeds: Iterable[int], margin: float = MARGIN) -> Result:
    """Return what some weeks came to, together."""
    return result_of(Week(World(random.Random(seed)), margin) for seed in seeds)


def result_of(weeks: Iterable[Week]) -> Result:
    """Let these weeks pass, and return what they came to."""
    reads: list[Read] = []
    staffed = worked = timedelta()
    for week in weeks:
        reads += week.run()
        staffed, worked = staffed + week.staffed, worked + week.worked
    by_level = {level: [read for read in reads if read.level is level and read.on_duty] for level in Level}
    night = [read.after for read in reads if read.level is Level.P1 and not read.on_duty]
    return Result(
        cases=len(reads),
        capacity=staffed / worked,
        p1=share([read.after for read in by_level[Level.P1]], CLOCKS.by_level[Level.P1]),
        p2=share([read.staffed for read in by_level[Level.P2]], CLOCKS.by_level[Level.P2]),
        p1_night={minutes: share(night, timedelta(minutes=minutes)) for minutes in (5, 10, 15)},
        longest_p4=max((read.staffed for read in reads if read.level is Level.P4), default=timedelta()),
        waits={level: _half_and_most([read.staffed for read in found]) for level, found in by_level.items()},
    )


def share(waits: list[timedelta], within: timedelta) -> float:
    """Return which share of these waits was no longer than that."""
    return sum(wait <= within for wait in waits) / len(waits) if waits else 1.0


def _half_and_most(waits: list[timedelta]) -> tuple[timedelta, timedelta]:
    ordered = sorted(waits) or [timedelta()]
    return ordered[len(ordered) // 2], ordered[-1]


def _short(wait: timedelta) -> str:
    seconds = wait.total_seconds()
    return f"{seconds / 3600:.1f} h" if seconds >= 3600 else f"{seconds / 60:.1f} min"


def main() -> int:
    """Run, print, return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.desk.week", description=__doc__)
    parser.add_argument("--weeks", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--capacity", type=float, default=MARGIN, help="Capacity over load.")
    asked = parser.parse_args()
    result = simulate(range(asked.seed, asked.seed + asked.weeks), asked.capacity)
    print(result.text())
    return 0 if result.good else 1


if __name__ == "__main__":
    sys.exit(main())
