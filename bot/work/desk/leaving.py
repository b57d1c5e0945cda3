"""The end of a shift: each case she holds goes back in line, to a colleague, or stays with her for some hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.cases.moves import move
from bot.model.case import Case, CaseState
from bot.model.ids import CaseId
from bot.model.levels import Level
from bot.store.audit_records import AuditLine
from bot.store.case_records import CaseWrite
from bot.store.desk_records import DeskWrite
from bot.store.protocol import Store
from bot.store.staff_records import Staff
from bot.work.desk.core import Change, DeskCore
from bot.work.desk.errors import NotPossible
from bot.work.desk.reading import desks_of
from bot.work.ports import Clock

KEEP_MOST = 12
"""Hours for which somebody who goes home may keep a case."""


class Leaving(DeskCore):
    """The verbs held and keep."""

    async def held(self, staff: Staff) -> list[Case]:
        """Return the open cases she has, the gravest first."""
        return [case for case in await self.store.open_cases(desks_of(staff)) if case.claimed_by == staff.id]

    async def keep(self, staff: Staff, case_id: CaseId, hours: int) -> Case:
        """Keep a case that waits for the girl while she is away. If the girl writes, it is back in line ten minutes later."""
        if not 1 <= hours <= KEEP_MOST:
            raise NotPossible("A case can be kept for {most} hours at most.", most=KEEP_MOST)

        async def make(case: Case, now: datetime) -> Change:
            if not may_keep(case):
                raise NotPossible("Somebody has to stay with this case. Put it back in line, or hand it over.")
            return Change(move(case, "renew", now, lease=timedelta(hours=hours)), "kept", detail=f"{hours} h")

        return await self.change(staff, "renew", case_id, make)


def may_keep(case: Case) -> bool:
    """Return whether nobody need be there for a case: she was answered, and she is not in danger now."""
    return case.state is CaseState.WAITING and case.level is not Level.P1


async def let_cases_go(store: Store, clock: Clock, gone: Staff) -> None:
    """End the claims of somebody who left the programme: the clocks put her cases in line at once."""
    now = clock.now()
    for case in await store.open_cases(desks_of(gone)):
        if case.claimed_by == gone.id:
            line = AuditLine(now, None, "case.holder_left", case.id, f"staff {gone.id}")
            await store.commit_desk(DeskWrite(case=CaseWrite(replace(case, claimed_until=now)), audit=(line,)))
