"""Numbers are confirmed and withdrawn by a command that leaves every other line of the file as it was."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from bot.flowfile import load
from bot.flowfile.directory_edit import NoSuchEntry, with_fields
from bot.model.campaign import Helpline
from bot.work.helpline_dates import Dated, dated, to_remind

Run = Callable[..., Result]
ROOT = Path(__file__).resolve().parents[2]
SHIPPED = (ROOT / "flows" / "helplines.yaml").read_text(encoding="utf-8")


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    for folder in ("flows", "locales"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def entry(campaign: Path, name: str) -> Helpline:
    loaded = load(campaign).campaign
    assert loaded is not None
    return next(line for line in loaded.helplines if line.id == name)


def test_a_confirmed_number_has_its_day_and_nothing_else_changed(safebot: Run, campaign: Path) -> None:
    done = safebot(
        "helplines", "confirm", "ke-116", "--by", "Achieng: Nairobi", "--on", "2026-01-31", "--campaign", str(campaign)
    )

    assert done.exit_code == 0, done.output
    assert entry(campaign, "ke-116").confirmed_on == date(2026, 1, 31)
    changed = (campaign / "flows" / "helplines.yaml").read_text(encoding="utf-8")
    assert len(set(changed.splitlines()) ^ set(SHIPPED.splitlines())) <= 3


def test_a_withdrawn_number_is_out_until_somebody_confirms_it_again(safebot: Run, campaign: Path) -> None:
    safebot("helplines", "withdraw", "ke-116", "--because", "no answer", "--campaign", str(campaign))
    assert entry(campaign, "ke-116").withdrawn

    safebot("helplines", "confirm", "ke-116", "--by", "Achieng", "--campaign", str(campaign))
    assert not entry(campaign, "ke-116").withdrawn


def test_check_names_what_must_be_called_and_ends_with_1(safebot: Run, campaign: Path) -> None:
    found = safebot("helplines", "check", "--country", "KE", "--format", "json", "--campaign", str(campaign))
    states = {line["id"]: line["state"] for line in json.loads(found.output)}

    assert found.exit_code == 1
    assert states["ke-116"] == "never" and {line[:2] for line in states} == {"ke"}


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("confirm", "ke-000", "--by", "Achieng"), 1, "has no entry"),
        (("confirm", "ke-116", "--by", "Achieng", "--on", "31.1.2026"), 2, "is no day"),
        (("confirm", "ke-116", "--by", "Achieng", "--on", "2999-01-01"), 2, "has not come yet"),
        (("withdraw", "ke-000", "--because", "gone"), 1, "has no entry"),
    ],
)
def test_a_slip_is_told_in_one_line_and_changes_nothing(
    safebot: Run, campaign: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    done = safebot("helplines", *arguments, "--campaign", str(campaign))

    assert done.exit_code == code
    assert says in done.stderr and len(done.stderr.strip().splitlines()) == 1
    assert (campaign / "flows" / "helplines.yaml").read_text(encoding="utf-8") == SHIPPED


@pytest.mark.parametrize(
    ("days", "state"),
    [(0, Dated.FRESH), (59, Dated.FRESH), (60, Dated.REMIND), (89, Dated.REMIND), (90, Dated.OLD), (900, Dated.OLD)],
)
def test_a_confirmation_grows_old(days: int, state: Dated) -> None:
    today = datetime.now(UTC).date()
    line = Helpline("x", "KE", "X", "emergency", confirmed_on=today - timedelta(days=days))

    assert dated(line, today) is state


@given(st.text(), st.text(min_size=1))
def test_no_text_makes_the_edit_do_anything_but_edit_or_say_no(text: str, wanted: str) -> None:
    try:
        changed = with_fields(text, wanted, {"withdrawn": "true"})
    except NoSuchEntry:
        return
    assert "withdrawn: true" in changed


def test_the_operator_is_reminded_weekly_from_day_60_and_daily_from_day_90() -> None:
    monday = date(2026, 3, 2)
    lines = [
        Helpline(f"day{days}", "KE", "X", "emergency", confirmed_on=monday - timedelta(days=days))
        for days in (10, 70, 100)
    ]

    assert to_remind(lines, monday) == ("day70", "day100")
    assert to_remind(lines, monday + timedelta(days=1)) == ("day100",)
    assert to_remind([replace(lines[2], withdrawn=True)], monday) == ()
