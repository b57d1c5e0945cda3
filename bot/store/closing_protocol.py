"""The verbs of the store about how cases end and how their helpers are. Rows are written with `DeskWrite.records`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.model.case import Case
from bot.model.held import HeldMove
from bot.model.ids import CaseId, StaffId
from bot.model.referral import Debrief, Referral
from bot.store.closing_records import MistakenRule


class ClosingStore(Protocol):
    """What closing, reporting, searching and wellbeing need."""

    async def referrals(self, case: CaseId) -> list[Referral]:
        """Return the referrals of a case, oldest first."""

    async def to_follow_up(self, until: date) -> list[tuple[Referral, Case]]:
        """Return referrals whose day has come and that nobody has followed up, with their cases; the oldest day first."""

    async def report_cases(self) -> list[Case]:
        """Return open cases with a duty to report that nobody has fulfilled or settled."""

    async def mistaken_rules(self) -> list[MistakenRule]:
        """Return how often each rule was called mistaken, by month, newest month first. Codes only."""

    async def handled(self, staff: Sequence[StaffId], since: datetime) -> list[HeldMove]:
        """Return the moves since then of every case that one of these people held since then, in order, case by case."""

    async def waiting_debriefs(self) -> list[Debrief]:
        """Return talks that were asked for and nobody has taken on, oldest first."""

    async def find_cases(self, desks: Iterable[str], since: datetime, until: datetime, limit: int) -> list[Case]:
        """Return open and closed cases of these desks that were opened in between, newest first."""
