"""Noting the audit's newest line in keys.db every few seconds: whoever cuts lines off its end is found by it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.store.audit_records import Anchor, AuditLine
from bot.store.errors import StoreError
from bot.store.protocol import AnchorStore, DeskStore
from bot.work.looking import keep_looking
from bot.work.ports import Clock

log = logging.getLogger("safebot.audit")

LOOK_EVERY = timedelta(seconds=2)
LOG_EVERY = timedelta(days=1)
"""The log often goes to another machine: a line there is one more place to find a cut by."""


@dataclass(slots=True)
class Anchoring:
    """Moves the note along while the line it names still stands; a note that fits no more is left for `safebot audit verify`."""

    store: DeskStore
    notes: AnchorStore
    clock: Clock
    broken: bool = False
    _logged: datetime | None = None

    async def run(self) -> None:
        """Look for ever."""
        await keep_looking(self.look, LOOK_EVERY, self.clock, log, "the audit's newest line cannot be noted")

    async def look(self) -> bool:
        """Note the newest line if there is a newer one; return whether the note fits the audit."""
        newest, noted = await self.store.audit_newest(), await self.notes.anchor()
        if newest is not None and newest.signature and (noted is None or noted.hash != newest.hash):
            if not await self._stands(noted):
                self._tell(noted)
                return False
            self.broken = False
            now = self.clock.now()
            await self.notes.set_anchor(Anchor(newest.id, newest.hash, newest.signature, now))
            if self._logged is None or now - self._logged >= LOG_EVERY:
                self._logged = now
                log.info("the audit's newest line: audit-line-%d-%s", newest.id, newest.hash.hex())
        return True

    async def accept(self) -> str:
        """Go on from the audit as it is now, after an older backup was brought back. That it was done stands in it. Return what
        was noted before and what is now."""
        newest, noted = await self.store.audit_newest(), await self.notes.anchor()
        detail = f"noted {noted.line if noted else 0}, there {newest.id if newest else 0}"
        await self.store.audit(AuditLine(self.clock.now(), None, "audit_restored", detail=detail))
        line = await self.store.audit_newest()
        if line is not None:
            await self.notes.set_anchor(Anchor(line.id, line.hash, line.signature, self.clock.now()))
        return detail

    async def last_look(self) -> None:
        """Note the newest line before the files are closed; a file that cannot be written then is no reason to stop."""
        try:
            await self.look()
        except StoreError as error:
            log.error("the audit's newest line could not be noted: %s", error)

    async def _stands(self, noted: Anchor | None) -> bool:
        if noted is None:
            return True
        found = await self.store.audit_lines(noted.line - 1, 1)
        return bool(found) and found[0].hash == noted.hash

    def _tell(self, noted: Anchor | None) -> None:
        if not self.broken and noted is not None:
            log.error("the audit was changed or cut at line %d or before: see safebot audit verify", noted.line)
        self.broken = True
