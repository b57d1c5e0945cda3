"""Is all well? Counts, ages and reasons; no text, no ids. Alarms go to the desk's group and the operator's log."""

from __future__ import annotations

import logging
import shutil
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bot.model.effects import Lane
from bot.model.ids import DESK
from bot.model.outbox import Alarm, Outgoing
from bot.store.audit_records import AuditLine
from bot.store.desk_records import DeskWrite
from bot.store.errors import StoreError
from bot.store.protocol import Store
from bot.vault.vault import Vault
from bot.work.codec import pack_parcel
from bot.work.ports import Clock, Receiving, Watch
from bot.work.sealing import DESK_KEY

log = logging.getLogger("safebot.health")

EVERY = timedelta(seconds=10)
CRISIS_WAITS = timedelta(seconds=30)
MANY_PENDING, PENDING_FOR = 50, timedelta(minutes=2)
ERROR_RECENT = timedelta(minutes=2)
DISK_LEFT = 0.05
NO_ROOM = 1 << 17
"""With fewer bytes left a turn may or may not still be written: the bot does not call itself ready."""
FRESH = timedelta(minutes=1)
REPEAT = timedelta(minutes=15)

WORDS = {
    "crisis_waits": "Help words have waited more than 30 seconds. Telegram may be unreachable.",
    "pending": "More than 50 updates have waited for two minutes. Is the bot keeping up?",
    "webhook": "Telegram reports errors of our webhook. Check the proxy and the certificate.",
    "disk": "The disk is nearly full. Messages will be refused when nothing can be written.",
    "store": "The database cannot be written.",
    "oversize": "An authentic update was larger than 1 MiB and could not be read.",
    "audit": "Lines of the audit were changed or cut off. Look with safebot audit verify.",
    "campaign": "The campaign's files have errors: the last good version keeps running.",
}
"""What an alarm says to the operator and the desk (English, for staff)."""


@dataclass(frozen=True, slots=True)
class Report:
    """How things stand. `problems` are keys of WORDS; `ready` when the store answers."""

    ready: bool
    problems: tuple[str, ...] = ()
    unsent: int = 0
    parked: int = 0
    quarantined: int = 0


@dataclass(slots=True)
class Health:
    """Looks every ten seconds; `report` is what /health shows."""

    store: Store
    vault: Vault
    clock: Clock
    folder: Path
    watch: Watch | None = None
    desk: bool = False
    report: Report = Report(ready=False)
    campaign_broken: bool = False
    audit_broken: bool = False
    _pending_since: datetime | None = None
    _looked: datetime | None = None
    _started: datetime | None = None
    _asked: list[str] = field(default_factory=list)
    _told: dict[str, datetime] = field(default_factory=dict)

    @property
    def alive(self) -> bool:
        """Return whether the event loop turns and the store answers at all, be it with a refusal."""
        return self._looked is not None and self.clock.now() - self._looked < FRESH

    async def run(self) -> None:
        """Look for ever."""
        while True:
            await self.look()
            await self.clock.sleep_until(self.clock.now() + EVERY)

    async def look(self) -> Report:
        """Renew the report, and tell of what is newly wrong (again after a quarter of an hour)."""
        now = self.clock.now()
        self.report = await self._look(now)
        self._looked = now
        for problem in self.report.problems:
            if now - self._told.get(problem, now - REPEAT) >= REPEAT:
                self._told[problem] = now
                await self.alarm(problem)
        return self.report

    def tell(self, problem: str) -> None:
        """Have an alarm raised at the next look: for those who cannot wait for it."""
        self._asked.append(problem)

    async def alarm(self, problem: str) -> None:
        """Tell operator and desk of one problem."""
        log.error("ALARM %s: %s", problem, WORDS[problem])
        if not self.desk:
            return
        now = self.clock.now()
        try:
            box = (await self.vault.boxes([DESK_KEY]))[DESK_KEY]
            body = box.seal(pack_parcel(Alarm("⚠️ " + WORDS[problem])), f"outbox:{DESK}")
            row = Outgoing(DESK, Lane.DESK, body, now, merge=f"alarm:{problem}")
            line = AuditLine(now, None, f"alarm.{problem}")
            await self.store.commit_desk(DeskWrite(outbox=(row,), audit=(line,)))
        except StoreError:
            log.error("the desk could not be told")

    async def _look(self, now: datetime) -> Report:
        asked, self._asked = self._asked, []
        problems = [*asked, *self._disk(), *(("campaign",) if self.campaign_broken else ())]
        problems += ["audit"] if self.audit_broken else []
        if self.watch is not None:
            problems += self._receiving(await self.watch.receiving(), now)
        try:
            backlog = await self.store.backlog(now)
            broken = await self.store.check() or await self.vault.check()
        except StoreError:
            return Report(ready=False, problems=(*problems, "store"))
        if broken:
            problems.append("store")
        if backlog.oldest_crisis is not None and now - backlog.oldest_crisis > CRISIS_WAITS:
            problems.append("crisis_waits")
        ready = not broken and shutil.disk_usage(self.folder).free > NO_ROOM
        return Report(ready, tuple(problems), backlog.unsent, backlog.parked, backlog.quarantined)

    def _disk(self) -> tuple[str, ...]:
        usage = shutil.disk_usage(self.folder)
        return ("disk",) if usage.free < usage.total * DISK_LEFT and usage.free < 1 << 30 else ()

    def _receiving(self, state: Receiving | None, now: datetime) -> list[str]:
        if state is None:
            return []
        many = state.pending > MANY_PENDING
        self._pending_since = (self._pending_since or now) if many else None
        problems = ["pending"] if self._pending_since and now - self._pending_since >= PENDING_FOR else []
        # Deliveries refused while we were down are no news once we are up.
        self._started = self._started or now
        failed = state.last_error_at
        if failed is not None and failed > self._started and now - failed < ERROR_RECENT:
            problems.append("webhook")
        return problems
