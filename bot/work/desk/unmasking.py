"""A lead uncovers one number, link or account in her words, to hand it to a service. Shown once; kept sealed with the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model.case import Case
from bot.model.ids import CaseId
from bot.store.case_records import CaseEntry
from bot.store.staff_records import Staff
from bot.texts import mark
from bot.work.desk.core import Change, Words
from bot.work.desk.errors import NotPossible, NotYours
from bot.work.desk.masking import hidden_in
from bot.work.desk.reading import Reading, opened
from bot.work.sealing import case_key

CONTACT = "contact"
"""The kind of the sealed line that keeps what was uncovered, for the referral."""

SHORTEST_REASON = 10


@dataclass(frozen=True, slots=True)
class Uncovered:
    """What was hidden in a line of hers, and what it is: shown once."""

    case: Case
    kind: str
    text: str


class Unmasking(Reading):
    """The verb unmask."""

    async def unmask(self, staff: Staff, case_id: CaseId, line: int, number: int, reason: str) -> Uncovered:
        """Uncover the hidden piece of this number (from 1) in a line. That it is done stands in the audit before it is shown."""
        if len(reason.strip()) < SHORTEST_REASON:
            raise NotPossible(mark("Please say in a sentence which service needs it, and why."))
        found: list[tuple[str, str]] = []

        async def make(case: Case, now: datetime) -> Change:
            kind, text = await self._piece(staff, case, line, number)
            found[:] = [(kind, text)]
            fields = (("kind", kind), ("reason", reason.strip()[:1000]), (CONTACT, text))
            entry = await self.entry(case, CONTACT, Words("", fields=fields), staff, now)
            return Change(case, "unmasked", detail=f"line {line} {kind}", entries=(entry,))

        case = await self.change(staff, "unmask", case_id, make)
        return Uncovered(case, *found[0])

    async def _piece(self, staff: Staff, case: Case, line: int, number: int) -> tuple[str, str]:
        entry = next((e for e in await self.store.entries(case.id) if e.id == line and e.kind == "hers"), None)
        text = await self._words(staff, case, entry)
        pieces = hidden_in(text)
        if not 1 <= number <= len(pieces):
            raise NotYours
        piece = pieces[number - 1]
        return piece.kind, text[piece.start : piece.end]

    async def _words(self, staff: Staff, case: Case, entry: CaseEntry | None) -> str:
        box = await self.vault.readable(case_key(case.id), self.chain.of(staff.id))
        return opened(entry, box, case.id).text if entry is not None else ""
