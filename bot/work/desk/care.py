"""Nobody carries more than she can: a break, a cap on heavy cases with its exceptions, and who is told what she carries."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.cases.care import (
    ALLOWED_FOR,
    SUPERVISES,
    WEEK,
    Exposure,
    by_person,
    capped,
    exposure,
    is_heavy,
    may_see_exposure,
    pressing,
    supervises,
    waits_for_nobody,
)
from bot.cases.permissions import DESK_ROLES, may
from bot.model.case import Case
from bot.model.effects import Lane
from bot.model.held import HeldMove
from bot.model.ids import StaffId
from bot.model.levels import Level
from bot.model.outbox import Message, Outgoing
from bot.model.referral import Debrief
from bot.model.staff import StaffView
from bot.store.audit_records import AuditLine
from bot.store.desk_records import DeskWrite
from bot.store.staff_records import Staff
from bot.texts import mark
from bot.work.codec import pack_parcel
from bot.work.desk.core import view_of
from bot.work.desk.errors import DeskError, NotPossible, NotYours
from bot.work.desk.presence import Presence
from bot.work.sealing import chat_key

ASKS = "{name} asks for a talk. Please find a moment for it today. It is also in the console, under My shift."
"""Staff's English, as on the cards: what supervisors read in their own chats."""

IN_A_ROW_WORDS = mark(
    "You have had {n} heavy cases in a row. Please take a lighter one first, or a break. A supervisor can let you go on."
)
PER_SHIFT_WORDS = mark(
    "You have had {n} heavy cases in this shift. That is enough for today: lighter ones are there for you. A supervisor can let you go on."
)
REST_WORDS = mark("You are on a break. When you are back, say so on the page My shift.")


class TooHeavy(DeskError):
    """She has carried enough for now; somebody else can take this case."""

    def __init__(self, carried: Exposure) -> None:
        if carried.too_much == "per_shift":
            super().__init__(PER_SHIFT_WORDS, n=carried.shift.heavy)
        else:
            super().__init__(IN_A_ROW_WORDS, n=carried.in_a_row)


@dataclass(frozen=True, slots=True)
class Carrying:
    """What one person carries, as she or her supervisor sees it."""

    person: Staff
    carried: Exposure
    mine: bool
    allowed: bool = False  # a supervisor let her go on


