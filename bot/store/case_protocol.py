"""The verbs of the store about cases, their words and their replies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from bot.model.case import Case
from bot.model.ids import CaseId
from bot.store.case_records import CaseEntry, CaseMove
from bot.store.desk_records import DeskWrite
from bot.store.reply_records import Reply


class CaseStore(Protocol):
    """What looking at cases and acting on them needs. Whether somebody may see a case is decided above, never here."""

    async def case(self, case: CaseId) -> Case | None:
        """Return one case."""

    async def open_cases(self, desks: Iterable[str]) -> list[Case]:
        """Return the open cases of these desks."""

    async def overdue_cases(self, now: datetime) -> list[Case]:
        """Return open, shown cases whose clock (`due_at`) has passed, and claimed ones whose lease ran out."""

    async def closed_cases(self, desks: Iterable[str], since: datetime, limit: int) -> list[Case]:
        """Return closed cases, newest first."""

    async def entries(self, case: CaseId) -> list[CaseEntry]:
        """Return the sealed lines of a case, oldest first."""

    async def replies(self, case: CaseId) -> list[Reply]:
        """Return the replies of a case in every state but removed."""

    async def replies_to_review(self) -> list[Reply]:
        """Return replies that are held, and those that went out without a second look, oldest first."""

    async def moves(self, case: CaseId) -> list[CaseMove]:
        """Return the coded history of a case, oldest first."""

    async def commit_desk(self, write: DeskWrite) -> bool:
        """Write one action of the desk; False when the case or reply has changed since it was read (nothing is kept)."""

    async def case_counts(self, desks: Iterable[str], since: datetime) -> Mapping[str, int]:
        """Return how many cases opened since then have which level, state, outcome and category: {"level:P1": 3}. Drills do not count."""
