"""`safebot flows play` and `safebot flows graph`, as staff type them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.flows_graph import command as graph
from bot.cli.flows_play import command as play
from tests.flowfile.campaigns import write

KITE = """
flow: kite
title: The red kite
remembers:
  stars: {number: 0..5, keep: 1 day}
steps:
  wind:
    ask: There is no wind today. What could she do?
    buttons:
      wait: Wait for the wind -> waited
      paint: Paint the kite -> waited
  waited:
    say: {count: stars, one: "The kite flies with {n} star!", other: "The kite flies with {n} stars!"}
    end: done
"""

WORDS = """
lists:
  yes_words: [yes]
  help: [help]
frames:
  violence_home.beats:
    level: P2
    says: [he beats me]
    catches: [he beats me]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path, **{"flows/kite.yaml": KITE, "flows/words/en.yaml": WORDS})


@pytest.fixture
def played(folder: Path) -> Callable[..., Result]:
    def run(*lines: str, options: tuple[str, ...] = ()) -> Result:
        file = str(folder / "flows" / "kite.yaml")
        return CliRunner().invoke(play, [file, *options], input="".join(f"{line}\n" for line in lines))

    return run


def test_a_number_taps_and_the_bubbles_are_printed(played: Callable[..., Result]) -> None:
    result = played("2", "", options=("--remember", "stars=3"))

    assert result.exit_code == 0, result.output
    assert "  [2] Paint the kite" in result.output
    assert "  | The kite flies with 3 stars!" in result.output


def test_photo_time_and_commands_can_be_typed(played: Callable[..., Result]) -> None:
    result = played("photo", "+20h", "/help", "")

    assert "(the bot says nothing)" in result.output  # while time passes
    assert "Take your time." in result.output


def test_explain_shows_the_step_what_is_known_and_what_the_detector_thought(played: Callable[..., Result]) -> None:
    result = played("yes", "he beats me", "", options=("--explain", "--age", "under_13"))

    assert "step: kite/wind" in result.output
    assert "age_band=under_13" in result.output
    assert "heard: nothing worrying; word lists: yes_words" in result.output
    assert "heard: P2 violence_home (en.violence_home.beats)" in result.output
    assert "case: P2 violence_home" in result.output


def test_a_file_saved_meanwhile_plays_at_once_and_a_mistake_keeps_the_old_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / "flows" / "kite.yaml"
    saved = iter((KITE.replace("flies", "dances"), KITE.replace("-> waited", "-> wated"), ""))

    class Keyboard:
        def readline(self) -> str:
            words = next(saved)
            file.write_text(words or KITE, encoding="utf-8")
            return "1\n" if words else "\n"

    runner = CliRunner()
    with runner.isolation() as (out, *_):
        monkeypatch.setattr(sys, "stdin", Keyboard())
        play.main([str(file)], standalone_mode=False)
        shown = out.getvalue().decode()

    assert "(the newest version is playing now)" in shown
    assert "The kite dances" in shown
    assert "flows/kite.yaml" in shown
    assert "E103" in shown


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--lang", "xx"), "does not speak 'xx'. It speaks: en"),
        (("--start", "kit"), "did you mean 'kite'?"),
        (("--remember", "stars"), "Write NAME=VALUE"),
    ],
)
def test_what_cannot_be_played_is_said_in_one_line(
    played: Callable[..., Result], options: tuple[str, ...], sentence: str
) -> None:
    result = played("", options=options)

    assert result.exit_code == 2
    assert sentence in result.output


def test_a_flow_or_all_of_them_is_drawn_to_the_screen_or_into_a_file(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "kite.svg"
    one = CliRunner().invoke(graph, ["flows/kite.yaml", "--campaign", str(folder), "--out", str(out)])
    every = CliRunner().invoke(graph, ["--campaign", str(folder), "--format", "mermaid"])
    unknown = CliRunner().invoke(graph, ["kit", "--campaign", str(folder)])

    assert (one.exit_code, one.output) == (0, "")
    assert "Paint the kite" in out.read_text(encoding="utf-8")
    assert "flowchart TD" in every.output
    assert "did you mean 'kite'?" in unknown.output


def test_at_first_contact_nothing_is_known_of_her(played: Callable[..., Result]) -> None:
    result = played("", options=("--start", "first contact", "--explain"))
    assert "remembered: nothing" in result.output
    assert "opted_in=yes" in played("", options=("--explain",)).output
