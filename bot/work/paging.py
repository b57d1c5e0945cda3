"""Paging whoever is on call, in her own linked chat, when a case is P1 and nobody is on duty. Coded facts only."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.model.case import Case, CaseState
from bot.model.effects import Lane
from bot.model.ids import CaseId, ChatToken
from bot.model.levels import Level
from bot.model.outbox import Message, Outgoing
from bot.model.staff import ANY_DESK
from bot.store.errors import StoreError
from bot.store.protocol import Store
from bot.store.records import AuditLine, CaseWrite, DeskWrite, Staff
from bot.vault.vault import Vault
from bot.work.cards import alarm_text, zone_of
from bot.work.codec import pack_parcel
from bot.work.duty_now import DutyNow
from bot.work.job import Running
from bot.work.ports import Clock
from bot.work.sealing import chat_key

log = logging.getLogger("safebot.paging")

LOOK_EVERY = timedelta(milliseconds=500)
PAGED = "paged"
"""The step in a case's history that says its people on call were paged."""


def on_call_for(case: Case, staff: Iterable[Staff]) -> tuple[ChatToken, ...]:
    """Return the linked chats of those on call for the case's desk; complaints about our own people page nobody."""
    if case.level is not Level.P1 or case.category == "staff_conduct":
        return ()
    return tuple(p.telegram for p in staff if p.active and p.on_call and p.telegram and _covers(p, case.desk))


def _covers(person: Staff, desk: str) -> bool:
    return desk in person.desks or desk == ANY_DESK


@dataclass(slots=True)
class Pager:
    """Looks at every new P1 case once, and again when its clock is missed."""

    store: Store
    vault: Vault
    running: Running
    people: DutyNow
    clock: Clock
    _news: int = -1
    _looked: set[CaseId] = field(default_factory=set)

    async def run(self) -> None:
        """Look for ever."""
        while True:
            try:
                await self.look()
            except StoreError as error:
                log.error("paging waits: %s", error)
            await self.clock.sleep_until(self.clock.now() + LOOK_EVERY)

    async def look(self) -> int:
        """Page for every P1 case that came since the last look while nobody was on duty; return how many."""
        news = await self.store.news()
        if news == self._news:
            return 0
        desks = {desk for person in self.people.staff for desk in person.desks} | {ANY_DESK}
        paged = 0
        for case in await self.store.open_cases(sorted(desks)):
            if case.level is Level.P1 and case.id not in self._looked:
                paged += await self._look_at(case)
        self._news = news
        return paged

    async def _look_at(self, case: Case) -> bool:
        """A case is looked at once in its life as P1; after a restart its history says whether it was."""
        if case.state is not CaseState.NEW or case.shown_at is None:
            return False
        self._looked.add(case.id)
        facts = {"country": case.country, "language": case.language}
        if self.people.of(self.running.campaign, facts, case.language, self.clock.now()).on_duty:
            return False
        if any(move.step == PAGED for move in await self.store.moves(case.id)):
            return False
        return await self.page(case)

    async def page(self, case: Case) -> bool:
        """Write one message to each person on call, and that it was done; False when there is nobody to page."""
        chats = on_call_for(case, self.people.staff)
        if not chats:
            return False
        now = self.clock.now()
        rows = await self._rows(case, chats, now)
        line = AuditLine(now, None, f"case.{PAGED}", case.id, str(len(chats)))
        return await self.store.commit_desk(
            DeskWrite(case=CaseWrite(case, step=PAGED, at=now), outbox=tuple(rows), audit=(line,))
        )

    async def _rows(self, case: Case, chats: Iterable[ChatToken], now: datetime) -> list[Outgoing]:
        text = alarm_text(case, PAGED, zone_of(self.running.campaign, case))
        boxes = await self.vault.boxes([chat_key(chat) for chat in chats])
        return [
            Outgoing(chat, Lane.CRISIS, box.seal(pack_parcel(Message(text)), f"outbox:{chat}"), now, case=case.id)
            for chat, box in zip(chats, boxes.values(), strict=True)
        ]
