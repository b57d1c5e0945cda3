"""Who can open a desk's cases is shown, renewed and recovered by commands; the drill of a lost desk is one of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]
PASSPHRASE = "four kettles sing at dawn"


def add(safebot: Run, name: str, **settings: str) -> None:
    done = safebot(
        "staff",
        "add",
        name,
        "--role",
        "moderator",
        "--desk",
        "KE",
        "--language",
        "sw",
        "--passphrase",
        PASSPHRASE,
        **settings,
    )
    assert done.exit_code == 0, done.output


def kenya(safebot: Run, **settings: str) -> dict[str, str]:
    facts = json.loads(safebot("keys", "desks", "--format", "json", **settings).output)
    found: dict[str, str] = next(fact for fact in facts if fact["desk"] == "KE")
    return found


def test_the_first_person_of_a_desk_opens_it_and_the_next_waits_to_be_let_in(safebot: Run) -> None:
    add(safebot, "Max")
    add(safebot, "Lena")

    assert kenya(safebot) == {"desk": "KE", "opened_by": "Max", "waiting": "Lena", "escrow": "no"}
    assert "waits for a colleague's sign-in: Lena" in safebot("keys", "desks").output


def test_a_renewed_key_is_everybodys_at_once(safebot: Run) -> None:
    add(safebot, "Max")
    add(safebot, "Lena")
    assert safebot("keys", "renew", "KE").exit_code == 0

    assert kenya(safebot)["opened_by"] == "Max, Lena"
    assert "no key yet" in safebot("keys", "renew", "NL").stderr


def test_the_drill_of_a_desk_that_nobody_can_open(safebot: Run, tmp_path: Path) -> None:
    lines = safebot("keys", "escrow").stdout.splitlines()
    public = {"SAFEBOT_ESCROW": lines[0]}
    paper = tmp_path / "paper.txt"
    paper.write_text(lines[1])
    add(safebot, "Max", **public)
    assert kenya(safebot, **public)["escrow"] == "yes"

    safebot("staff", "reset", "Max", "--passphrase", "another four kettles sing", **public)
    done = safebot("keys", "recover", "Max", "--escrow-file", str(paper), **public)
    assert done.exit_code == 0 and re.search(r"can open \d+ desk keys", done.output)


def test_the_wrong_paper_and_an_unknown_name_are_said_plainly(safebot: Run, tmp_path: Path) -> None:
    public = {"SAFEBOT_ESCROW": safebot("keys", "escrow").stdout.splitlines()[0]}
    add(safebot, "Max", **public)
    other, empty = tmp_path / "other.txt", tmp_path / "empty.txt"
    other.write_text(safebot("keys", "escrow").stdout)
    empty.write_text("nothing here")

    assert "another escrow" in safebot("keys", "recover", "Max", "--escrow-file", str(other), **public).stderr
    assert "no line escrow-private" in safebot("keys", "recover", "Max", "--escrow-file", str(empty), **public).stderr
    assert "nobody called" in safebot("keys", "recover", "Nobody", "--escrow-file", str(other), **public).stderr
    assert "SAFEBOT_ESCROW" in safebot("keys", "desks", SAFEBOT_ESCROW="something").stderr


def test_the_drill_of_keys_prints_how_long_each_step_took(safebot: Run) -> None:
    done = safebot("keys", "drill")

    assert done.exit_code == 0 and re.search(r"\d\.\d\d s  in all\. Everybody read what was hers", done.output)
    assert len(re.findall(r"(?m)^ *\d+\.\d\d s  ", done.output)) == 8
