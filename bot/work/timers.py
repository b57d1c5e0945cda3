"""What comes due: timers of chats, missed clocks of cases, claims that lapsed."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.cases.alerts import after_missed
from bot.cases.duty import Duty
from bot.cases.moves import move
from bot.cases.offers import ACCEPT_WITHIN
from bot.model.case import Case, CaseState
from bot.model.ids import ChatToken
from bot.model.outbox import Outgoing
from bot.store.audit_records import AuditLine
from bot.store.case_records import CaseWrite
from bot.store.chat_records import TimerChange
from bot.store.desk_records import DeskWrite
from bot.store.errors import StoreError
from bot.store.protocol import Store
from bot.vault.vault import Vault
from bot.work.duty_now import DutyNow
from bot.work.job import Running
from bot.work.looking import keep_looking
from bot.work.ports import Clock
from bot.work.sealing import DESK_KEY, desk_rows
from bot.work.trouble import place_of
from bot.work.turns import Turns

log = logging.getLogger("safebot.timers")

LOOK_EVERY = timedelta(milliseconds=500)
REST = timedelta(minutes=1)
AT_ONCE = 200


@dataclass(slots=True)
class Timers:
    """Rings due timers through the same door as messages."""

    store: Store
    turns: Turns
    clock: Clock
    _resting: dict[tuple[ChatToken, str], datetime] = field(default_factory=dict)

    async def run(self) -> None:
        """Ring for ever."""
        await keep_looking(self.ring_due, LOOK_EVERY, self.clock, log, "timers wait")

    async def ring_due(self) -> int:
        """Ring everything that is due now; return how much that was. What a bug keeps from ringing rests a minute."""
        now = self.clock.now()
        self._resting = {name: until for name, until in self._resting.items() if until > now}
        waiting = await self.store.due_timers(now, AT_ONCE + len(self._resting))
        due = [timer for timer in waiting if (timer.chat, timer.name) not in self._resting]
        results = await asyncio.gather(*(self.turns.ring(timer) for timer in due), return_exceptions=True)
        for timer, result in zip(due, results, strict=True):
            if isinstance(result, StoreError):
                log.error("a timer waits for the store")
            elif isinstance(result, BaseException):
                log.error("a timer could not ring: %s", type(result).__name__)
                self._resting[timer.chat, timer.name] = now + REST
        return len(due)


@dataclass(slots=True)
class CaseClocks:
    """Looks after cases nobody answers: a missed clock alerts again, a lapsed claim goes back to the line, an offer that
    nobody accepts is over."""

    store: Store
    vault: Vault
    running: Running
    clock: Clock
    desk: bool
    people: DutyNow | None = None

    async def run(self) -> None:
        """Look for ever."""
        await keep_looking(self.look, LOOK_EVERY, self.clock, log, "case clocks wait")

    async def look(self) -> int:
        """Handle every overdue case; return how many changed."""
        now = self.clock.now()
        changed = 0
        for case in await self._due(now):
            try:
                changed += await self._handle(case, now)
            except StoreError:
                raise
            except Exception as error:
                log.error("the clock of a case cannot be looked after: %s", place_of(error))
        return changed

    async def _due(self, now: datetime) -> list[Case]:
        """Return the cases whose clock or lease is over, and those whose holder offers them to a colleague too long."""
        overdue = await self.store.overdue_cases(now)
        known = {case.id for case in overdue}
        offered = await self.store.offered_cases(now - ACCEPT_WITHIN)
        return [*overdue, *(case for case in offered if case.id not in known)]

    async def _handle(self, case: Case, now: datetime) -> bool:
        after, step = self._after(case, now)
        rows: tuple[Outgoing, ...] = ()
        if self.desk:
            box = (await self.vault.boxes([DESK_KEY]))[DESK_KEY]
            rows = tuple(desk_rows(case, after, box, self.running.campaign, now))
        timers = (TimerChange("case_claimed", now, "no"),) if step == "lapse" else ()
        line = AuditLine(now, None, f"case.{step}", case.id, f"{after.level} alerts={after.alerts}")
        return await self.store.commit_desk(
            DeskWrite(case=CaseWrite(after, step=step, at=now), timers=timers, outbox=rows, audit=(line,))
        )

    def _after(self, case: Case, now: datetime) -> tuple[Case, str]:
        """A lapsed claim returns with a fresh clock; a missed clock counts an alert and starts again."""
        again = now + self.running.campaign.clocks.by_level[case.level]
        lapsed = case.claimed_until is not None and case.claimed_until <= now
        if lapsed and case.state in {CaseState.CLAIMED, CaseState.WAITING}:
            return replace(move(case, "lapse", now), due_at=again, alerts=0), "lapse"
        if case.due_at is None or case.due_at > now:
            return replace(case, offered_to=None), "offer_over"
        return after_missed(case, self._duty(case, now), now, self.running.campaign.clocks), "missed"

    def _duty(self, case: Case, now: datetime) -> Duty | None:
        facts = {"country": case.country, "language": case.language}
        return self.people.of(self.running.campaign, facts, case.language, now) if self.people else None
