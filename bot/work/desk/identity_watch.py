"""Looks nobody confirmed: whoever saw an address alone, and no second person agreed within a day, is reported as a breach."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.store.desk_records import DeskWrite
from bot.store.protocol import DeskStore
from bot.work.desk.identity import CONFIRM_WITHIN, breach_line
from bot.work.looking import keep_looking
from bot.work.ports import Clock

log = logging.getLogger("safebot.identity")

LOOK_EVERY = timedelta(minutes=10)


@dataclass(slots=True)
class IdentityWatch:
    """Writes each breach into the audit, once, whichever process comes first."""

    store: DeskStore
    clock: Clock

    async def run(self) -> None:
        """Look for ever."""
        await keep_looking(self.look, LOOK_EVERY, self.clock, log, "looking for unconfirmed addresses waits")

    async def look(self) -> int:
        """Report what was not confirmed in time; return how many."""
        now, reported = self.clock.now(), 0
        for ask in await self.store.unconfirmed_identity(now - CONFIRM_WITHIN):
            write = DeskWrite(identity=(ask, replace(ask, reported_at=now)), audit=(breach_line(ask, now),))
            reported += await self.store.commit_desk(write)
        if reported:
            log.error("%d looks at an address were not confirmed within a day: see safebot audit show", reported)
        return reported
