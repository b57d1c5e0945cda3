"""The duty to report: it was reported, or two people settle that it is not. Until then the case cannot be closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.cases.reporting import duty_of, must_settle, settles
from bot.model.case import Case
from bot.model.ids import CaseId
from bot.store.desk_records import DeskWrite
from bot.store.staff_records import Staff
from bot.texts import mark
from bot.work.calling.calling_for_a_look import calls_for_a_look
from bot.work.desk.core import Change, DeskCore, Words
from bot.work.desk.errors import NotPossible

REPORT = "report"
"""The kind of the sealed line that says what was done about the duty."""

LONGEST = 1000
SHORTEST_REASON = 10
NO_DUTY = mark("There is no open duty to report with this case.")


class Reporting(DeskCore):
    """The verbs reported, ask_not_reported and settle_not_reported."""

    async def reported(self, staff: Staff, case_id: CaseId, to: str, when: str, reference: str) -> Case:
        """Write down that it was reported: to whom, when, under which reference."""
        fields = _fields(("to", to), ("when", when), ("reference", reference))
        if not to.strip() or not when.strip():
            raise NotPossible(mark("Please write to whom it was reported, and when."))

        async def make(case: Case, now: datetime) -> Change:
            _must_be_open(case)
            entry = await self.entry(case, REPORT, Words("", fields=fields), staff, now)
            after = replace(case, report="reported", report_asked_by=None)
            return Change(after, "reported", detail="reported", entries=(entry,))

        return await self.change(staff, "duty", case_id, make)

    async def ask_not_reported(self, staff: Staff, case_id: CaseId, reason: str) -> Case:
        """Ask that nothing be reported. The reason stays with the case; who decides is called, and somebody else agrees."""
        if len(reason.strip()) < SHORTEST_REASON:
            raise NotPossible(
                mark("Please say in a sentence why it should not be reported. A second person will read it.")
            )

        async def make(case: Case, now: datetime) -> Change:
            _must_be_open(case)
            entry = await self.entry(case, REPORT, Words("", fields=_fields(("reason", reason))), staff, now)
            after = replace(case, report="asked", report_asked_by=staff.id)
            people = await self.store.staff()
            calls = await calls_for_a_look(
                after, staff, people, self.vault, self.campaign, now, action="agree_not_reported", why="not_reported"
            )
            return Change(
                after, "ask_not_reported", detail="not reported?", write=DeskWrite(outbox=calls), entries=(entry,)
            )

        return await self.change(staff, "duty", case_id, make)

    async def settle_not_reported(self, staff: Staff, case_id: CaseId, *, agree: bool) -> Case:
        """Decide as the second person. One of the two must be who the country says decides."""

        async def make(case: Case, _now: datetime) -> Change:
            if agree and not await self._one_decides(staff, case):
                raise NotPossible(mark("One of the two people must be who decides about reports in this country."))
            after = replace(case, report="not_reported" if agree else "")
            # Who asked stays on record; a no begins anew.
            after = after if agree else replace(after, report_asked_by=None)
            return Change(
                after, "not_reported" if agree else "to_be_reported", detail=f"asked by {case.report_asked_by}"
            )

        return await self.change(staff, "agree_not_reported", case_id, make)

    async def _one_decides(self, staff: Staff, case: Case) -> bool:
        duty = duty_of(case, self.campaign.countries)
        asked = next((p.roles for p in await self.store.staff() if p.id == case.report_asked_by), ())
        return settles(staff.roles, duty) or settles(asked, duty)


def _must_be_open(case: Case) -> None:
    if not must_settle(case):
        raise NotPossible(NO_DUTY)


def _fields(*given: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((code, text.strip()[:LONGEST]) for code, text in given if text.strip())
