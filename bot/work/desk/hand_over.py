"""Handing a case to a colleague by name. Danger now stays with whoever has it until the colleague says yes; anything else
waits for her a little while in line, then it is for all."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.cases.moves import move
from bot.model.case import Case
from bot.model.ids import CaseId, StaffId
from bot.model.levels import Level
from bot.store.staff_records import Staff
from bot.work.desk.claims import Claims
from bot.work.desk.core import Change, Words
from bot.work.desk.errors import NotPossible, NotYours

LONGEST_NOTE = 4000


class HandOver(Claims):
    """The verbs hand_over, accept and decline."""

    async def hand_over(self, staff: Staff, case_id: CaseId, to: StaffId, note: str) -> Case:
        """Offer the case to a colleague who is at work, with a note for her."""
        words = note_of(note)

        async def make(case: Case, now: datetime) -> Change:
            colleague = await self.colleague(staff, case, to)
            entry = await self.entry(case, "note", words, staff, now)
            if case.level is Level.P1:
                offered = replace(case, offered_to=colleague.id)
                return Change(offered, "offered", detail=f"to {colleague.id}", entries=(entry,))
            back = self._back_in_line(case, "release", now)
            kept = replace(back.case, offered_to=colleague.id)
            return replace(back, case=kept, step="handed_over", detail=f"to {colleague.id}", entries=(entry,))

        return await self.change(staff, "hand_over", case_id, make)

    async def accept(self, staff: Staff, case_id: CaseId) -> Case:
        """Take over a case that a colleague offers her."""
        case = await self.store.case(case_id)
        if case is not None and case.claimed_by is None:
            return await self.claim(staff, case_id)  # it waits in line for her

        async def make(case: Case, now: datetime) -> Change:
            after = move(case, "hand_over", now, by=staff.id, lease=self.clocks.claim_lease)
            return Change(after, "hand_over", detail=f"from {case.claimed_by}")

        return await self.change(staff, "accept", case_id, make)

    async def decline(self, staff: Staff, case_id: CaseId) -> Case:
        """Say that she cannot take it: it stays with whoever has it, or is for all."""

        async def make(case: Case, _now: datetime) -> Change:
            if case.offered_to != staff.id:
                raise NotYours
            return Change(replace(case, offered_to=None), "declined")

        return await self.change(staff, "line", case_id, make)


def note_of(text: str) -> Words:
    """Return a note for colleagues. Raises NotPossible when nothing is written."""
    words = text.strip()
    if not words:
        raise NotPossible("Please write something first.")
    return Words(words[:LONGEST_NOTE])
