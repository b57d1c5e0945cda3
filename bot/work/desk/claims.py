"""Taking a case, keeping it, giving it back: never to two people, and never stranded with nobody."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from bot.cases.moves import move
from bot.cases.permissions import may
from bot.model.case import Case, CaseState
from bot.model.ids import CaseId
from bot.store.chat_records import TimerChange
from bot.store.desk_records import DeskWrite
from bot.store.staff_records import Staff
from bot.work.desk.care import Caring
from bot.work.desk.core import Change, view_of
from bot.work.desk.errors import NotYours, Taken

NO_ANSWER = "no_answer"
"""The timer that makes the bot say that no answer came yet."""


class Claims(Caring):
    """The verbs claim, take_over, renew, release and pass_on. What lapses is swept by `timers.CaseClocks`."""

    async def claim(self, staff: Staff, case_id: CaseId) -> Case:
        """Give her the case for ten minutes, renewed by what she does. Raises Taken when a colleague was faster,
        KeptForOther while it waits for one who is there."""
        try:
            return await self.change(staff, "claim", case_id, self._claimed_by(staff))
        except NotYours:
            case = await self.store.case(case_id)
            if case is not None and case.claimed_by == staff.id and case.open:
                return await self.allowed(staff, "renew", case_id)  # she pressed twice
            if case is not None and case.open and may(view_of(staff), "line", case, self.clock.now()):
                raise Taken from None
            raise

    def _claimed_by(self, staff: Staff) -> Callable[[Case, datetime], Awaitable[Change]]:
        async def make(case: Case, now: datetime) -> Change:
            await self.must_not_be_kept(staff, case)
            await self.must_be_bearable(staff, case, now)
            await self.must_open(staff, case)
            free = case if case.state is CaseState.NEW else move(case, "lapse", now)
            after = move(free, "claim", now, by=staff.id, lease=self.clocks.claim_lease)
            timers = (TimerChange("case_claimed", now, "yes"), *self._until_an_answer(after, now))
            return Change(replace(after, due_at=None, alerts=0), "claim", write=DeskWrite(timers=timers))

        return make

    def _until_an_answer(self, case: Case, now: datetime) -> tuple[TimerChange, ...]:
        """Somebody who wrote and was not answered is told so after a while, counted from the claim."""
        if case.last_hers_at is None or (case.last_ours_at is not None and case.last_ours_at >= case.last_hers_at):
            return ()
        return (TimerChange(NO_ANSWER, now + self.clocks.no_answer[case.level]),)

    async def take_over(self, staff: Staff, case_id: CaseId) -> Case:
        """Give a supervisor the case that a colleague holds."""

        async def make(case: Case, now: datetime) -> Change:
            await self.must_open(staff, case)
            after = move(case, "hand_over", now, by=staff.id, lease=self.clocks.claim_lease)
            return Change(after, "hand_over", detail=f"from {case.claimed_by}")

        return await self.change(staff, "take_over", case_id, make)

    async def renew(self, staff: Staff, case_id: CaseId) -> None:
        """Keep her claim alive because she is at work on it. Writes only when a fifth of the lease has gone."""
        case = await self.allowed(staff, "renew", case_id)
        now, lease = self.clock.now(), self.clocks.claim_lease
        if case.claimed_until is not None and case.claimed_until - now > lease * 0.8:
            return
        after = move(case, "renew", now, lease=lease)
        # A conflict means that something happened to the case just now: nothing to mend, the next look renews.
        await self.commit(staff, "renew", case, Change(after, "renew"))

    async def release(self, staff: Staff, case_id: CaseId) -> Case:
        """Put the case back in line, for whatever reason; nobody asks."""

        async def make(case: Case, now: datetime) -> Change:
            return self._back_in_line(case, "release", now)

        return await self.change(staff, "release", case_id, make)

    async def pass_on(self, staff: Staff, case_id: CaseId) -> Case:
        """Put the case back in line, and never before her again: nobody asks why. She may still take it herself."""

        async def make(case: Case, now: datetime) -> Change:
            back = self._back_in_line(case, "release", now)
            passed = tuple(dict.fromkeys((*case.passed_on, staff.id)))
            hers = case.claimed_by == staff.id
            return replace(back, case=replace(back.case, passed_on=passed)) if hers else back

        return await self.change(staff, "release", case_id, make)

    def _back_in_line(self, case: Case, step: str, now: datetime) -> Change:
        after = replace(move(case, step, now), due_at=now + self.clocks.by_level[case.level], alerts=0)
        timers = (TimerChange("case_claimed", now, "no"), TimerChange(NO_ANSWER, None))
        return Change(after, step, write=DeskWrite(timers=timers))
