"""Whose chat it is: asked for with a reason, agreed to by a second person, written down before it is shown.

Rules 8: in danger now (P1) one lead may look alone, and a second person confirms it within a day or it is reported as a breach.
Otherwise nothing is shown before she agreed. What is shown is the number of the Telegram account: nothing else is kept.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.cases.permissions import may
from bot.model.case import Case
from bot.model.ids import CaseId
from bot.model.levels import Level
from bot.model.outbox import Outgoing
from bot.store.audit_records import AuditLine
from bot.store.desk_records import DeskWrite
from bot.store.identity_records import IdentityAsk
from bot.store.staff_records import Staff
from bot.vault.errors import CannotOpen
from bot.work.calling.calling_for_a_look import calls_for_a_look
from bot.work.desk.core import Change, DeskCore, Words, view_of
from bot.work.desk.errors import NotPossible, NotYours

CONFIRM_WITHIN = timedelta(hours=24)
SHOWN_FOR = timedelta(hours=24)
"""How long an address may be looked at again, from when it was asked for alone, or agreed to."""
RAISED_WITHIN = 1000
"""So many of her newest lines about a case are looked through for a raise to danger now."""
LISTED_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class AskLine:
    """One ask as a person of the desk sees it. `until`: until when it must be confirmed, or may be looked at."""

    ask: IdentityAsk
    case: Case
    who: str
    decider: str
    until: datetime
    may_decide: bool
    may_show: bool

    @property
    def breach(self) -> bool:
        """Return whether it was reported as a breach."""
        return self.ask.reported_at is not None


class Identities:
    """The verbs ask, decide and show, and what stands open."""

    def __init__(self, desk: DeskCore) -> None:
        self._desk = desk

    async def of_case(self, staff: Staff, case_id: CaseId) -> tuple[Case, list[AskLine]]:
        """Return a case and who asked for the address behind it. Raises NotYours."""
        case = await self._desk.store.case(case_id)
        now = self._desk.clock.now()
        if case is None or not any(may(view_of(staff), a, case, now) for a in ("ask_identity", "agree_identity")):
            raise NotYours
        return case, await self._lines(staff, await self._desk.store.identity_asks(case_id))

    async def of_mine(self, staff: Staff) -> list[AskLine]:
        """Return the asks of the last month that are hers to know of, newest first."""
        return await self._lines(staff, await self._desk.store.identity_asks(since=self._desk.clock.now() - LISTED_FOR))

    async def ask(self, staff: Staff, case_id: CaseId, reason: str, *, alone: bool) -> IdentityAsk:
        """Ask for the address behind a case; `alone`: in danger now, without waiting for the second person."""
        words = Words(_reason(reason))
        made: list[IdentityAsk] = []

        async def make(case: Case, now: datetime) -> Change:
            if alone and case.level is not Level.P1:
                raise NotPossible("Only in danger now (P1) one person may look alone. Please ask a second person.")
            ask = IdentityAsk(secrets.token_hex(8), case.id, staff.id, now, alone)
            made[:] = [ask]
            note = await self._desk.entry(case, "identity", words, staff, now)
            how = await self._how(staff, case) if alone else "two"
            write = DeskWrite(identity=(None, ask), outbox=await self._calls(case, staff, now))
            return Change(case, "identity_asked", how, write=write, entries=(note,))

        await self._desk.change(staff, "ask_identity", case_id, make)
        return made[0]

    async def _how(self, staff: Staff, case: Case) -> str:
        """Say in the audit when it was she who made it danger now: whoever confirms a look alone should know."""
        hers = await self._desk.store.audit_search(case.id, staff.id, None, RAISED_WITHIN)
        raised = any(line.action == "raise_level" and line.detail.endswith(f">{Level.P1}") for line in hers)
        return "alone raised_by_her" if raised else "alone"

    async def decide(self, staff: Staff, case_id: CaseId, ask_id: str, *, agree: bool) -> IdentityAsk:
        """Agree as the second person, or not. Whoever looked alone and is not agreed with is reported at once."""
        ask = await self._asked(case_id, ask_id)
        await self._may(staff, "agree_identity", case_id)
        if ask.asked_by == staff.id:
            raise NotPossible("A second person decides this.")
        if ask.decided_at is not None:
            raise NotPossible("This is decided already.")
        now = self._desk.clock.now()
        breach = ask.alone and not agree
        after = replace(
            ask,
            decided_by=staff.id,
            decided_at=now,
            agreed=agree,
            reported_at=ask.reported_at or (now if breach else None),
        )
        action = "identity_agreed" if agree else "identity_refused"
        lines = [AuditLine(now, staff.id, action, case_id, f"asked by {ask.asked_by}")]
        if breach and ask.reported_at is None:
            lines.append(breach_line(ask, now))
        if not await self._desk.store.commit_desk(DeskWrite(identity=(ask, after), audit=tuple(lines))):
            raise NotPossible("This is decided already.")
        return after

    async def show(self, staff: Staff, case_id: CaseId, ask_id: str) -> int | None:
        """Return the number of the Telegram account behind a case; None when it is not kept any more. Each look stands in
        the audit, durably, before anything is opened."""
        ask = await self._asked(case_id, ask_id)
        case = await self._may(staff, "ask_identity", case_id)
        now = self._desk.clock.now()
        if ask.asked_by != staff.id or not _open_to_show(ask, now):
            raise NotPossible("This is not open to you: it was not agreed to, or its day is over. Please ask again.")
        await self._desk.store.audit(
            AuditLine(now, staff.id, "identity_shown", case.id, "alone" if ask.alone else "two")
        )
        sealed = (await self._desk.store.addresses([case.chat])).get(case.chat)
        try:
            return int(self._desk.vault.open(sealed, f"address:{case.chat}")) if sealed else None
        except CannotOpen:
            return None

    async def _calls(self, case: Case, staff: Staff, now: datetime) -> tuple[Outgoing, ...]:
        """Call those who may be the second person: a look alone must not wait for a day."""
        desk, people = self._desk, await self._desk.store.staff()
        action, why = "agree_identity", "identity"
        return await calls_for_a_look(case, staff, people, desk.vault, desk.campaign, now, action=action, why=why)

    async def _asked(self, case_id: CaseId, ask_id: str) -> IdentityAsk:
        found = next((ask for ask in await self._desk.store.identity_asks(case_id) if ask.id == ask_id), None)
        if found is None:
            raise NotYours
        return found

    async def _may(self, staff: Staff, action: str, case_id: CaseId) -> Case:
        return await self._desk.allowed(staff, action, case_id)

    async def _lines(self, staff: Staff, asks: list[IdentityAsk]) -> list[AskLine]:
        names = {s.id: s.name for s in await self._desk.store.staff()}
        lines = []
        for ask in asks:
            case = await self._desk.store.case(ask.case)
            if case is not None and (line := self._line(staff, ask, case)) is not None:
                who, decider = names.get(ask.asked_by, ""), names.get(ask.decided_by, "") if ask.decided_by else ""
                lines.append(replace(line, who=who, decider=decider))
        return lines

    def _line(self, staff: Staff, ask: IdentityAsk, case: Case) -> AskLine | None:
        now, view = self._desk.clock.now(), view_of(staff)
        asks, decides = (may(view, action, case, now) for action in ("ask_identity", "agree_identity"))
        if not asks and not decides:
            return None
        until = ask.asked_at + CONFIRM_WITHIN if ask.alone else (ask.decided_at or now) + SHOWN_FOR
        return AskLine(
            ask=ask,
            case=case,
            who="",
            decider="",
            until=until,
            may_decide=decides and ask.decided_at is None and ask.asked_by != staff.id,
            may_show=asks and ask.asked_by == staff.id and _open_to_show(ask, now),
        )


def breach_line(ask: IdentityAsk, now: datetime) -> AuditLine:
    """Return the line that reports a look nobody confirmed."""
    return AuditLine(now, None, "identity_breach", ask.case, f"by {ask.asked_by}")


def _open_to_show(ask: IdentityAsk, now: datetime) -> bool:
    if ask.decided_at is not None and not ask.agreed:
        return False
    if ask.alone:
        return now - ask.asked_at <= SHOWN_FOR
    return ask.decided_at is not None and now - ask.decided_at <= SHOWN_FOR


def _reason(reason: str) -> str:
    words = reason.strip()
    if len(words) < 10:
        raise NotPossible("Please say in a sentence why her address is needed. A second person will read it.")
    return words[:2000]
