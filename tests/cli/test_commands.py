"""The commands: quick to help, one clear line when something is wrong, JSON where they report."""

from __future__ import annotations

import fcntl
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import Result

from bot.cli import COMMANDS, main
from bot.vault.ring import KeyRing

Run = Callable[..., Result]
GROUPED = [
    (name, sub)
    for name in COMMANDS
    if isinstance(group := main.get_command(click.Context(main), name), click.Group)
    for sub in group.list_commands(click.Context(group))
]


def one_line(result: Result) -> str:
    """Return the sentence a command ended with: one line on standard error, exit code 2, no traceback."""
    assert result.exit_code == 2, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    (line,) = result.stderr.strip().splitlines()
    return line


def test_help_comes_within_half_a_second_and_loads_no_heavy_library() -> None:
    code = (
        "import sys\nfrom bot.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print(*sorted({m.split('.')[0] for m in sys.modules} & {'aiogram','babel','nacl','aiohttp','yaml','jinja2'}))"
    )
    times = []
    for _ in range(3):
        start = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        times.append(time.perf_counter() - start)
    assert "safebot demo" in done.stdout and done.stdout.splitlines()[-1] == "", done.stdout[-200:]
    assert min(times) < 0.5, times


@pytest.mark.parametrize("path", [(name,) for name in COMMANDS] + GROUPED, ids=" ".join)
def test_every_help_has_a_sentence_and_an_example(safebot: Run, path: tuple[str, ...]) -> None:
    result = safebot(*path, "--help")
    assert result.exit_code == 0
    assert re.search(r"Example:\s.*safebot " + " ".join(path), result.output, re.DOTALL), result.output


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"SAFEBOT_TOKEN": ""}, "SAFEBOT_TOKEN"),
        ({"SAFEBOT_KEY": ""}, "SAFEBOT_KEY"),
        ({"SAFEBOT_KEY": "not a ring"}, "SAFEBOT_KEY"),
        ({"SAFEBOT_KEY_FILE": "no-such-file"}, "SAFEBOT_KEY_FILE"),
        ({"SAFEBOT_CONSOLE_PORT": "eighty"}, "SAFEBOT_CONSOLE_PORT"),
        ({"SAFEBOT_DATABASE_URL": "postgresql://db/bot"}, "SAFEBOT_DATABASE_URL"),
        ({"SAFEBOT_DATABASE_URL": "mysql://db"}, "SAFEBOT_DATABASE_URL"),
        ({"SAFEBOT_DATABASE_URL": "sqlite:////no/such/folder/bot.db"}, "folder"),
        ({"SAFEBOT_WEBHOOK_URL": "https://x.org"}, "SAFEBOT_WEBHOOK_SECRET"),
    ],
)
def test_run_says_in_one_line_what_is_wrong(safebot: Run, changes: dict[str, str], says: str) -> None:
    line = one_line(safebot("run", **changes))
    assert says in line and "not a ring" not in line


def test_run_without_a_campaign_says_which_file_is_missing(safebot: Run, tmp_path: Path) -> None:
    result = safebot("run", SAFEBOT_CAMPAIGN=str(tmp_path))
    assert result.exit_code == 2 and "flows/campaign.yaml" in result.stderr and "Traceback" not in result.stderr


