"""A conversation with a person, by day and by night, can be written as a test."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.work.rehearsal.run import run
from tests.work.test_rehearsal import KITE, campaign

PLEA = "type: he beats me"
TALK = KITE.replace("title:", "talk: yes\ntitle:")
FIRST = "{start: kite, age: 13_15, country: KE, opted_in: yes, language: en%s}"


def told(root: Path, *lines: str, given: str = "") -> list[str]:
    """Play one conversation; return what was not as expected."""
    test = "".join(f"    - {line}\n" for line in (FIRST % given, *lines))
    story = {"flows/kite.yaml": TALK}
    return [p.message for p in run(campaign(root, f"  one:\n{test}", **story)).problems if p.severity == "error"]


def test_a_moderator_claims_answers_and_closes(tmp_path: Path) -> None:
    assert (
        told(
            tmp_path,
            f"{{{PLEA}, expect: {{case: {{level: P2}}}}}}",
            "{moderator: claims, expect: {quiet: true}}",
            "{type: are you there, expect: {quiet: false}}",
            "{type: hello, expect: {quiet: true}}",
            "{reply: I am here. You are not alone., expect: {buttons: [open]}}",
            "{tap: open, expect: {buttons: [safe, not_safe]}}",
            "{tap: safe, expect: {says: I am here. You are not alone.}}",
            "{moderator: closes, expect: {case: none, quiet: false}}",
        )
        == []
    )


def test_what_a_moderator_says_is_not_shown_before_she_opens_it(tmp_path: Path) -> None:
    (wrong,) = told(
        tmp_path,
        f"{{{PLEA}}}",
        "{moderator: claims}",
        "{reply: I am here., expect: {says: I am here.}}",
    )

    assert "expected the words" in wrong


def test_after_ten_minutes_without_an_answer_she_is_told_so(tmp_path: Path) -> None:
    lines = (f"{{{PLEA}}}", "{moderator: claims}", "{type: hello}", "{after: 11 minutes, expect: {quiet: false}}")

    assert told(tmp_path, *lines) == []


def test_a_case_given_back_is_heard_by_the_flows_again(tmp_path: Path) -> None:
    lines = (f"{{{PLEA}}}", "{moderator: claims}", "{moderator: releases}", "{type: /menu, expect: {quiet: false}}")

    assert told(tmp_path, *lines) == []


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (("{moderator: claims}",), "there is no case that a moderator could see"),
        ((f"{{{PLEA}}}", "{reply: hello}"), "her case is new, so no moderator answers it"),
        (
            (f"{{{PLEA}}}", "{moderator: claims}", "{moderator: claims}"),
            "her case is claimed, so no moderator claims it",
        ),
    ],
)
def test_what_no_moderator_can_do_is_told(tmp_path: Path, lines: tuple[str, ...], sentence: str) -> None:
    (found,) = told(tmp_path, *lines)

    assert sentence in found


def test_an_edit_is_heard_again(tmp_path: Path) -> None:
    lines = ("{type: hello, expect: {case: none}}", "{edit: he beats me, expect: {case: {level: P2}}}")

    assert told(tmp_path, *lines) == []


def test_the_desk_is_open_as_its_rota_says(tmp_path: Path) -> None:
    for number, (at, words) in enumerate((("10:00", "You are in line."), ("23:30", "Nobody is here now."))):
        lines = ("{type: /help}", f"{{tap: yes, expect: {{says: {words}}}}}")
        assert told(tmp_path / str(number), *lines, given=f", at: '{at}', desk: rota") == []


def test_it_becomes_night_while_she_reads(tmp_path: Path) -> None:
    lines = ("{at: 23:30}", "{type: /help}", "{tap: yes, expect: {says: Nobody is here now.}}")

    assert told(tmp_path, *lines, given=", desk: rota") == []


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker"])
def test_what_is_not_text_is_answered_in_words(tmp_path: Path, kind: str) -> None:
    assert told(tmp_path, f"{{send: {kind}, expect: {{quiet: false, step: wind}}}}") == []
