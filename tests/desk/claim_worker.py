"""A console process with some moderators who claim, close, give back or forget cases until none is open. It may be killed.

python -m tests.desk.claim_worker DATABASE LOG FIRST COUNT
"""

from __future__ import annotations

import asyncio
import random
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from bot.cases.permissions import may_claim_from
from bot.model.campaign import Clocks
from bot.model.ids import CaseId
from bot.store.open import open_keys, open_store
from bot.store.staff_records import Staff
from bot.vault.ring import KeyRing
from bot.vault.vault import Vault
from bot.work.clock import SystemClock
from bot.work.desk.desk import Desk
from bot.work.desk.errors import DeskError
from bot.work.timers import CaseClocks
from tests.console.house import CAMPAIGN

LEASE = timedelta(seconds=2)
CLOCKS = replace(Clocks(), claim_lease=LEASE)
NEAR = 25
"""How far down the line a moderator looks: small enough that they often reach for the same case."""


class Console:
    """One process: its desk, its sweeper, and a log of every claim it was granted."""

    def __init__(self, store: Any, vault: Vault, log: Path) -> None:
        self.clock = SystemClock()
        self.store = store
        self.desk = Desk(store, vault, self.clock, lambda: CLOCKS)
        running: Any = SimpleNamespace(campaign=replace(CAMPAIGN, clocks=CLOCKS))
        self.sweeper = CaseClocks(store, vault, running, self.clock, desk=False)
        self.log = log.open("a", buffering=1, encoding="ascii")

    async def moderates(self, staff: Staff, chance: random.Random) -> None:
        """Work until nothing is open."""
        while cases := await self.store.open_cases(["KE"]):
            free = [case for case in cases if may_claim_from(case, self.clock.now())][:NEAR]
            if not free:
                await asyncio.sleep(0.2)
                continue
            await self._take(staff, chance.choice(free).id, chance)

    async def _take(self, staff: Staff, case: CaseId, chance: random.Random) -> None:
        try:
            claimed = await self.desk.claim(staff, case)
            until = claimed.claimed_until.timestamp() if claimed.claimed_until else 0
            self.log.write(f"claim {case} {staff.id} {claimed.version} {until:.6f}\n")
            await asyncio.sleep(chance.random() * 0.05)
            await self._finish(staff, case, chance.random())
        except DeskError as error:
            self.log.write(f"refused {case} {staff.id} {type(error).__name__}\n")

    async def _finish(self, staff: Staff, case: CaseId, what: float) -> None:
        """Most cases are closed; some are given back, some are forgotten until the lease is over."""
        if what < 0.8:
            await self.desk.resolve(staff, case, "real")
        elif what < 0.9:
            await self.desk.release(staff, case)


async def work(database: str, log: Path, first: int, count: int) -> None:
    """Let some of the moderators work."""
    store, keys = await open_store(database), await open_keys(database)
    console = Console(store, Vault(KeyRing.new(), keys), log)
    people = [p for p in await store.staff() if "moderator" in p.roles][first : first + count]
    sweeping = asyncio.create_task(console.sweeper.run())
    await asyncio.gather(*(console.moderates(p, random.Random(p.id)) for p in people))
    sweeping.cancel()
    await store.close()
    await keys.close()


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])))
