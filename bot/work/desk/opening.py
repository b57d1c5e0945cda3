"""That her words were opened is noted with the case: "a person has read it" is said to her only when it is true."""

from __future__ import annotations

from dataclasses import replace

from bot.model.case import Case
from bot.model.ids import CaseId
from bot.store.case_records import CaseWrite
from bot.store.desk_records import DeskWrite
from bot.store.staff_records import Staff
from bot.work.desk.reading import Reading
from bot.work.desk.view import CaseView


class Opening(Reading):
    """The verb look, as her conversation knows of it."""

    async def look(self, staff: Staff, case_id: CaseId, *, words: bool = True) -> CaseView:
        """Return the case as she may see it; who holds it and opens new words has read them."""
        view = await super().look(staff, case_id, words=words)
        if words and view.case.open and view.case.claimed_by == staff.id and not _is_read(view.case):
            await self._read(view.case)
        return view

    async def _read(self, case: Case) -> None:
        after = replace(case, read_at=self.clock.now())
        # No step in its history and no line of its own: the look stands in the audit. Should the case have changed at
        # this moment, the next look writes it.
        await self.store.commit_desk(DeskWrite(case=CaseWrite(after)))


def _is_read(case: Case) -> bool:
    return case.read_at is not None and (case.last_hers_at is None or case.read_at >= case.last_hers_at)
