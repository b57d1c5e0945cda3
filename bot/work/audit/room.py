"""The audit as its reader sees it: she looks, checks and carries away; that she did stands in the audit first."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.model.ids import CaseId, StaffId
from bot.store.audit_records import Anchor, AuditLine
from bot.store.identity_records import IdentityAsk
from bot.store.protocol import AnchorStore, DeskStore
from bot.store.staff_records import Staff
from bot.vault.audit_check import AuditCheck
from bot.work.audit.reading import all_lines, as_fact, checked
from bot.work.ports import Clock

AT_ONCE = 200
LISTED_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Some lines, newest first. `before` continues with older ones; None when there are none."""

    lines: Sequence[AuditLine]
    names: dict[StaffId, str]
    unconfirmed: Sequence[IdentityAsk]
    before: int | None = None


class NoNotes:
    """Where there is no keys.db at hand: nothing was noted."""

    async def anchor(self) -> Anchor | None:
        """Return nothing."""
        return None

    async def set_anchor(self, anchor: Anchor) -> None:
        """Keep nothing."""


class AuditRoom:
    """`trusted` are the keys whose signatures count."""

    def __init__(
        self, store: DeskStore, clock: Clock, notes: AnchorStore | None = None, trusted: Collection[bytes] = ()
    ) -> None:
        self._store = store
        self._clock = clock
        self._notes = notes or NoNotes()
        self._trusted = trusted

    async def look(self, reader: Staff, *, case: str = "", name: str = "", before: int | None = None) -> AuditPage:
        """Return a page of lines: all, those of a case, or those of a person."""
        await self._write(reader, "audit_viewed")
        people = {person.id: person.name for person in await self._store.staff()}
        who = next((i for i, known in people.items() if known.casefold() == name.strip().casefold()), StaffId(-1))
        lines = await self._store.audit_search(
            CaseId(case.strip()) or None, who if name.strip() else None, before, AT_ONCE + 1
        )
        more = lines[AT_ONCE - 1].id if len(lines) > AT_ONCE else None
        return AuditPage(lines[:AT_ONCE], people, await self._unconfirmed(), more)

    async def check(self, reader: Staff) -> AuditCheck:
        """Return what a look through the whole audit found."""
        await self._write(reader, "audit_checked")
        return await checked(self._store, self._notes, self._trusted)

    async def export(self, reader: Staff) -> AsyncIterator[str]:
        """Yield every line as JSON. That she took it along stands in it."""
        await self._write(reader, "audit_exported")
        people = {person.id: person.name for person in await self._store.staff()}
        async for line in all_lines(self._store):
            yield json.dumps(as_fact(line, people), ensure_ascii=False) + "\n"

    async def _unconfirmed(self) -> list[IdentityAsk]:
        """Looks at an address of the last month that nobody confirmed."""
        asks = await self._store.identity_asks(since=self._clock.now() - LISTED_FOR)
        return [ask for ask in asks if ask.alone and not ask.agreed]

    async def _write(self, reader: Staff, action: str) -> None:
        await self._store.audit(AuditLine(self._clock.now(), reader.id, action))
