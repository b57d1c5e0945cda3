"""The verbs of the store about calling people: pages, drills, who is at work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.model.case import Case
from bot.model.ids import CaseId, StaffId
from bot.model.pages import Drill, Page


class RotaStore(Protocol):
    """What paging and the drill need. A page is written with `DeskWrite.pages`, in one transaction with its message."""

    async def pages(self, case: CaseId | None = None) -> list[Page]:
        """Return the pages of one case, or those of every case that still call, oldest first."""

    async def waiting_cases(self) -> list[Case]:
        """Return cases that may have to call somebody: danger now and serious ones in line, and any that alerted."""

    async def offered_cases(self, before: datetime) -> list[Case]:
        """Return cases that their holder offers to a colleague since longer ago than this."""

    async def end_pages(self, cases: Sequence[CaseId]) -> None:
        """Let the pages of these cases call no longer: somebody took them."""

    async def at_work(self, since: datetime) -> frozenset[StaffId]:
        """Return whose browsers were in use since then."""

    async def drills(self) -> list[Drill]:
        """Return every drill, newest first."""

    async def end_drill(self, case: CaseId, drill: Drill) -> None:
        """Keep a drill's times, and remove its case with all that hangs on it."""