class Caring(Presence):
    """The verbs rest, back, carrying, let_go_on, ask_talk, talks and take_talk; and what claiming asks first."""

    async def must_be_bearable(self, staff: Staff, case: Case, now: datetime) -> None:
        """Raise NotPossible on her break, TooHeavy when she has carried enough. Danger now is never kept from who is willing."""
        if case.level is Level.P1:
            return
        if staff.resting(now):
            raise NotPossible(REST_WORDS)
        care = self.campaign.care
        if not is_heavy(case.level.value, case.category, care) or pressing(case, now, self.clocks):
            return
        carried = exposure(await self._moves_of([staff.id], now), staff.id, care, now, staff.break_until)
        if not capped(view_of(staff), case, carried, care, now, staff.heavy_until):
            return
        if waits_for_nobody(case) and not await self._somebody_else(staff, case, now):
            return
        raise TooHeavy(carried)

    async def rest(self, staff: Staff) -> Staff:
        """Begin a break: no new cases are put before her, and she does not count as somebody on duty."""
        now = self.clock.now()
        her = await self._as_now(staff.id)
        return await self._save(replace(her, break_until=now + self.campaign.care.break_length))

    async def back(self, staff: Staff) -> Staff:
        """End her break now."""
        return await self._save(replace(await self._as_now(staff.id), break_until=self.clock.now()))

    async def carrying(self, staff: Staff) -> list[Carrying]:
        """Return what she carries, and what those carry whom she supervises."""
        view, now = view_of(staff), self.clock.now()
        people = [p for p in await self.store.staff() if p.active and DESK_ROLES & set(p.roles)]
        seen = [p for p in people if may_see_exposure(view, view_of(p))]
        moves = by_person(await self._moves_of([p.id for p in seen], now))
        found = [
            Carrying(
                p,
                exposure(moves.get(p.id, ()), p.id, self.campaign.care, now, p.break_until),
                mine=p.id == staff.id,
                allowed=p.heavy_until is not None and p.heavy_until > now,
            )
            for p in seen
        ]
        return sorted(found, key=lambda one: (not one.mine, -one.carried.shift.heavy, one.person.name))

    async def let_go_on(self, staff: Staff, person: StaffId) -> None:
        """Let somebody she supervises take heavy cases for some hours, after asking her."""
        other = await self._supervised(staff, person)
        now = self.clock.now()
        await self.store.audit(AuditLine(now, staff.id, "let_go_on", None, f"staff {other.id}"))
        await self._save(replace(other, heavy_until=now + ALLOWED_FOR))

    async def ask_talk(self, staff: Staff) -> None:
        """Ask her supervisors for a talk, in one tap. What it is about is nobody's but theirs: no case, no reason."""
        if any(one.staff == staff.id for one in await self.store.waiting_debriefs()):
            return  # she pressed twice
        now = self.clock.now()
        people = [p for p in await self.store.staff() if p.active and supervises(view_of(p), view_of(staff))]
        rows = await self._messages(ASKS.format(name=staff.name), people, now)
        await self.store.commit_desk(DeskWrite(records=(Debrief(secrets.token_hex(8), staff.id, now),), outbox=rows))

    async def talks(self, staff: Staff) -> list[tuple[Debrief, Staff]]:
        """Return talks that people whom she supervises asked for, and her own."""
        people, view = {p.id: p for p in await self.store.staff()}, view_of(staff)
        asked = [(one, people[one.staff]) for one in await self.store.waiting_debriefs() if one.staff in people]
        return [(one, who) for one, who in asked if who.id == staff.id or supervises(view, view_of(who))]

    async def take_talk(self, staff: Staff, talk: str) -> None:
        """Note that she looks after it. Who asked may take it back herself."""
        found = next((one for one, _ in await self.talks(staff) if one.id == talk), None)
        if found is None:
            raise NotYours
        done = replace(found, taken_by=staff.id, taken_at=self.clock.now())
        await self.store.commit_desk(DeskWrite(records=(done,)))

    async def _moves_of(self, people: Iterable[StaffId], now: datetime) -> list[HeldMove]:
        return await self.store.handled(sorted(set(people)), now - WEEK)

    async def _somebody_else(self, staff: Staff, case: Case, now: datetime) -> bool:
        """Return whether a colleague is there who is free to take the case, can open it, and has not carried too much herself."""
        moves = by_person(await self._moves_of([view.id for view in await self.at_work()], now))
        known = {person.id: person for person in await self.store.staff()}
        for view in await self.at_work():
            if view.id == staff.id or view.id in case.passed_on or self.kept(view, case, now):
                continue
            if may(view, "claim", case, now):
                full = self._has_no_room(view, known[view.id], case, moves.get(view.id, []), now)
                if not full and await self.opens(view.id, case):
                    return True
        return False

    def _has_no_room(self, view: StaffView, person: Staff, case: Case, moves: list[HeldMove], now: datetime) -> bool:
        """Return whether a colleague has carried too much herself, or is at another case at this moment."""
        care = self.campaign.care
        carried = exposure(moves, view.id, care, now, person.break_until)
        return carried.at_it or bool(capped(view, case, carried, care, now, person.heavy_until))

    async def _supervised(self, staff: Staff, person: StaffId) -> Staff:
        found = next((p for p in await self.store.staff() if p.id == person), None)
        if found is None or not SUPERVISES & set(staff.roles) or not supervises(view_of(staff), view_of(found)):
            raise NotYours
        return found

    async def _as_now(self, person: StaffId) -> Staff:
        """Return a person as she stands in the store: what a page has of her may be minutes old."""
        return next(p for p in await self.store.staff() if p.id == person)

    async def _save(self, person: Staff) -> Staff:
        saved = await self.store.save_staff(person)
        await self.at_work(fresh=True)
        return saved

    async def _messages(self, text: str, people: list[Staff], now: datetime) -> tuple[Outgoing, ...]:
        chats = [p.telegram for p in people if p.telegram is not None]
        boxes = await self.vault.boxes([chat_key(chat) for chat in chats])
        parcel = pack_parcel(Message(text))
        return tuple(
            Outgoing(chat, Lane.DESK, boxes[chat_key(chat)].seal(parcel, f"outbox:{chat}"), now) for chat in chats
        )
