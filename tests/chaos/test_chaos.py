"""A few kill points every day; `make chaos` has more than fifty."""

from __future__ import annotations

import pytest

from tests.chaos.plan import controls, few
from tests.chaos.point import chaos

SEED = 7


@pytest.mark.chaos
async def test_a_killed_bot_loses_nothing_and_nothing_acts_twice_while_weaker_builds_are_found_out() -> None:
    early, _, twice = controls(SEED)
    report = await chaos([early, twice, *few(SEED)], SEED, lambda *_: None)
    assert report.good, report.text()
