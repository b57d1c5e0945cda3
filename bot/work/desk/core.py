"""The ground under every verb of the desk: load a case, ask whether this person may, write once or try again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

import msgspec

from bot.cases.alerts import DRILL
from bot.cases.moves import CannotMove
from bot.cases.permissions import may
from bot.cases.reporting import with_clock
from bot.model.campaign import Campaign, Care, Clocks
from bot.model.case import Case
from bot.model.ids import CaseId
from bot.model.outbox import Outgoing
from bot.model.staff import StaffView
from bot.store.audit_records import AuditLine
from bot.store.case_records import CaseEntry, CaseWrite
from bot.store.desk_records import DeskWrite
from bot.store.protocol import Store
from bot.store.staff_records import Staff
from bot.vault.paged import seal_paged
from bot.work.desk.errors import NotPossible, NotYours
from bot.work.desk.keys import KeyChain
from bot.work.ports import Clock
from bot.work.sealing import case_key, entry_place

TRIES = 5
"""How often a write is worked out again when somebody else wrote the case in between."""


class Box(Protocol):
    """Seals and opens under one key; `about` binds the bytes to their place."""

    def seal(self, data: bytes, about: str) -> bytes:
        """Return the data sealed."""

    def open(self, data: bytes, about: str) -> bytes:
        """Return the data opened."""


class Boxes(Protocol):
    """The vault, as the desk needs it."""

    async def boxes(self, names: Iterable[str], desks: Mapping[str, str] | None = None) -> Mapping[str, Box]:
        """Return the box of each name, making keys where there are none; `desks` names the desk of each case."""

    async def readable(self, name: str, desk_keys: Mapping[bytes, bytes]) -> Box | None:
        """Return the box of a case for somebody with these desk keys."""

    def open(self, sealed: bytes, about: str) -> bytes:
        """Return what the key ring itself sealed: the address of a chat."""

    async def sealed_for(self, name: str) -> frozenset[bytes] | None:
        """Return the ids of the desk keys that open a case; None when no desk key is needed."""

    async def known(self, names: Iterable[str]) -> Mapping[str, Box]:
        """Return the boxes there are."""


CardRows = Callable[[Case | None, Case, datetime], Awaitable[tuple[Outgoing, ...]]]
"""Outbox rows for the moderators' group when a case changes; without a group there are none."""


async def no_cards(before: Case | None, after: Case, now: datetime) -> tuple[Outgoing, ...]:
    """Return nothing: there is no moderators' group."""
    del before, after, now
    return ()


class Words(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a moderator's line holds, sealed: her words, and the reply they went out as; a record has `fields`, (code, words)."""

    text: str
    reply: str = ""
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What one verb does to a case. `step` names it for the history; `detail` is coded, for the audit."""

    case: Case
    step: str
    detail: str = ""
    write: DeskWrite = DeskWrite()
    entries: tuple[CaseEntry, ...] = ()


def view_of(staff: Staff) -> StaffView:
    """Return a person as the permission function knows her."""
    return StaffView(staff.id, staff.roles, staff.desks, staff.languages, staff.active, staff.skills)


NO_CAMPAIGN = Campaign("", ("en",), {}, {}, (), (), (), {}, care=Care(heavy=()))
"""For a desk that was given none: no directory, no ready replies, no country, and nothing is too heavy."""


class DeskCore:
    """Store, vault and clock of the desk, and the one way in which a verb changes a case."""

    def __init__(
        self,
        store: Store,
        vault: Boxes,
        clock: Clock,
        clocks: Callable[[], Clocks],
        cards: CardRows = no_cards,
        chain: KeyChain | None = None,
        campaign: Callable[[], Campaign] | None = None,
    ) -> None:
        self.store = store
        self.vault = vault
        self.clock = clock
        self._clocks = clocks
        self._cards = cards
        self._campaign = campaign or (lambda: NO_CAMPAIGN)
        self.chain = chain or KeyChain()

    @property
    def clocks(self) -> Clocks:
        """Return the times of the campaign as it is now."""
        return self._clocks()

    @property
    def campaign(self) -> Campaign:
        """Return the campaign as it is now: directory, ready replies, countries."""
        return self._campaign()

    async def allowed(self, staff: Staff, action: str, case_id: CaseId) -> Case:
        """Return the case if this person may do this with it; else raise NotYours, as for one that never existed."""
        case = await self.store.case(case_id)
        if case is None or not may(view_of(staff), action, case, self.clock.now()):
            raise NotYours
        return case

    async def change(
        self, staff: Staff, action: str, case_id: CaseId, make: Callable[[Case, datetime], Awaitable[Change]]
    ) -> Case:
        """Work a change out, write it in one transaction with its audit line and cards, and return the case as written.

        When somebody else wrote the case in between, nothing was kept: it is read, asked and worked out again.
        """
        for _ in range(TRIES):
            case = await self.allowed(staff, action, case_id)
            try:
                change = self._with_report(await make(case, self.clock.now()))
            except CannotMove as error:
                raise NotPossible("This cannot be done with the case as it is now. Please look at it again.") from error
            if await self.commit(staff, action, case, change):
                return replace(change.case, version=case.version + 1)
        raise NotPossible("The case is changing at this very moment. Please try again.")

    def _with_report(self, change: Change) -> Change:
        """A case that is raised, or becomes another's, may come under a duty to report."""
        return replace(change, case=with_clock(change.case, self.campaign, self.clock.now()))

    async def commit(self, staff: Staff | None, action: str, before: Case, change: Change) -> bool:
        """Write a change as it is; False when the case is no longer as it was read."""
        now = self.clock.now()
        line = AuditLine(now, staff.id if staff else None, action, before.id, change.detail)
        # Behind a drill there is no girl: nothing rings, and so nothing is sent.
        write = replace(change.write, timers=()) if before.source == DRILL else change.write
        return await self.store.commit_desk(
            replace(
                write,
                case=CaseWrite(change.case, change.entries, step=change.step, at=now),
                outbox=(*change.write.outbox, *await self._cards(before, change.case, now)),
                audit=(line, *change.write.audit),
            )
        )

    async def entry(self, case: Case, kind: str, words: Words, staff: Staff, now: datetime) -> CaseEntry:
        """Return a sealed line for a case."""
        name, seq = case_key(case.id), f"{case.version + 1}.0"
        box = (await self.vault.boxes([name], {name: case.desk}))[name]
        body = seal_paged(box, msgspec.json.encode(words), entry_place(case.id, kind, seq))
        return CaseEntry(kind, body, now, staff.id, seq=seq)
