"""Finding a case: by coded fields among all she may know of; by words only in the cases she holds, opened in memory."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.cases.permissions import may
from bot.cases.searching import Wanted, in_found_order, matches
from bot.model.case import Case
from bot.store.audit_records import AuditLine
from bot.store.desk_records import DeskWrite
from bot.store.staff_records import Staff
from bot.texts import mark
from bot.work.desk.core import view_of
from bot.work.desk.errors import NotPossible
from bot.work.desk.reading import UNSENT, Reading, desks_of
from bot.work.desk.view import Line

MOST_READ = 5000
MOST_SHOWN = 100
MOST_OPENED = 50
YEAR = timedelta(days=366)
SHORTEST = 3
AROUND = 60


@dataclass(frozen=True, slots=True)
class FoundWords:
    """A line in which the words stand, masked as everywhere, cut to what stands around them."""

    case: Case
    kind: str
    at: datetime
    text: str


class Searching(Reading):
    """The verbs search and search_words."""

    async def search(self, staff: Staff, wanted: Wanted) -> list[Case]:
        """Return the cases she may see a coded line of that are as wanted, open ones first. No words are opened."""
        now = self.clock.now()
        since = _start(wanted.since) if wanted.since else now - YEAR
        until = _start(wanted.until) + timedelta(days=1) if wanted.until else now + timedelta(days=1)
        await self.store.audit(AuditLine(now, staff.id, "search", None, ",".join(wanted.asked)))
        cases = await self.store.find_cases(desks_of(staff), since, until, MOST_READ)
        view = view_of(staff)
        hers = [c for c in cases if matches(c, wanted) and may(view, "line" if c.open else "closed_line", c, now)]
        return in_found_order(hers)[:MOST_SHOWN]

    async def search_words(self, staff: Staff, text: str) -> list[FoundWords]:
        """Return the lines of her own cases in which these words stand. Each case that is opened for it is in the audit first;
        what she looked for is nowhere. Numbers and links are hidden, so nobody finds them by trying."""
        looked_for = _plain(text).strip()
        if len(looked_for) < SHORTEST:
            raise NotPossible(mark("Please write at least three letters."))
        cases = await self._own_cases(staff)
        now = self.clock.now()
        lines = tuple(AuditLine(now, staff.id, "search_words", case.id) for case in cases)
        if lines:
            await self.store.commit_desk(DeskWrite(audit=lines))
        return [hit for case in cases for hit in await self._hits(staff, case, looked_for)]

    async def _own_cases(self, staff: Staff) -> Sequence[Case]:
        now, view = self.clock.now(), view_of(staff)
        cases = await self.store.find_cases(desks_of(staff), now - YEAR, now + timedelta(days=1), MOST_READ)
        hers = [case for case in cases if case.claimed_by == staff.id]
        return [case for case in hers if may(view, "look" if case.open else "look_closed", case, now)][:MOST_OPENED]

    async def _hits(self, staff: Staff, case: Case, looked_for: str) -> list[FoundWords]:
        entries = await self.store.entries(case.id)
        return [
            FoundWords(case, line.kind, line.at, _around(line.text, looked_for))
            for line in await self._lines(staff, case, entries, {})
            if line.reply not in UNSENT and _holds(line, looked_for)
        ]


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)


def _holds(line: Line, looked_for: str) -> bool:
    return looked_for in _plain(line.text)


def _around(text: str, looked_for: str) -> str:
    """Return the place of a line in which the words stand. A letter may grow when it is made small: then the start is near."""
    at = _plain(text).find(looked_for)
    start, end = max(0, at - AROUND), at + len(looked_for) + AROUND
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text[:20_000]).casefold()
