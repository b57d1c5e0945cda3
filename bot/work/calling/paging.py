"""Calling people in their own linked chats when a case waits: whom, `cases.alerts` says. Coded facts only."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.cases.alerts import DRILL, rings_due
from bot.model.case import Case
from bot.model.effects import Lane
from bot.model.ids import CaseId
from bot.model.outbox import Message, Outgoing
from bot.model.pages import Drill, Page, Ring
from bot.store.audit_records import AuditLine
from bot.store.case_records import CaseWrite
from bot.store.desk_records import DeskWrite
from bot.store.protocol import Store
from bot.store.staff_records import Staff
from bot.vault.vault import Vault
from bot.work.calling.on_call import people_to_call
from bot.work.calling.page_words import page_keys, page_text
from bot.work.codec import pack_parcel
from bot.work.duty_now import DutyNow
from bot.work.job import Running
from bot.work.looking import keep_looking
from bot.work.ports import Clock
from bot.work.sealing import chat_key

log = logging.getLogger("safebot.paging")

LOOK_EVERY = timedelta(milliseconds=500)
PAGED = "paged"
"""How the step begins in a case's history that says who was called: `paged_on_call`."""

DRILL_LASTS = timedelta(hours=3)
"""No drill goes on for longer."""

ANYWAY = timedelta(seconds=5)
"""How often it looks also when nothing changed: an answer that does not come is no news."""


@dataclass(slots=True)
class Pager:
    """Looks at every case in line, and calls whoever is to be called; what somebody took calls no longer."""

    store: Store
    vault: Vault
    running: Running
    people: DutyNow
    clock: Clock
    console_url: str = ""
    _news: int = -1
    _next: datetime | None = None

    async def run(self) -> None:
        """Look for ever."""
        await keep_looking(self.look, LOOK_EVERY, self.clock, log, "paging waits")

    async def look(self) -> int:
        """Call for every case that waits for it now; return how many cases called."""
        news, now = await self.store.news(), self.clock.now()
        if news == self._news and self._next is not None and now < self._next:
            return 0
        pages: dict[CaseId, list[Page]] = defaultdict(list)
        for page in await self.store.pages():
            pages[page.case].append(page)
        waiting = await self._without_old_drills(await self.store.waiting_cases(), now)
        await self._end(pages.keys() - {case.id for case in waiting})
        called = [await self._look_at(case, pages.get(case.id, ()), now) for case in waiting]
        self._news, self._next = news, now + ANYWAY
        return sum(called)

    async def _without_old_drills(self, cases: list[Case], now: datetime) -> list[Case]:
        """A drill whose command was killed is taken away, so that nobody is called for it for ever."""
        old = [case for case in cases if case.source == DRILL and now - case.opened_at > DRILL_LASTS]
        for case in old:
            await self.store.end_drill(case.id, Drill(case.desk, case.opened_at))
        return [case for case in cases if case not in old]

    async def _end(self, taken: set[CaseId]) -> None:
        if taken:
            await self.store.end_pages(sorted(taken))

    async def _look_at(self, case: Case, pages: Sequence[Page], now: datetime) -> bool:
        facts = {"country": case.country, "language": case.language}
        on_duty = self.people.of(self.running.campaign, facts, case.language, now).on_duty
        people = {ring: people_to_call(ring, case, self.people.staff) for ring in Ring}
        reachable = [ring for ring, there in people.items() if there]
        rings = rings_due(case, pages, reachable, now, on_duty=on_duty)
        for ring in rings:
            case = await self._call(case, ring, people[ring], now, on_duty=on_duty) or case
        return bool(rings)

    async def _call(
        self, case: Case, ring: Ring, people: Sequence[Staff], now: datetime, *, on_duty: bool
    ) -> Case | None:
        """Write one message to each of these people, and that they were called; None when the case changed meanwhile."""
        step = f"{PAGED}_{ring}"
        write = DeskWrite(
            case=CaseWrite(case, step=step, at=now),
            outbox=await self._rows(case, ring, people, now, on_duty=on_duty),
            audit=(AuditLine(now, None, f"case.{step}", case.id, ",".join(str(person.id) for person in people)),),
            pages=tuple(Page(case.id, person.id, ring, now) for person in people),
        )
        await self.store.commit_desk(write)  # else the next look finds the case as it is then
        return await self.store.case(case.id)

    async def _rows(
        self, case: Case, ring: Ring, people: Sequence[Staff], now: datetime, *, on_duty: bool
    ) -> tuple[Outgoing, ...]:
        text = page_text(case, ring, self.running.campaign, on_duty=on_duty)
        parcel = pack_parcel(Message(text, page_keys(case, ring, self.console_url)))
        chats = [person.telegram for person in people if person.telegram is not None]
        boxes = await self.vault.boxes([chat_key(chat) for chat in chats])
        return tuple(
            Outgoing(chat, Lane.CRISIS, boxes[chat_key(chat)].seal(parcel, f"outbox:{chat}"), now, case=case.id)
            for chat in chats
        )
