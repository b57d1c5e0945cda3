"""Ending a case, opening it again, and notes that are never sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.cases.moves import move
from bot.cases.reporting import duty_of, must_settle, started
from bot.cases.safe_hours import goes_at
from bot.model.case import OUTCOMES, Case
from bot.model.ids import CaseId
from bot.model.levels import Level
from bot.store.chat_records import TimerChange
from bot.store.desk_records import DeskWrite
from bot.store.reply_records import ReplyState
from bot.store.staff_records import Staff
from bot.texts import mark
from bot.work.desk.claims import NO_ANSWER
from bot.work.desk.core import Change, DeskCore, Words
from bot.work.desk.errors import JUST_CHANGED, NotPossible
from bot.work.desk.replies import newest_of_hers
from bot.work.her_clock import zone_of_hers

REPORT_FIRST = mark(
    "There is a duty to report with this case. Write down first that it was reported, or ask that it is not."
)


class Closing(DeskCore):
    """The verbs resolve, refer, reopen and note."""

    async def resolve(self, staff: Staff, case_id: CaseId, outcome: str, *, seen: int | None = None) -> Case:
        """Close the case with an outcome code; she is asked whether to rest, go on, or something else. `seen` is the newest
        line of the girl's that was on the page: nothing is closed over a newer one."""
        return await self._close(staff, case_id, "resolve", outcome, seen)

    async def refer(self, staff: Staff, case_id: CaseId, outcome: str = "real", *, seen: int | None = None) -> Case:
        """Close the case because another service has taken it: its referral must be written down."""
        if not await self.store.referrals((await self.allowed(staff, "refer", case_id)).id):
            raise NotPossible(
                mark("Please write the referral down first: which service, who took it, whether she agreed.")
            )
        return await self._close(staff, case_id, "refer", outcome, seen)

    async def _close(self, staff: Staff, case_id: CaseId, step: str, outcome: str, seen: int | None) -> Case:
        if outcome not in OUTCOMES:
            raise NotPossible("Please choose how it ended.")

        async def make(case: Case, now: datetime) -> Change:
            if seen is not None and await newest_of_hers(self.store, case.id) > seen:
                raise NotPossible(JUST_CHANGED)
            if must_settle(case):
                raise NotPossible(REPORT_FIRST)
            if (clocked := self._must_be_reported(case, outcome, now)) is not None:
                return Change(clocked, "report_due", detail=outcome)
            after = replace(move(case, step, now, outcome=outcome), lower_to=None, lower_by=None)
            timers = (await self._closing_words(case, outcome, now), TimerChange(NO_ANSWER, None))
            return Change(after, step, detail=outcome, write=DeskWrite(timers=timers))

        closed = await self.change(staff, step, case_id, make)
        if closed.open:
            raise NotPossible(REPORT_FIRST)
        return closed

    def _must_be_reported(self, case: Case, outcome: str, now: datetime) -> Case | None:
        """Return the case with its clock started, when closing a low case as real brings it under a duty to report."""
        duty = duty_of(case, self.campaign.countries)
        clocked = started(case, duty, now) if duty is not None and outcome == "real" else case
        return clocked if must_settle(clocked) else None

    async def _closing_words(self, case: Case, outcome: str, now: datetime) -> TimerChange:
        """Return when the closing words go out, in her language: after a reply that is on its way, at her hours, danger
        or not. Whoever wants no messages, or only answers to her own, gets none."""
        at = await self._after_replies(case.id, now)
        goes = None if case.withdrawn else goes_at(replace(case, level=Level.P4), at, zone_of_hers(case, self.campaign))
        return TimerChange("case_closed", goes, f"{outcome} {case.language}".strip() if goes else "")

    async def _after_replies(self, case: CaseId, now: datetime) -> datetime:
        due = [r.due_at for r in await self.store.replies(case) if r.state is ReplyState.PENDING]
        return max((now, *(d + timedelta(seconds=1) for d in due)))

    async def reopen(self, staff: Staff, case_id: CaseId) -> Case:
        """Put a closed case back in line, unless the girl has a newer one open."""

        async def make(case: Case, now: datetime) -> Change:
            row = (await self.store.load_chats([case.chat]))[case.chat]
            if row.case is not None and row.case.open:
                raise NotPossible("She has a newer case open. Please go on there.")
            after = replace(move(case, "reopen", now), due_at=now + self.clocks.by_level[case.level], alerts=0)
            # She is not told of an end that is none.
            return Change(after, "reopen", write=DeskWrite(timers=(TimerChange("case_closed", None),)))

        return await self.change(staff, "reopen", case_id, make)

    async def note(self, staff: Staff, case_id: CaseId, text: str) -> Case:
        """Keep a note for colleagues with the case. It is never sent."""
        words = Words(text.strip()[:4000])
        if not words.text:
            raise NotPossible("Please write something first.")

        async def make(case: Case, now: datetime) -> Change:
            return Change(case, "note", entries=(await self.entry(case, "note", words, staff, now),))

        return await self.change(staff, "note", case_id, make)
