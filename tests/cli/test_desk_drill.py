"""`safebot desk drill`: prints what happened, keeps it, and ends with 1 when nobody came."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from click.testing import Result

from bot.cli import desk
from bot.model.campaign import Country
from bot.model.pages import Drill
from tests.console.house import CAMPAIGN

Run = Callable[..., Result]


def test_without_a_country_it_asks_whose_desk(safebot: Run) -> None:
    result = safebot("desk", "drill")
    assert result.exit_code == 2 and "--country KE|" in result.stderr


def test_a_single_country_needs_no_name() -> None:
    assert desk._country(CAMPAIGN, "").code == "KE"
    assert isinstance(desk._country(CAMPAIGN, "KE"), Country)


def test_no_drill_was_held_yet(safebot: Run) -> None:
    safebot("staff", "list")
    assert json.loads(safebot("desk", "drills", "--format", "json").output) == []


@pytest.mark.parametrize(("claimed", "code"), [(200.0, 0), (400.0, 1), (None, 1)])
def test_it_prints_each_step_and_ends_with_1_when_nobody_claimed_in_time(
    safebot: Run, monkeypatch: pytest.MonkeyPatch, claimed: float | None, code: int
) -> None:
    found = Drill("KE", datetime(2026, 11, 20, 12, tzinfo=UTC), paged=0.6, seen=12.0, claimed=claimed, called=2)

    async def held(*given: object) -> object:
        given[-1](found)  # type: ignore[operator]  # the last one is what to call
        return found, desk.timedelta(minutes=5)

    monkeypatch.setattr(desk, "_drill", held)
    result = safebot("desk", "drill", "--country", "KE")
    assert result.exit_code == code
    assert "called    after    0.6 s" in result.output and "answered  never" in result.output
