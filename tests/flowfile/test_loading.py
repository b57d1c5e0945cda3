"""A folder becomes a campaign: settings, numbers, replies; and a change is noticed without reading."""

from __future__ import annotations

import json
import os
import time as clock
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli.flows import command
from bot.flowfile import fingerprint, load
from bot.flowfile.amounts import shifts
from bot.flowfile.last_resort import render
from bot.model.campaign import Shift
from bot.model.levels import Level
from bot.texts.last_resort import last_resort
from tests.flowfile.campaigns import CAMPAIGN, HELLO, write
from tests.flowfile.test_checks import MISTAKES


def test_campaign_yaml_becomes_countries_clocks_and_quiet_hours(tmp_path: Path) -> None:
    more = "quiet: 20:00-07:30\nclocks: {read: {P1: 2 minutes}, reply_undo: 9 seconds}\n"
    campaign = load(write(tmp_path, **{"flows/campaign.yaml": CAMPAIGN + more})).campaign

    assert campaign is not None
    kenya = campaign.countries["KE"]
    assert (kenya.approved_by, kenya.approved_on) == ("Olga", date(2026, 1, 31))
    assert kenya.rota["en"][6] == Shift(6, time(8), time(22))
    assert (campaign.quiet_from, campaign.quiet_until) == (time(20), time(7, 30))
    assert campaign.clocks.by_level[Level.P1] == timedelta(minutes=2)
    assert campaign.clocks.by_level[Level.P2] == timedelta(minutes=30)
    assert campaign.clocks.reply_undo == timedelta(seconds=9)


def test_holidays_are_days_with_their_own_hours(tmp_path: Path) -> None:
    days = 'holidays: {2026-12-25: closed, 2026-12-31: "10:00-12:00, 15:00-18:00"}'
    campaign = load(
        write(tmp_path, **{"flows/campaign.yaml": CAMPAIGN.replace("approved:", f"{days}\n    approved:")})
    ).campaign

    assert campaign is not None
    holidays = campaign.countries["KE"].holidays
    assert holidays[date(2026, 12, 25)] == ()
    assert holidays[date(2026, 12, 31)] == (Shift(3, time(10), time(12)), Shift(3, time(15), time(18)))


def test_a_holiday_that_cannot_be_read_is_a_mistake(tmp_path: Path) -> None:
    days = "holidays: {2026-12-25: off, 2026-02-30: closed}"
    found = load(
        write(tmp_path, **{"flows/campaign.yaml": CAMPAIGN.replace("approved:", f"{days}\n    approved:")})
    ).problems

    assert {"E604", "E606"} <= {problem.code for problem in found}


def test_a_country_with_too_few_hours_runs_in_helplines_only_mode(tmp_path: Path) -> None:
    few = load(write(tmp_path, **{"flows/campaign.yaml": CAMPAIGN.replace("mon-sun", "mon-fri")})).campaign
    enough = load(write(tmp_path, **{"flows/campaign.yaml": CAMPAIGN})).campaign

    assert few is not None and few.countries["KE"].helplines_only
    assert enough is not None and not enough.countries["KE"].helplines_only


@pytest.mark.parametrize(
    ("text", "days"),
    [("mon-fri 08:00-16:00", [0, 1, 2, 3, 4]), ("sat,sun 10:00-24:00", [5, 6]), ("fri-mon 22:00-06:00", [4, 5, 6, 0])],
)
def test_hours_are_written_as_people_write_them(text: str, days: list[int]) -> None:
    found = shifts(text)

    assert found is not None
    assert [shift.weekday for shift in found] == days


@pytest.mark.parametrize(
    "text", ["mon-fri", "08:00-16:00", "mon-fri 8-16", "mon-fri 25:00-26:00", "mon 08:00-08:00", ""]
)
def test_hours_that_mean_nothing_are_refused(text: str) -> None:
    assert shifts(text) is None


def test_helplines_may_be_written_as_in_the_facts(tmp_path: Path) -> None:
    entries = (
        "version: 1\nentries:\n- {id: ke-999, country: KE, name: Police, kind: emergency, number: '999', url: null,"
        " hours: null, verified: false, checked_on: 2026-01-02, withdrawn: true}\n"
    )
    campaign = load(write(tmp_path, **{"flows/helplines.yaml": entries})).campaign

    assert campaign is not None
    line = campaign.helplines[0]
    assert (line.number, line.url, line.hours, line.withdrawn) == ("999", "", "", True)
    assert line.confirmed_on == date(2026, 1, 2)


def test_canned_replies_have_words_and_their_blanks(tmp_path: Path) -> None:
    good = (
        "replies:\n  - id: a\n    situation: S\n    meaning: M\n    words: {en: Call <number>}\n    blanks: [number]\n"
    )
    bad = good.replace("<number>", "somebody").replace("id: a", "id: b")
    first = load(write(tmp_path, **{"flows/replies/a.yaml": good}))
    second = load(write(tmp_path, **{"flows/replies/b.yaml": bad}))

    assert first.campaign is not None and first.campaign.replies[0].words == {"en": "Call <number>"}
    assert [problem.code for problem in second.problems] == ["E613"]


