"""Telling the moderators' group of what the desk did: the outbox rows of a change, sealed for the group."""

from __future__ import annotations

from datetime import datetime

from bot.model.case import Case
from bot.model.outbox import Outgoing
from bot.work.desk.core import Boxes, CardRows
from bot.work.job import Running
from bot.work.sealing import DESK_KEY, desk_rows


def cards_for(vault: Boxes, running: Running) -> CardRows:
    """Return what `Desk` calls for each change when there is a moderators' group."""

    async def rows(before: Case | None, after: Case, now: datetime) -> tuple[Outgoing, ...]:
        box = (await vault.boxes([DESK_KEY]))[DESK_KEY]
        return tuple(desk_rows(before, after, box, running.campaign, now))

    return rows
