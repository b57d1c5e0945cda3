"""Who is at work now, for whom a case is kept, and whose key opens it."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.cases.offers import Kept, There, kept_from
from bot.cases.permissions import DESK_ROLES, may
from bot.model.case import Case
from bot.model.ids import StaffId
from bot.model.staff import StaffView
from bot.store.staff_records import Staff
from bot.work.desk.core import DeskCore, view_of
from bot.work.desk.errors import KeptForOther, NotPossible
from bot.work.desk.keys import ESCROW
from bot.work.sealing import case_key

IDLE = timedelta(minutes=15)
"""A browser that was not used for so long is nobody at work."""

FRESH = timedelta(seconds=5)


class Presence(DeskCore):
    """What the verbs need to know of colleagues. `there` is who was at work when it was last asked, seconds ago."""

    there = There()
    _asked_at: datetime | None = None

    async def at_work(self, *, fresh: bool = False) -> There:
        """Return everybody who is signed in and active, or said that she is on shift. Remembered for a few seconds."""
        now = self.clock.now()
        if fresh or self._asked_at is None or not timedelta() <= now - self._asked_at < FRESH:
            here = await self.store.at_work(now - IDLE)
            self.there = There(view_of(p) for p in await self.store.staff() if _works(p, now, p.id in here))
            self._asked_at = now
        return self.there

    def kept(self, staff: StaffView, case: Case, now: datetime) -> Kept | None:
        """Return for whom a case is kept, if not for her."""
        return kept_from(staff, case, self.there, now, self.clocks)

    async def must_not_be_kept(self, staff: Staff, case: Case) -> None:
        """Raise KeptForOther while a case waits for a colleague who is there."""
        await self.at_work()
        now = self.clock.now()
        if kept := self.kept(view_of(staff), case, now):
            raise KeptForOther(kept.until - now)

    async def must_open(self, staff: Staff, case: Case) -> None:
        """Raise NotPossible when her key does not open the case and a colleague's does: in her hands it would be stranded."""
        if not await self.opens(staff.id, case):
            raise NotPossible(
                "Your key does not open this case yet. It will after a colleague of your desk has signed in once more."
            )

    async def opens(self, staff: StaffId, case: Case) -> bool:
        """Return whether she can open the case; also when nobody can, for somebody must look after it all the same."""
        keys = await self.vault.sealed_for(case_key(case.id))
        if keys is None:
            return True
        active = {person.id for person in await self.store.staff() if person.active}
        holders = {s.staff for s in await self.store.desk_shares() if s.desk_key in keys and s.staff != ESCROW} & active
        return staff in holders or not holders

    async def colleagues(self, staff: Staff, case: Case) -> list[Staff]:
        """Return who is at work and could take this case from her, by name."""
        there = (await self.at_work(fresh=True)).by_id
        now = self.clock.now()
        able = [
            person
            for person in await self.store.staff()
            if person.id in there and person.id != staff.id and may(there[person.id], "line", case, now)
        ]
        return [person for person in able if person.id != case.claimed_by and await self.opens(person.id, case)]

    async def colleague(self, staff: Staff, case: Case, wanted: StaffId) -> Staff:
        """Return this colleague. Raises NotPossible when she is not there, or may not have the case."""
        found = next((p for p in await self.colleagues(staff, case) if p.id == wanted), None)
        if found is None:
            raise NotPossible("She is not at work now, or cannot take this case. Please choose somebody else.")
        return found


def _works(person: Staff, now: datetime, signed_in: bool) -> bool:
    stays = person.on_shift_until is not None and person.on_shift_until > now
    here = (signed_in or stays) and not person.resting(now)
    return person.active and bool(DESK_ROLES & set(person.roles)) and here
