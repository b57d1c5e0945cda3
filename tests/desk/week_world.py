"""What the simulated week assumes: who comes when, who is at work, and how long things take. All of it is stated here."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import cache

from bot.model.campaign import Clocks, Country, Shift
from bot.model.case import Case, CaseState
from bot.model.ids import CaseId, ChatToken, StaffId
from bot.model.levels import Level
from bot.store.staff_records import Staff

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
DAYS = 7
OPENS, CLOSES = 8, 22
DESK = Country("KE", "Kenya", "UTC", rota={"sw": tuple(Shift(day, time(OPENS), time(CLOSES)) for day in range(7))})
CLOCKS = Clocks()

MARGIN = 1.2
"""Capacity over load."""
FEWEST = 2
"""Nobody is ever alone at the desk."""
A_WEEK = 1400
"""Cases in a week, on average."""
PROFILE = {
    **dict.fromkeys(range(24), 0.3),
    **dict.fromkeys(range(8, 17), 1.0),
    **dict.fromkeys(range(17, 22), 2.5),
    22: 1.0,
}
"""How much more is written in each hour of the day: evenings bring most."""
BURSTS = 3
BURST_FACTOR = 4.0
BURST_TIME = timedelta(minutes=45)
"""Evenings on which a story goes round: for a while four times as many write."""

MIX = {Level.P1: 0.06, Level.P2: 0.19, Level.P3: 0.30, Level.P4: 0.45}
MINUTES = {Level.P1: 45.0, Level.P2: 30.0, Level.P3: 20.0, Level.P4: 12.0}
"""A moderator's own time for a case, on average (lognormal, sigma 0.5)."""
CATEGORIES = ("sextortion", "grooming", "self_harm", "violence_home", "bullying", "health")
RETURNS = 0.1
"""Share of girls who come back to somebody who helped them before."""
LOOKS_EVERY = 40.0
"""Seconds until a moderator looks at the queue again, on average."""
DIES = 0.01
"""Share of claims whose laptop dies: nobody renews the lease."""
ANSWERS = 0.75
ANSWERS_IN = 1.5
"""Share of calls that are answered, and after how many minutes on average."""


@dataclass
class Worker:
    """A moderator at work. She finishes what she has; danger now she takes beside it."""

    staff: Staff
    busy_until: datetime = MONDAY
    in_danger_until: datetime = MONDAY
    looks_at: datetime = MONDAY


@dataclass
class World:
    """One week's arrivals and shifts, drawn from a seed."""

    chance: random.Random
    bursts: list[datetime] = field(default_factory=list)
    people: list[Staff] = field(default_factory=list)

    def __post_init__(self) -> None:
        evenings = self.chance.sample(range(DAYS), BURSTS)
        self.bursts = [MONDAY + timedelta(days=day, hours=17 + 3 * self.chance.random()) for day in evenings]
        self.people = [moderator(number) for number in range(1, 41)]

    def arrivals(self) -> Iterator[Case]:
        """Yield the week's cases in order: a Poisson stream, thinned to the profile and the bursts."""
        most, at, number = max(PROFILE.values()) * BURST_FACTOR * rate(), MONDAY, 0
        while True:
            at += timedelta(hours=self.chance.expovariate(most))
            if at >= MONDAY + timedelta(days=DAYS):
                return
            if self.chance.random() * most < rate() * PROFILE[at.hour] * self._burst(at):
                number += 1
                yield self._case(number, at)

    def handling(self, level: Level) -> timedelta:
        """Return how long a case of this level takes a moderator."""
        sigma = 0.5
        return timedelta(minutes=MINUTES[level] * self.chance.lognormvariate(-(sigma**2) / 2, sigma))

    def _burst(self, at: datetime) -> float:
        return BURST_FACTOR if any(start <= at < start + BURST_TIME for start in self.bursts) else 1.0

    def _case(self, number: int, at: datetime) -> Case:
        level = self.chance.choices(list(MIX), list(MIX.values()))[0]
        known = StaffId(self.chance.randint(1, 20)) if self.chance.random() < RETURNS else None
        return Case(
            id=CaseId(f"c{number}"),
            chat=ChatToken(f"girl{number}"),
            desk="KE",
            language="sw",
            pseudonym=f"Otter {number}",
            level=level,
            category=self.chance.choice(CATEGORIES),
            rules=(),
            source="text",
            state=CaseState.NEW,
            opened_at=at,
            shown_at=at,
            due_at=at + CLOCKS.by_level[level],
            country="KE",
            last_with=known,
            offered_to=known,
        )


@cache
def rate() -> float:
    """Return cases an hour where the profile is 1."""
    return A_WEEK / (DAYS * sum(PROFILE.values()))


@cache
def staffing(margin: float = MARGIN) -> dict[int, float]:
    """Return how many moderators each hour of the day needs for so many times its load. What comes at night is done in the morning."""
    work = sum(MIX[level] * MINUTES[level] for level in MIX) / 60
    load = {hour: rate() * factor * work for hour, factor in PROFILE.items()}
    night = sum(load[hour] for hour in range(24) if not OPENS <= hour < CLOSES)
    return {hour: margin * (load[hour] + (night / 4 if hour < OPENS + 4 else 0)) for hour in range(OPENS, CLOSES)}


def moderator(number: int) -> Staff:
    """Return a moderator; every third is trained for sextortion and self-harm."""
    skills = ("sextortion", "self_harm") if number % 3 == 0 else ()
    return Staff(StaffId(number), f"Person {number}", ("moderator",), ("KE",), ("sw",), skills=skills)


@cache
def called() -> list[Staff]:
    """Return who can be called: two on call, a deputy, a lead, and a neighbouring country's lead."""
    facts = (("supervisor", "KE", True), ("supervisor", "KE", True), ("deputy", "KE", False), ("lead", "KE", False))
    own = [
        Staff(StaffId(101 + n), f"Called {n}", (role,), (desk,), ("sw",), on_call=on_call, telegram=ChatToken(f"t{n}"))
        for n, (role, desk, on_call) in enumerate(facts)
    ]
    away = Staff(StaffId(110), "Neighbour", ("lead",), ("NP",), ("en",), telegram=ChatToken("t9"))
    return [*own, away]
