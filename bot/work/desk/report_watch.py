"""Deadlines of the duty to report: leads are told when the last quarter begins, and again when it has passed. Coded facts only."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.cases.permissions import is_complaint, may
from bot.cases.reporting import MISSED, duty_of, telling
from bot.model.case import Case
from bot.model.effects import Lane
from bot.model.ids import DESK
from bot.model.outbox import Alarm, Message, Outgoing
from bot.store.audit_records import AuditLine
from bot.store.case_records import CaseWrite
from bot.store.desk_records import DeskWrite
from bot.store.protocol import Store
from bot.store.staff_records import Staff
from bot.vault.vault import Vault
from bot.work.cards import alarm_text, zone_of
from bot.work.codec import pack_parcel
from bot.work.desk.core import view_of
from bot.work.duty_now import DutyNow
from bot.work.job import Running
from bot.work.looking import keep_looking
from bot.work.ports import Clock
from bot.work.sealing import DESK_KEY, chat_key

log = logging.getLogger("safebot.reports")

LOOK_EVERY = timedelta(seconds=20)
WHY = ("", "report_soon", "report_missed")
"""By `reporting.telling`: a key of `cards.ALARMS`."""


@dataclass(slots=True)
class ReportWatch:
    """Tells leads of deadlines in their own linked chats; a missed one also stands in the moderators' group (`desk`)."""

    store: Store
    vault: Vault
    running: Running
    people: DutyNow
    clock: Clock
    desk: bool = False

    async def run(self) -> None:
        """Look for ever."""
        await keep_looking(self.look, LOOK_EVERY, self.clock, log, "looking after duties to report waits")

    async def look(self) -> int:
        """Tell of every deadline that is near or past; return of how many."""
        now, told = self.clock.now(), 0
        for case in await self.store.report_cases():
            state = telling(case, duty_of(case, self.running.campaign.countries), now)
            told += bool(state) and await self._tell(case, state, now)
        return told

    async def _tell(self, case: Case, state: int, now: datetime) -> bool:
        leads = [p for p in self.people.staff if may(view_of(p), "unmask", case, now)]
        rows = await self._rows(case, state, leads, now)
        line = AuditLine(now, None, f"case.{WHY[state]}", case.id, ",".join(str(p.id) for p in leads))
        if state == MISSED:
            log.error("a duty to report was missed: case %s", case.id)
        after = replace(case, report_told=state)
        write = DeskWrite(case=CaseWrite(after, step=WHY[state], at=now), outbox=rows, audit=(line,))
        return await self.store.commit_desk(write)  # if the case has just changed, the next look tells it

    async def _rows(self, case: Case, state: int, leads: list[Staff], now: datetime) -> tuple[Outgoing, ...]:
        text = alarm_text(case, WHY[state], zone_of(self.running.campaign, case))
        chats = [p.telegram for p in leads if p.telegram is not None]
        boxes = await self.vault.boxes([*map(chat_key, chats), *([DESK_KEY] if self.desk else [])])
        message = pack_parcel(Message(text))
        rows = [
            Outgoing(chat, Lane.CRISIS, boxes[chat_key(chat)].seal(message, f"outbox:{chat}"), now, case=case.id)
            for chat in chats
        ]
        if self.desk and state == MISSED and not is_complaint(case):
            body = boxes[DESK_KEY].seal(pack_parcel(Alarm(text, case.id)), f"outbox:{DESK}")
            rows.append(Outgoing(DESK, Lane.DESK, body, now, case=case.id))
        return tuple(rows)
