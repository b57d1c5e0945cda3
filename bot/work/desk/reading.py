"""What may be seen: the queue in coded facts, and a case with its words, each look written down before it is shown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from bot.cases.offers import Kept
from bot.cases.order import in_order, waiting_since
from bot.cases.permissions import ACTIONS, may, may_claim_from
from bot.model.campaign import Clocks
from bot.model.case import Case
from bot.model.ids import CaseId, StaffId
from bot.model.levels import Level
from bot.model.staff import ANY_DESK, FOCAL_DESK, StaffView
from bot.store.audit_records import AuditLine
from bot.store.case_records import CaseEntry
from bot.store.reply_records import Reply, ReplyState
from bot.store.staff_records import Staff
from bot.vault.errors import CannotOpen
from bot.vault.paged import open_paged
from bot.work.desk.core import Box, Words, view_of
from bot.work.desk.errors import NotYours
from bot.work.desk.masking import hidden_in, masked
from bot.work.desk.presence import Presence
from bot.work.desk.view import CaseView, Line, QueueLine, clock_state, half_time
from bot.work.sealing import case_key, entry_place

_PLAIN = frozenset({"hers", "bot"})
"""Kinds of lines whose bytes are the words themselves; those of the desk hold `Words`."""

_NEVER_SHOWN = frozenset({"contact"})
"""What was uncovered is shown once, when it is."""

GONE = Words("(These words cannot be opened any more.)")

UNSENT = frozenset({ReplyState.DRAFT, ReplyState.REMOVED})


class Reading(Presence):
    """The verbs queue, look, may and closed."""

    async def queue(self, staff: Staff) -> list[QueueLine]:
        """Return what she may see of the open cases of her desks: level first, then waiting time. No words."""
        await self.at_work()
        return self.lines(staff, await self.store.open_cases(desks_of(staff)))

    def lines(self, staff: Staff, cases: Iterable[Case]) -> list[QueueLine]:
        """Return what she may see of these open cases, in the order in which they should be taken."""
        now, view, clocks = self.clock.now(), view_of(staff), self.clocks
        hers = [case for case in cases if may(view, "line", case, now)]
        return [
            _queue_line(view, case, now, clocks, self.kept(view, case, now))
            for case in _hers_last(view, in_order(hers, now))
        ]

    def may_see(self, staff: Staff, case: Case) -> bool:
        """Return whether an open case has a line in her queue."""
        return may(view_of(staff), "line", case, self.clock.now())

    async def closed(self, staff: Staff, days: int = 1) -> list[Case]:
        """Return the closed cases she may see a coded line of, newest first."""
        now, view = self.clock.now(), view_of(staff)
        cases = await self.store.closed_cases(desks_of(staff), now - timedelta(days=days), 500)
        return [c for c in cases if may(view, "closed_line", c, now)]

    async def look(self, staff: Staff, case_id: CaseId, *, words: bool = True) -> CaseView:
        """Return the case as she may see it. The look stands in the audit, durably, before anything is read or shown."""
        case = await self._visible(staff, case_id)
        await self.store.audit(AuditLine(self.clock.now(), staff.id, "look", case.id, "words" if words else "facts"))
        return await self._view(staff, case, words=words)

    async def glance(self, staff: Staff, case_id: CaseId) -> str:
        """Return a mark that changes whenever her page of this case would look different. Nothing is shown by it."""
        case = await self._visible(staff, case_id)
        replies = [(r.id, r.state.value) for r in await self.store.replies(case.id)]
        lines = len(await self.store.entries(case.id))
        facts = (case.state, case.level, case.lower_to, case.claimed_by, case.says_no, case.withdrawn, case.blocked)
        together = (case.offered_to, case.also)
        return hashlib.blake2b(repr((facts, together, lines, replies)).encode(), digest_size=8).hexdigest()

    async def may(self, staff: Staff, action: str, case_id: CaseId) -> bool:
        """Return whether she may do this with this case; False too for a case that never existed."""
        case = await self.store.case(case_id)
        return case is not None and may(view_of(staff), action, case, self.clock.now())

    async def _visible(self, staff: Staff, case_id: CaseId) -> Case:
        case = await self.store.case(case_id)
        action = "look" if case is not None and case.open else "look_closed"
        if case is None or not may(view_of(staff), action, case, self.clock.now()):
            raise NotYours
        return case

    async def _view(self, staff: Staff, case: Case, *, words: bool) -> CaseView:
        now, view = self.clock.now(), view_of(staff)
        names = {s.id: s.name for s in await self.store.staff()}
        entries = await self.store.entries(case.id)
        lines = await self._lines(staff, case, entries, names) if words else ()
        replies = await self.store.replies(case.id) if words else []
        mine = {r.id: r for r in replies if r.staff == staff.id}
        pending = _latest(lines, mine, ReplyState.PENDING)
        return CaseView(
            case=case,
            lines=tuple(line for line in lines if line.reply not in UNSENT),
            counts={
                kind: sum(e.kind == kind for e in entries) for kind in ("hers", "bot", "moderator", "note", "whisper")
            },
            seen=max((e.id for e in entries if e.kind == "hers"), default=0),
            actions=frozenset(a for a in ACTIONS if may(view, a, case, now)),
            holder=names.get(case.claimed_by, "") if case.claimed_by else "",
            pending=pending,
            draft=_latest(lines, mine, ReplyState.DRAFT),
            due_at=mine[pending.reply_id].due_at if pending else None,
        )

    async def _lines(
        self, staff: Staff, case: Case, entries: list[CaseEntry], names: dict[StaffId, str]
    ) -> tuple[Line, ...]:
        box = await self.vault.readable(case_key(case.id), self.chain.of(staff.id))
        states = {r.id: r.state for r in await self.store.replies(case.id)}
        seen: set[str] = set()
        lines = []
        for entry in entries:
            twice = bool(entry.seq) and entry.seq in seen  # a row that was copied shows nothing a second time
            seen.add(entry.seq)
            lines.append(await self._line(case, entry, None if twice else box, names, states))
        return tuple(lines)

    async def _line(
        self, case: Case, entry: CaseEntry, box: Box | None, names: dict[StaffId, str], states: dict[str, ReplyState]
    ) -> Line:
        words = opened(entry, box, case.id)
        if words.reply and words.reply not in states:
            reply = await self.store.reply(words.reply)
            states[words.reply] = reply.state if reply else ReplyState.SENT
        hers = entry.kind == "hers"
        return Line(
            id=entry.id,
            kind=entry.kind,
            text=masked(words.text) if hers else words.text,
            fields=tuple(one for one in words.fields if one[0] not in _NEVER_SHOWN),
            hidden=tuple(one.kind for one in hidden_in(words.text)) if hers else (),
            at=entry.at,
            staff=entry.staff,
            who=names.get(entry.staff, "") if entry.staff else "",
            reply=states.get(words.reply),
            reply_id=words.reply,
        )


def _queue_line(staff: StaffView, case: Case, now: datetime, clocks: Clocks, kept: Kept | None) -> QueueLine:
    mine = case.claimed_by == staff.id
    return QueueLine(
        case=case,
        since=waiting_since(case),
        clock=clock_state(case, now, clocks),
        mine=mine,
        held=not mine and not may_claim_from(case, now),
        may_claim=may(staff, "claim", case, now),
        half_at=half_time(case, clocks),
        kept=kept,
        asked=staff.id in case.also,
        offered=case.offered_to == staff.id,
        passed=passed_by(staff, case),
    )


def passed_by(staff: StaffView, case: Case) -> bool:
    """Return whether she passed a case on. Danger now, and who has waited too long, stands where it stands, for everybody."""
    passed = staff.id in case.passed_on and case.claimed_by != staff.id
    return passed and case.level is not Level.P1 and not case.alerts


def _hers_last(staff: StaffView, cases: list[Case]) -> list[Case]:
    """What she passed on stands behind the others: nobody asks her to take it again."""
    return sorted(cases, key=lambda case: passed_by(staff, case))


def desks_of(staff: Staff) -> tuple[str, ...]:
    """Return the desks whose cases may concern her; whether one does, the permission function says."""
    focal = (FOCAL_DESK,) if "focal_point" in staff.roles else ()
    return tuple(dict.fromkeys((*staff.desks, ANY_DESK, *focal)))


def opened(entry: CaseEntry, box: Box | None, case: CaseId) -> Words:
    """Return the words of a line; one that cannot be opened must not hide the others."""
    try:
        place = entry_place(case, entry.kind, entry.seq) if entry.seq else f"entry:{case}"
        data = open_paged(box, entry.body, place) if box else b""
    except CannotOpen:
        return GONE
    if not data:
        return GONE
    if entry.kind in _PLAIN:
        return Words(data.decode("utf-8", "replace"))
    return msgspec.json.decode(data, type=Words)


def _latest(lines: tuple[Line, ...], mine: dict[str, Reply], state: ReplyState) -> Line | None:
    found = [line for line in lines if line.reply_id in mine and mine[line.reply_id].state is state]
    return found[-1] if found else None
