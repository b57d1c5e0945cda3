"""A desk on real SQLite with our cast: Ana writes, Max moderates her group, Olga another, Lena supervises Max's desk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.model.campaign import Campaign, Clocks
from bot.model.case import Case, CaseState
from bot.model.ids import CaseId, ChatToken, StaffId
from bot.model.levels import Level
from bot.store.case_records import CaseEntry, CaseWrite
from bot.store.open import open_keys, open_store
from bot.store.protocol import Store
from bot.store.staff_records import Staff
from bot.store.turn_records import Outcome, Turn
from bot.vault.paged import seal_paged
from bot.vault.ring import KeyRing
from bot.vault.vault import Vault
from bot.work.desk.core import NO_CAMPAIGN, CardRows, no_cards
from bot.work.desk.desk import Desk
from bot.work.sealing import entry_place

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@dataclass
class HandClock:
    """A clock that a test moves by hand; sleeping moves it too."""

    at: datetime = NOON
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.at

    async def sleep_until(self, when: datetime) -> None:
        self.slept.append((when - self.at).total_seconds())
        self.at = max(self.at, when)
        await asyncio.sleep(0)

    def pass_by(self, **time: float) -> None:
        self.at += timedelta(**time)


@dataclass
class Room:
    """The desk and what stands under it."""

    store: Store
    vault: Vault
    clock: HandClock
    desk: Desk
    max: Staff
    olga: Staff
    lena: Staff
    sam: Staff

    async def opens(self, case_id: str = "ana1", **changes: object) -> Case:
        """Ana's message opens a case, as a turn would write it."""
        case = a_case(case_id, self.clock.now(), **changes)
        await self._turn(case, "please help me", version=0)
        return await self.case(case_id)

    async def ana_writes(self, case_id: str = "ana1", text: str = "are you there?") -> None:
        """Ana writes again: her reply-to-be goes back to a draft, the case moves on, all in one turn."""
        case = await self.case(case_id)
        state = CaseState.CLAIMED if case.state is CaseState.WAITING else case.state
        row = (await self.store.load_chats([case.chat]))[case.chat]
        await self._turn(replace(case, state=state, last_hers_at=self.clock.now()), text, version=row.version)

    async def case(self, case_id: str = "ana1") -> Case:
        found = await self.store.case(CaseId(case_id))
        assert found is not None
        return found

    async def _turn(self, case: Case, text: str, version: int) -> None:
        name = f"case:{case.id}"
        box, seq = (await self.vault.boxes([name], {name: case.desk}))[name], f"{case.version + 1}.0"
        sealed = seal_paged(box, text.encode(), entry_place(case.id, "hers", seq))
        entry = CaseEntry("hers", sealed, self.clock.now(), seq=seq)
        turn = Turn(
            key=None,
            chat=case.chat,
            at=self.clock.now(),
            version=version,
            address=b"sealed",
            state=b"sealed",
            state_until=self.clock.now() + timedelta(days=1),
            case=CaseWrite(case, (entry,), step="opened"),
            hers=True,
        )
        (result,) = await self.store.commit_turns([turn])
        assert result.outcome is Outcome.DONE, result

    async def timers(self) -> dict[str, tuple[datetime, str]]:
        """Return every timer that is set, by name."""
        far = self.clock.now() + timedelta(days=9)
        return {t.name: (t.at, t.data) for t in await self.store.due_timers(far, 100)}

    async def actions(self) -> list[str]:
        """Return what stands in the audit, oldest first."""
        return [line.action for line in await self.store.audit_lines(0, 1000)]


def a_case(case_id: str, now: datetime, **changes: object) -> Case:
    """Return a case in line on the Kenyan desk, in Swahili, shown a moment ago."""
    case = Case(
        id=CaseId(case_id),
        chat=ChatToken(f"chat{case_id}"),
        desk="KE",
        language="sw",
        pseudonym="Otter 12",
        level=Level.P2,
        category="sextortion",
        rules=("sw.sextortion.threat",),
        source="text",
        state=CaseState.NEW,
        opened_at=now,
        shown_at=now,
        due_at=now + timedelta(minutes=30),
        age_band="13_15",
        country="KE",
        opted_in="yes",
        last_hers_at=now,
    )
    return replace(case, **changes)  # type: ignore[arg-type]  # passed on as it came


async def addressed(room: Room, case_id: str, number: int) -> None:
    """Keep the number of the chat behind a case, sealed as a turn seals it."""
    chat = (await room.case(case_id)).chat
    row = (await room.store.load_chats([chat]))[chat]
    sealed = room.vault.seal(str(number).encode(), f"address:{chat}")
    turn = Turn(key=None, chat=chat, at=room.clock.now(), version=row.version, address=sealed, keep_state=True)
    (result,) = await room.store.commit_turns([turn])
    assert result.outcome is Outcome.DONE, result


@asynccontextmanager
async def a_room(folder: Path, cards: CardRows = no_cards, campaign: Campaign = NO_CAMPAIGN) -> AsyncIterator[Room]:
    url = f"sqlite:///{folder / 'desk.db'}"
    store, keys, clock = await open_store(url), await open_keys(url), HandClock()
    vault = Vault(KeyRing.new(), keys)
    desk = Desk(store, vault, clock, Clocks, cards, campaign=lambda: campaign)
    people = [
        await store.save_staff(Staff(StaffId(0), name, roles, desks, languages))
        for name, roles, desks, languages in (
            ("Max", ("moderator",), ("KE",), ("sw", "en")),
            ("Olga", ("moderator",), ("NP",), ("ne", "en")),
            ("Lena", ("supervisor",), ("KE",), ("en",)),
            ("Sam", ("editor", "operator", "auditor"), ("KE",), ("sw", "en")),
        )
    ]
    try:
        yield Room(store, vault, clock, desk, *people)
    finally:
        await store.close()
        await keys.close()
