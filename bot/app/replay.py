"""Running a quarantined update again, unread, once the reason it failed is mended."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from bot.app.house import Bot
from bot.store.errors import StoreError
from bot.vault.errors import CannotOpen
from bot.work.sealed_rows import open_quarantined


@dataclass(slots=True)
class Replay:
    """Called with the number of a quarantined row; True when it has acted and is gone from quarantine."""

    bot: Bot

    async def __call__(self, row: int) -> bool:
        """Open, run, drop. What still fails stays where it is."""
        from bot.telegram.updates import read_update

        ground = self.bot.ground
        found = next((q for q in await ground.store.quarantined(1000) if q.id == row), None)
        if found is None:
            return False
        try:
            raw = msgspec.json.decode(open_quarantined(ground.vault, found))
            incoming = read_update(raw, ground.settings.bot_id, self.bot.desk_chat, ground.clock.now())
            done = await self.bot.intake.again(incoming, raw)
        except (CannotOpen, StoreError, msgspec.DecodeError):
            return False
        return done and await ground.store.drop_quarantined(row)