def test_a_second_bot_on_the_same_file_is_told_so(safebot: Run, tmp_path: Path) -> None:
    with (tmp_path / "bot.db.bot.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "another bot" in one_line(safebot("run"))


@pytest.mark.parametrize("command", [("staff", "list"), ("quarantine", "list"), ("doctor",), ("keys", "rewrap")])
def test_other_commands_do_the_same(safebot: Run, command: tuple[str, ...]) -> None:
    assert "SAFEBOT_DATABASE_URL" in one_line(safebot(*command, SAFEBOT_DATABASE_URL="mysql://db"))


def test_a_key_ring_is_made_rotated_and_shown_without_its_keys(safebot: Run) -> None:
    made = safebot("keys", "new").output.strip()
    assert KeyRing.parse(made)
    rotated = safebot("keys", "rotate", SAFEBOT_KEY=made).output.strip()
    assert KeyRing.parse(rotated).token(5) == KeyRing.parse(made).token(5)
    shown = safebot("keys", "show", "--format", "json", SAFEBOT_KEY=rotated)
    assert json.loads(shown.output) == {"keys": [1, 2], "seals": 2}
    assert "SAFEBOT_KEY" in one_line(safebot("keys", "show", SAFEBOT_KEY=""))


def test_config_shows_every_setting_its_origin_and_no_secret(safebot: Run, settings: dict[str, str]) -> None:
    Path("port").write_text("8099")
    result = safebot("config", "--format", "json", SAFEBOT_WEBHOOK_PORT_FILE="port")
    rows = {row["setting"]: row for row in json.loads(result.output)}
    assert rows["SAFEBOT_TOKEN"]["value"] == "set" and rows["SAFEBOT_WEBHOOK_SECRET"]["value"] == "not set"
    assert (rows["SAFEBOT_WEBHOOK_PORT"]["value"], rows["SAFEBOT_WEBHOOK_PORT"]["from"]) == ("8099", "file")
    assert settings["SAFEBOT_KEY"] not in result.output and "123456:ABC" not in safebot("config").output
    assert safebot("config", SAFEBOT_CONSOLE_PORT="x").exit_code == 1


def test_staff_are_added_listed_linked_reset_and_let_go(safebot: Run) -> None:
    words = ("--passphrase", "seven quiet lamps under rain")
    added = safebot("staff", "add", "Max", "--role", "moderator", "--desk", "KE", "--language", "sw", *words)
    assert added.exit_code == 0, added.output
    (max_,) = json.loads(safebot("staff", "list", "--format", "json").output)
    assert (max_["name"], max_["roles"], max_["telegram"]) == ("Max", ["moderator"], False)
    assert "?start=staff-" in safebot("staff", "link", "Max").output
    assert safebot("staff", "reset", "Max", *words).exit_code == 0
    assert safebot("staff", "leave", "Max").exit_code == 0
    assert safebot("staff", "link", "Olga").exit_code == 1
    again = safebot("staff", "add", "Max", "--role", "moderator", *words)
    assert again.exit_code in (1, 2) and "Traceback" not in again.output and again.stderr.count("\n") == 1
    short = safebot("staff", "add", "Kim", "--role", "moderator", "--passphrase", "short")
    assert short.exit_code == 1 and short.stderr.count("\n") == 1


def test_quarantine_is_listed_and_dropped_unread(safebot: Run) -> None:
    assert json.loads(safebot("quarantine", "list", "--format", "json").output) == []
    assert safebot("quarantine", "drop", "7").exit_code == 1


def test_doctor_reports_findings_and_a_bad_key(safebot: Run) -> None:
    result = safebot("doctor", "--format", "json", SAFEBOT_KEY="nonsense")
    findings = json.loads(result.output)
    assert result.exit_code == 1 and {f["level"] for f in findings} >= {"stop", "warn"}
    assert any("not approved" in f["what"] for f in findings)
    assert "SAFEBOT_KEY" in findings[0]["what"]


def test_doctor_warns_when_words_leave_the_console_and_is_silent_when_they_do_not(safebot: Run) -> None:
    told = {value: safebot("doctor", SAFEBOT_DESK_CONTENT=value).output for value in ("never", "full")}

    assert "SAFEBOT_DESK_CONTENT=full" in told["full"] and "SAFEBOT_DESK_CONTENT" not in told["never"]


def test_init_writes_a_campaign_that_passes_and_never_overwrites(safebot: Run, tmp_path: Path) -> None:
    new = tmp_path / "mine"
    assert safebot("init", str(new)).exit_code == 0
    assert (new / "flows" / "campaign.yaml").exists() and (new / "locales").is_dir()
    assert "empty" in one_line(safebot("init", str(new)))
    (tmp_path / "file").write_text("")
    assert "file" in one_line(safebot("init", str(tmp_path / "file")))


@pytest.fixture
def words(tmp_path: Path) -> str:
    """A folder with one small word file, and nothing else."""
    (tmp_path / "flows" / "words").mkdir(parents=True)
    frame = "level: P2, says: [he wants money], catches: [he wants money]"
    (tmp_path / "flows" / "words" / "en.yaml").write_text(f"frames:\n  sextortion.money: {{{frame}}}\n")
    return str(tmp_path)


def test_detect_answers_each_line_before_the_next_comes(
    process: Callable[..., subprocess.Popen[str]], words: str
) -> None:
    with process("detect", "--campaign", words) as detect:
        assert detect.stdin and detect.stdout
        for line in ('{"text": "he wants money or he shows my video", "lang": "en"}', "broken {", '{"text": 7}', '"x"'):
            detect.stdin.write(line + "\n")
            detect.stdin.flush()
            answer = json.loads(detect.stdout.readline())
            assert ("error" in answer) is ("he wants" not in line)
            if "he wants" in line:
                assert answer["worrying"] and answer["level"] == answer["priority"] and answer["rules"]
        detect.stdin.close()
        assert detect.wait(5) == 0


def test_detect_survives_bytes_that_are_no_text(safebot: Run, words: str) -> None:
    given = b'\xff\xfe{"text"\n\n{"text": "hello", "lang": null}\n'
    answers = [json.loads(line) for line in safebot("detect", "--campaign", words, given=given).output.splitlines()]
    assert "error" in answers[0] and answers[1]["worrying"] is False


def test_detect_without_words_says_so(safebot: Run, tmp_path: Path) -> None:
    assert safebot("detect", "--campaign", str(tmp_path), given="").exit_code == 2
