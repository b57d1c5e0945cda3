"""The open cases of some desks as all pages of this process see them: read once for everybody when something changed.

Two hundred open pages ask the same thing at the same moment; only what is hers differs, and `Desk.lines` decides that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.model.case import Case
from bot.model.ids import CaseId
from bot.store.protocol import Store

KEPT = 32
"""How many sets of desks are remembered: a country's people share one."""


@dataclass(frozen=True, eq=False)
class Seen:
    """The open cases at one moment. `number` is the store's news from before they were read: they are at least as new."""

    number: int
    cases: Mapping[CaseId, Case]


NOTHING = Seen(-1, {})


class Board:
    """What is open on which desks, and what changed between two looks."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen: dict[tuple[str, ...], Seen] = {}
        self._changed: dict[tuple[int, int], tuple[Seen, Seen, Sequence[CaseId]]] = {}

    async def look(self, desks: tuple[str, ...]) -> Seen:
        """Return the open cases of these desks, read anew only when the store has news."""
        number = await self._store.news()
        seen = self._seen.get(desks)
        if seen is None or seen.number != number:
            seen = Seen(number, {case.id: case for case in await self._store.open_cases(desks)})
            self._remember(desks, seen)
        return seen

    def _remember(self, desks: tuple[str, ...], seen: Seen) -> None:
        if len(self._seen) >= KEPT:
            self._seen.clear()
        self._seen[desks] = seen

    def changed(self, before: Seen, after: Seen) -> Sequence[CaseId]:
        """Return the cases that came, went or changed in between. Worked out once for all who ask the same."""
        if before is after:
            return ()
        key = (id(before), id(after))
        known = self._changed.get(key)
        if known is None or known[0] is not before or known[1] is not after:
            if len(self._changed) >= KEPT:
                self._changed.clear()
            known = self._changed[key] = (before, after, _difference(before.cases, after.cases))
        return known[2]


def _difference(before: Mapping[CaseId, Case], after: Mapping[CaseId, Case]) -> Sequence[CaseId]:
    gone = [case for case in before if case not in after]
    return [*gone, *(case for case, now in after.items() if _mark(before.get(case)) != _mark(now))]


def _mark(case: Case | None) -> tuple[int, bool] | None:
    # A chat that refuses us is noted on its case without a new version.
    return None if case is None else (case.version, case.blocked)
