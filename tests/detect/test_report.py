"""The detector's report: frozen sets stay closed and unchanged, and the figures are what they say."""

from __future__ import annotations

import pytest

from bot.model.assessment import Assessment, Evidence
from bot.model.levels import Level
from tests.detect import measure, report, sets
from tests.detect.measure import Judged, Share
from tests.detect.sets import Message


def heard(level: str | None, as_level: Level | None, kind: str = "disclosure") -> Judged:
    message = Message("x-1", "made up", "en", "bullying" if level else "none", level, kind, noisy=False)
    return Judged(message, Assessment(as_level, "bullying", (Evidence("model.en", 0, 1),)), 0.001)


def test_the_frozen_sets_are_as_they_were_when_frozen() -> None:
    assert sets.broken_seals() == [], "a set that was changed or looked into is for tuning: write a new one"


@pytest.mark.parametrize("name", sorted(sets.CLOSED))
def test_sentences_of_a_frozen_set_are_never_shown(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert report.main(["--set", name, "--show", "missed"]) == 2
    assert capsys.readouterr().out == ""


def test_sentences_are_not_shown_when_no_set_is_named() -> None:
    assert report.main(["--show", "alarms"]) == 2


def test_recall_and_false_alarms_are_counted_apart() -> None:
    found = [
        heard("P1", Level.P1),
        heard("P1", Level.P3),
        heard("P2", None),
        heard(None, Level.P3, "idiom"),
        heard(None, None, "everyday"),
    ]
    row = measure.row("en", found)

    assert (row.heard, row.danger_heard, row.danger_as_danger) == (Share(2, 3), Share(2, 2), Share(1, 2))
    assert (row.false_alarms, row.everyday) == (Share(1, 1), Share(0, 1))
    assert measure.confusion(found)["P1"] == {"P1": 1, "P2": 0, "P3": 1, "P4": 0, "none": 0}


def test_an_interval_is_wide_where_little_was_measured() -> None:
    assert Share(0, 0).interval is None
    low, high = Share(3, 30).interval or (0.0, 0.0)

    assert (round(low, 3), round(high, 3)) == (0.035, 0.256)
