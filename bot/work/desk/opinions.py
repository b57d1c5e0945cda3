"""Not alone with a case: a colleague's second opinion, a supervisor's whisper, and stepping aside for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.model.case import Case
from bot.model.ids import CaseId, StaffId
from bot.store.desk_records import DeskWrite
from bot.store.staff_records import Staff
from bot.work.desk.claims import Claims
from bot.work.desk.core import Change
from bot.work.desk.errors import NotYours
from bot.work.desk.hand_over import note_of

WHISPER = "whisper"
"""The kind of a line that a supervisor leaves for whoever has the case. It is never sent."""


class Opinions(Claims):
    """The verbs ask_opinion, opinion_done, whisper and step_aside."""

    async def ask_opinion(self, staff: Staff, case_id: CaseId, of: StaffId, question: str) -> Case:
        """Let a colleague who is at work read the case and leave notes, until one of the two says that it is done."""
        words = note_of(question)

        async def make(case: Case, now: datetime) -> Change:
            colleague = await self.colleague(staff, case, of)
            entry = await self.entry(case, "note", words, staff, now)
            also = tuple(dict.fromkeys((*case.also, colleague.id)))
            return Change(replace(case, also=also), "opinion_asked", detail=f"of {colleague.id}", entries=(entry,))

        return await self.change(staff, "second_opinion", case_id, make)

    async def opinion_done(self, staff: Staff, case_id: CaseId) -> Case:
        """End it: the colleague who was asked ends her own part, whoever has the case ends all of it."""

        async def make(case: Case, _now: datetime) -> Change:
            if staff.id not in (*case.also, case.claimed_by) or not case.also:
                raise NotYours
            left = tuple(one for one in case.also if one != staff.id) if staff.id in case.also else ()
            return Change(replace(case, also=left), "opinion_done")

        return await self.change(staff, "look", case_id, make)

    async def whisper(self, staff: Staff, case_id: CaseId, text: str) -> Case:
        """Leave a line for whoever has the case: it stands on top of her page, and is never sent."""
        words = note_of(text)

        async def make(case: Case, now: datetime) -> Change:
            entry = await self.entry(case, WHISPER, words, staff, now)
            return Change(case, WHISPER, detail=f"to {case.claimed_by}", entries=(entry,))

        return await self.change(staff, "whisper", case_id, make)

    async def step_aside(self, staff: Staff, case_id: CaseId) -> Case:
        """She may know the girl: the case, and whatever comes of this chat later, is hidden from her for good."""

        async def make(case: Case, now: datetime) -> Change:
            hers = case.claimed_by == staff.id
            gone = self._back_in_line(case, "release", now) if hers else Change(case, "", write=DeskWrite())
            after = replace(
                gone.case,
                not_for=tuple(dict.fromkeys((*case.not_for, staff.id))),
                also=tuple(one for one in gone.case.also if one != staff.id),
                offered_to=None if case.offered_to == staff.id else gone.case.offered_to,
            )
            called = [page for page in await self.store.pages(case.id) if page.staff == staff.id]
            over = tuple(replace(page, over=True) for page in called)  # her "I have it" holds nobody back any more
            return replace(gone, case=after, step="stepped_aside", write=replace(gone.write, pages=over))

        return await self.change(staff, "step_aside", case_id, make)
