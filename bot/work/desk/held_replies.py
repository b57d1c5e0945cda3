"""In danger now a reply waits two minutes for a second person, not longer: then it goes, and is looked at afterwards."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.cases.moves import MOVES
from bot.model.case import Case
from bot.model.levels import Level
from bot.store.audit_records import AuditLine
from bot.store.case_records import CaseWrite
from bot.store.desk_records import DeskWrite
from bot.store.errors import StoreError
from bot.store.protocol import Store
from bot.store.reply_records import Reply, ReplyState
from bot.work.desk.held import let_go
from bot.work.looking import keep_looking
from bot.work.ports import Clock
from bot.work.trouble import place_of

log = logging.getLogger("safebot.held")

LONGEST_IN_DANGER = timedelta(minutes=2)
LOOK_EVERY = timedelta(seconds=1)
TAKEN = ("claim", "hand_over")
"""Steps with which a case came to who has it."""


@dataclass(slots=True)
class LettingGo:
    """Looks every second for replies of P1 cases that waited too long."""

    store: Store
    clock: Clock

    async def run(self) -> None:
        """Look for ever."""
        await keep_looking(self.look, LOOK_EVERY, self.clock, log, "held replies wait")

    async def look(self) -> int:
        """Let go what waited two minutes in danger now; return how many."""
        gone = 0
        for reply in await self.store.replies_to_review():
            if reply.state is ReplyState.HELD:
                gone += await _guarded(self._look_at, reply)
        return gone

    async def _look_at(self, reply: Reply) -> bool:
        case, now = await self.store.case(reply.case), self.clock.now()
        if case is None or case.level is not Level.P1 or (case.state, "reply") not in MOVES or case.withdrawn:
            return False
        if case.claimed_by != reply.staff:  # who has it now answers her; these words go only by somebody's hand
            return False
        if now - max(reply.due_at, await self._waits_since(case)) < LONGEST_IN_DANGER:
            return False
        change = let_go(case, reply, None, now, now)
        line = AuditLine(now, None, f"case.{change.step}", case.id, reply.id)
        write = CaseWrite(change.case, step=change.step, at=now)
        return await self.store.commit_desk(
            DeskWrite(case=write, timers=change.write.timers, review=change.write.review, audit=(line,))
        )

    async def _waits_since(self, case: Case) -> datetime:
        """Return from when the two minutes count: when the case became P1, or its writer took it (again)."""
        since, before = case.opened_at, Level.P1.value
        for move in await self.store.moves(case.id):
            raised = move.level == Level.P1 and before != Level.P1
            if move.at is not None and (raised or move.step in TAKEN):
                since = move.at
            before = move.level
        return since


async def _guarded(look_at: Callable[[Reply], Awaitable[bool]], reply: Reply) -> bool:
    """One reply that a bug stops must not stop the others."""
    try:
        return await look_at(reply)
    except StoreError:
        raise
    except Exception as error:
        log.error("a held reply cannot be looked after: %s", place_of(error))
        return False
