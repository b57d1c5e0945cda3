"""`safebot staff change`: what is named changes, the rest stays."""

from __future__ import annotations

import json
from collections.abc import Callable

from click.testing import Result

Run = Callable[..., Result]
WORDS = ("--passphrase", "seven quiet lamps under rain")


def test_what_a_person_is_trained_for_and_whether_she_is_on_call_can_change(safebot: Run) -> None:
    safebot(
        "staff", "add", "Max", "--role", "moderator", "--desk", "KE", "--language", "sw", "--skill", "bullying", *WORDS
    )
    changed = safebot("staff", "change", "max", "--skill", "sextortion", "--skill", "self_harm", "--on-call")
    assert changed.exit_code == 0, changed.output
    (max_,) = json.loads(safebot("staff", "list", "--format", "json").output)
    assert (max_["skills"], max_["on_call"], max_["languages"]) == (["sextortion", "self_harm"], True, ["sw"])

    safebot("staff", "change", "Max", "--no-skills", "--not-on-call", "--language", "en")
    (max_,) = json.loads(safebot("staff", "list", "--format", "json").output)
    assert (max_["skills"], max_["on_call"], max_["languages"]) == ([], False, ["en"])


def test_nobody_of_that_name_and_no_such_skill_are_said(safebot: Run) -> None:
    assert "nobody called 'Olga'" in safebot("staff", "change", "Olga", "--on-call").stderr
    assert safebot("staff", "change", "Olga", "--skill", "cooking").exit_code == 2
