"""Cases and signs for the tests of the case rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.cases.decide import Decision, Facts, decide
from bot.model.campaign import Clocks
from bot.model.case import Case, CaseState
from bot.model.effects import Effect, SheSays, Signal
from bot.model.ids import CaseId, ChatToken
from bot.model.levels import Level

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
CLOCKS = Clocks()
FACTS = Facts(ChatToken("ana"), "KE", "sw", "13_15", "KE", "yes", CaseId("fresh"), "Blue Heron")


def a_case(level: str = "P2", **changes: Any) -> Case:
    case = Case(
        id=CaseId("old"),
        chat=ChatToken("ana"),
        desk="KE",
        language="sw",
        pseudonym="Otter",
        level=Level(level),
        category="sextortion",
        rules=("r1",),
        source="text",
        state=CaseState.NEW,
        opened_at=NOW,
        shown_at=NOW,
        due_at=NOW + CLOCKS.by_level[Level(level)],
    )
    return replace(case, **changes)


def sign(level: str, category: str = "sextortion", **more: Any) -> Signal:
    return Signal(Level(level), category, (f"rule.{level}",), "text", **more)


def after(case: Case | None, *effects: Effect | str, now: datetime = NOW, wrote: bool = False) -> Decision | None:
    """Return what these signs, or words of hers on her case, come to."""
    said = [SheSays(e) if isinstance(e, str) else e for e in effects]
    return decide(case, said, FACTS, now, CLOCKS, wrote=wrote)


def decided(case: Case | None, *effects: Effect | str, now: datetime = NOW, wrote: bool = False) -> Decision:
    found = after(case, *effects, now=now, wrote=wrote)
    assert found is not None
    return found