def test_an_empty_folder_is_told_and_nothing_is_raised(tmp_path: Path) -> None:
    found = {problem.code for problem in load(tmp_path).problems}

    assert {"E601", "E607", "E616"} <= found


def test_the_fingerprint_changes_with_every_change_and_only_then(tmp_path: Path) -> None:
    write(tmp_path)
    before = fingerprint(tmp_path)
    assert fingerprint(tmp_path) == before

    hello = tmp_path / "flows" / "hello.yaml"
    os.utime(hello, (1, 1))
    touched = fingerprint(tmp_path)
    hello.rename(tmp_path / "flows" / "other.yaml")

    assert len({before, touched, fingerprint(tmp_path)}) == 3


def test_the_version_names_the_content_not_the_time(tmp_path: Path) -> None:
    first = load(write(tmp_path)).campaign
    os.utime(tmp_path / "flows" / "hello.yaml", (1, 1))
    again = load(tmp_path).campaign
    changed = load(write(tmp_path, **{"flows/hello.yaml": HELLO.replace("Good", "Nice")})).campaign

    assert first is not None and again is not None and changed is not None
    assert first.version == again.version != changed.version


def test_a_hostile_file_in_the_folder_does_not_hide_the_others(tmp_path: Path) -> None:
    write(tmp_path, **{"flows/bad.yaml": "[" * 100_000, "flows/worse.yaml": MISTAKES["E103"]})

    assert {"E005", "E103"} <= {problem.code for problem in load(tmp_path).problems}


def test_a_pipe_in_the_folder_is_told_and_waited_for_by_nobody(tmp_path: Path) -> None:
    os.mkfifo(write(tmp_path) / "flows" / "pipe.yaml")

    assert ("E001", "flows/pipe.yaml") in {(problem.code, problem.file) for problem in load(tmp_path).problems}


def test_two_hundred_flows_of_twenty_steps_are_read_in_a_second_or_two(tmp_path: Path) -> None:
    steps = "".join(
        f"  s{i}:\n    ask: Question {i}?\n    buttons:\n      yes: Yes -> s{i + 1}\n      no: No -> done\n"
        for i in range(19)
    )
    for number in range(200):
        flow = f"flow: f{number}\ntitle: Flow {number}\nsteps:\n{steps}  s19:\n    say: Bye.\n    end: done\n"
        write(tmp_path, **{f"flows/f{number}.yaml": flow})
    began = clock.process_time()

    assert load(tmp_path).problems == ()
    assert clock.process_time() - began < 4


def test_check_ends_with_0_1_or_2(tmp_path: Path) -> None:
    run = CliRunner().invoke
    good = write(tmp_path / "good")
    bad = write(tmp_path / "bad", **{"flows/test.yaml": MISTAKES["E103"]})
    (tmp_path / "empty").mkdir()

    assert run(command, ["check", str(good)]).exit_code == 0
    assert run(command, ["check", str(bad)]).exit_code == 1
    assert run(command, ["check", str(bad / "flows" / "hello.yaml")]).exit_code == 0
    assert run(command, ["check", str(tmp_path / "empty")]).exit_code == 2
    assert run(command, ["check", str(tmp_path / "nowhere")]).exit_code == 2


def test_check_speaks_json_and_annotations_too(tmp_path: Path) -> None:
    bad = str(write(tmp_path, **{"flows/test.yaml": MISTAKES["E103"]}))

    listed = json.loads(CliRunner().invoke(command, ["check", bad, "--format", "json"]).output)
    annotated = CliRunner().invoke(command, ["check", bad, "--format", "github"]).output

    assert listed["errors"] == 1
    assert listed["problems"][0]["code"] == "E103"
    assert annotated.startswith("::error file=flows/test.yaml,line=6,col=5,title=E103::goes to 'nowhere'")


def test_the_shipped_campaign_has_no_errors() -> None:
    assert [str(problem) for problem in load(Path()).problems if problem.severity == "error"] == []


def test_the_compiled_in_copy_is_up_to_date() -> None:
    campaign = load(Path()).campaign

    assert campaign is not None
    written = Path("bot/texts/last_resort.json").read_text(encoding="utf-8")
    assert written == render(campaign), "run: python -m bot.flowfile.last_resort ."


@pytest.mark.parametrize(
    ("language", "country"), [("", ""), ("sw-KE", ""), ("xx", "QQ"), ("en", "NP"), ("km", "unsaid")]
)
def test_the_last_resort_always_holds_a_way_to_somebody(language: str, country: str) -> None:
    words = last_resort(language, country)

    assert "•" in words
    assert "{" not in words
