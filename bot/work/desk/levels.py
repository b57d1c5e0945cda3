"""Changing a level: anybody on the case raises it alone; lowering needs a reason and a second person."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.cases.moves import our_turn
from bot.cases.reporting import asked_anew
from bot.model.case import Case, CaseState
from bot.model.ids import CaseId
from bot.model.levels import Level
from bot.store.staff_records import Staff
from bot.work.desk.core import Change, DeskCore, Words
from bot.work.desk.errors import JUST_CHANGED, NotPossible


class Levels(DeskCore):
    """The verbs raise_level, ask_lower and lower_level."""

    async def raise_level(self, staff: Staff, case_id: CaseId, level: Level) -> Case:
        """Raise the case at once; the shorter clock starts now if nobody holds it."""

        async def make(case: Case, now: datetime) -> Change:
            if not level.outranks(case.level):
                raise NotPossible("The case is {level} already. To lower it, ask a second person.", level=case.level)
            after = replace(asked_anew(case), level=level, lower_to=None, lower_by=None, alerts=0)
            if level is Level.P1 and case.claimed_by != staff.id:  # whoever has it may be at home
                after = our_turn(after, now, self.clocks.claim_lease, danger=True)
            return Change(self._with_clock(after, now), "raised", detail=f"{case.level}>{level}")

        return await self.change(staff, "raise_level", case_id, make)

    async def ask_lower(self, staff: Staff, case_id: CaseId, level: Level, reason: str) -> Case:
        """Ask a second person to lower the case. The reason stays with it as a note; the level stays until she agrees."""

        async def make(case: Case, now: datetime) -> Change:
            if not case.level.outranks(level):
                raise NotPossible("The case is {level}. Choose a lower level, or raise it.", level=case.level)
            note = await self.entry(case, "lower", Words(_reason(reason)), staff, now)
            asked = replace(case, lower_to=level, lower_by=staff.id)
            return Change(asked, "ask_lower", detail=f"{case.level}>{level}", entries=(note,))

        return await self.change(staff, "ask_lower", case_id, make)

    async def lower_level(self, staff: Staff, case_id: CaseId, *, agree: bool, shown: Level | None = None) -> Case:
        """Decide as the second person: lower the case as asked, or leave it. `shown`: the level that stood on her page."""

        async def make(case: Case, now: datetime) -> Change:
            if agree and shown is not None and shown is not case.lower_to:
                raise NotPossible(JUST_CHANGED)
            to = case.lower_to if agree and case.lower_to else case.level
            after = replace(case, level=to, lower_to=None, lower_by=None)
            step = "lowered" if agree else "not_lowered"
            return Change(self._with_clock(after, now), step, detail=f"{case.level}>{to}")

        return await self.change(staff, "lower_level", case_id, make)

    def _with_clock(self, case: Case, now: datetime) -> Case:
        """A case in line gets the clock of its new level; a rise never makes it later."""
        if case.state is not CaseState.NEW or case.due_at is None:
            return case
        return replace(case, due_at=min(case.due_at, now + self.clocks.by_level[case.level]))


def _reason(reason: str) -> str:
    words = reason.strip()
    if len(words) < 10:
        raise NotPossible("Please say in a sentence why it should be lower. A second person will read it.")
    return words[:2000]
