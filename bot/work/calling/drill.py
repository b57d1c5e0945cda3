"""A drill: a marked case that no girl wrote goes into the line, people are called as for danger now, and the seconds are counted.

What the running bot and the console do with it is what they do with every case; only its source says that it is a drill. When
it is over its times are kept, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.cases.alerts import DRILL
from bot.model.campaign import Campaign, Country
from bot.model.case import Case, CaseState
from bot.model.ids import CaseId, ChatToken
from bot.model.levels import Level
from bot.model.pages import Drill
from bot.store.audit_records import AuditLine
from bot.store.case_records import CaseMove, CaseWrite
from bot.store.desk_records import DeskWrite
from bot.store.protocol import Store
from bot.store.staff_records import Staff
from bot.work.desk.core import CardRows, no_cards
from bot.work.ports import Clock
from bot.work.pseudonyms import fresh_id

LOOK_EVERY = timedelta(milliseconds=500)
CATEGORY = "wants_to_talk"
ANSWERS = frozenset({"reply", "draft", "held", "resolve", "refer"})
"""Steps by which a drill is answered: words were written, or the case was closed."""

EVERY = timedelta(days=31)
"""How old the last drill of a desk may be."""


@dataclass(slots=True)
class Drills:
    """Begins a drill, watches it, and ends it. `cards`: tells the moderators' group, where there is one."""

    store: Store
    clock: Clock
    campaign: Campaign
    cards: CardRows = no_cards

    async def run(self, desk: str, language: str, wait: timedelta, tell: Callable[[Drill], None]) -> Drill:
        """Hold a drill and return its times; `tell` hears of each step. It ends when it is answered, or after `wait`."""
        case = await self.begin(desk, language)
        found, until = Drill(desk, case.opened_at), case.opened_at + wait
        try:
            while (found.claimed is None or found.answered is None) and self.clock.now() < until:
                await self.clock.sleep_until(self.clock.now() + LOOK_EVERY)
                now_found = await self.times(case)
                if now_found != found:
                    tell(now_found)
                found = now_found
        finally:
            await self.end(case.id, found)
        return found

    async def begin(self, desk: str, language: str) -> Case:
        """Put the case into the line, with its line in the audit."""
        now = self.clock.now()
        case = a_drill(desk, language, now, now + self.campaign.clocks.by_level[Level.P1])
        line = AuditLine(now, None, "drill.begun", case.id, f"{desk} {language}")
        rows = await self.cards(None, case, now)
        await self.store.commit_desk(DeskWrite(case=CaseWrite(case, step="opened", at=now), outbox=rows, audit=(line,)))
        return replace(case, version=1)

    async def times(self, case: Case) -> Drill:
        """Return what has happened so far, in seconds since it began."""
        pages, moves = await self.store.pages(case.id), await self.store.moves(case.id)
        claimed = _first(move.at for move in moves if move.step == "claim")
        seen = _first(page.answered_at for page in pages)
        return Drill(
            desk=case.desk,
            at=case.opened_at,
            paged=_seconds(case, _first(page.at for page in pages)),
            seen=_seconds(case, _first((seen, claimed))),
            claimed=_seconds(case, claimed),
            answered=_seconds(case, _answered(moves)),
            called=len({page.staff for page in pages}),
        )

    async def end(self, case_id: CaseId, found: Drill) -> None:
        """Keep its times, close its card, and take the case away."""
        case, now = await self.store.case(case_id), self.clock.now()
        await self.store.audit(AuditLine(now, None, "drill.ended", case_id, told(found)))
        if case is not None and case.open:
            over = replace(
                case, state=CaseState.RESOLVED, outcome="test", closed_at=now, claimed_until=None, due_at=None
            )
            rows = await self.cards(case, over, now)
            await self.store.commit_desk(DeskWrite(case=CaseWrite(over, step="resolve", at=now), outbox=rows))
        await self.store.end_drill(case_id, found)


def a_drill(desk: str, language: str, now: datetime, due: datetime) -> Case:
    """Return the case of a drill: danger now, marked wherever it is shown."""
    name = fresh_id()
    return Case(
        id=CaseId(name),
        chat=ChatToken(f"drill{name}"),
        desk=desk,
        language=language,
        pseudonym=f"DRILL {name[:3]}",
        level=Level.P1,
        category=CATEGORY,
        rules=(DRILL,),
        source=DRILL,
        state=CaseState.NEW,
        opened_at=now,
        shown_at=now,
        due_at=due,
        country=desk,
        last_hers_at=now,
    )


def language_for(country: Country, staff: Iterable[Staff]) -> str:
    """Return the language in which a desk is tested: the last of its languages that somebody there reads."""
    reads = {tongue for p in staff if p.active and country.code in p.desks for tongue in p.languages}
    return next((tongue for tongue in reversed(country.languages) if tongue in reads), country.languages[0])


def told(found: Drill) -> str:
    """Return the times of a drill as coded words for the audit."""
    steps = {"paged": found.paged, "seen": found.seen, "claimed": found.claimed, "answered": found.answered}
    return " ".join(f"{step}={'-' if seconds is None else round(seconds)}" for step, seconds in steps.items())


def overdue(desk: str, drills: Iterable[Drill], today: date) -> date | None:
    """Return the day of a desk's last drill if it is too long ago (date.min: there was none); None when all is well."""
    last = max((drill.at.date() for drill in drills if drill.desk == desk), default=date.min)
    return last if last < today - EVERY else None


def _answered(moves: Iterable[CaseMove]) -> datetime | None:
    return _first(move.at for move in moves if move.step in ANSWERS)


def _first(moments: Iterable[datetime | None]) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)


def _seconds(case: Case, moment: datetime | None) -> float | None:
    return None if moment is None else (moment - case.opened_at).total_seconds()
