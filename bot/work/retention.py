"""What is past its time goes: rows first, then the keys that sealed them, then the log is cut."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.store.protocol import KeyStore, Store
from bot.vault.vault import Vault
from bot.work.looking import keep_looking
from bot.work.ports import Clock

log = logging.getLogger("safebot.retention")

EVERY = timedelta(minutes=10)
YOUNG = timedelta(hours=1)
"""A younger key may belong to a write of another process that is not committed yet."""


@dataclass(slots=True)
class Retention:
    """Runs `sweep` every ten minutes: nothing of hers stands longer than a day and ten minutes."""

    store: Store
    keys: KeyStore
    vault: Vault
    clock: Clock

    async def run(self) -> None:
        """Sweep for ever."""
        await keep_looking(self.sweep, EVERY, self.clock, log, "retention waits")

    async def sweep(self) -> Mapping[str, int]:
        """Remove what is past its time; return counts per kind."""
        expired = await self.store.expire(self.clock.now())
        if expired.keys:
            # Somebody may have come back between the two: her new rows keep the key.
            await self.vault.shred(await self.store.orphans(expired.keys))
        return expired.counts

    async def sweep_orphans(self) -> int:
        """Drop keys that seal nothing (a crash between the key's commit and the turn's). Run at start only."""
        old = await self.keys.names(made_before=self.clock.now() - YOUNG)
        orphans = [name for name in await self.store.orphans(old) if name != "chat:desk"]
        if orphans:
            await self.vault.shred(orphans)
        return len(orphans)
