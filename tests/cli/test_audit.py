"""The auditor's commands: read, check, carry away, and check what was carried away without the key ring."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
PASSPHRASE = "four kettles sing at dawn"


@pytest.fixture
def people(safebot: Run) -> None:
    """Two people of a desk, which leaves some lines."""
    for name in ("Max", "Lena"):
        done = safebot("staff", "add", name, "--role", "moderator", "--desk", "KE", "--passphrase", PASSPHRASE)
        assert done.exit_code == 0, done.output
    safebot("staff", "leave", "Lena")


def test_an_audit_of_nothing_is_not_called_whole(safebot: Run) -> None:
    assert "Nothing has been written yet" in safebot("audit", "verify").output


def test_a_whole_audit_is_said_to_be_whole_and_its_newest_line_can_be_noted(safebot: Run, people: None) -> None:
    done = safebot("audit", "verify")
    facts = json.loads(safebot("audit", "verify", "--format", "json").output)

    assert done.exit_code == 0 and "whole." in done.output and facts["newest"] in done.output
    assert facts["broken"] == [] and facts["signed_from"] == 1
    assert safebot("audit", "verify", "--noted", facts["newest"]).exit_code == 0


def test_a_change_by_hand_ends_with_1_and_names_the_line(safebot: Run, people: None, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "bot.db") as db:
        db.execute("drop trigger audit_is_not_changed")
        db.execute("update audit set staff = 1 where action = 'left'")
    db.close()
    done = safebot("audit", "verify", "--format", "json")

    assert done.exit_code == 1 and len(json.loads(done.output)["broken"]) == 1


def test_an_end_that_was_cut_before_any_note_in_keys_db_is_found_by_a_note_on_paper(
    safebot: Run, people: None, tmp_path: Path
) -> None:
    newest = json.loads(safebot("audit", "verify", "--format", "json").output)["newest"]
    with sqlite3.connect(tmp_path / "bot.db") as db:
        db.execute("drop trigger audit_is_not_cut")
        db.execute("delete from audit where id = (select max(id) from audit)")
    db.close()

    assert safebot("audit", "verify").exit_code == 0
    done = safebot("audit", "verify", "--noted", newest)
    assert done.exit_code == 1 and "cut off" in done.output


def test_an_export_is_checked_without_the_key_ring(safebot: Run, people: None, tmp_path: Path) -> None:
    key = safebot("audit", "key").output.strip()
    export = tmp_path / "audit.jsonl"
    export.write_text(safebot("audit", "export").output)
    nothing = {"SAFEBOT_KEY": "", "SAFEBOT_DATABASE_URL": ""}

    done = safebot("audit", "verify", "--file", str(export), "--key", key, **nothing)
    assert done.exit_code == 0, done.output
    assert "audit_exported" in export.read_text().splitlines()[-1]
    export.write_text(export.read_text().replace('"left"', '"look"'))
    assert safebot("audit", "verify", "--file", str(export), "--key", key, **nothing).exit_code == 1
    export.write_text("not an export\n")
    assert "line 1" in safebot("audit", "verify", "--file", str(export), "--key", key, **nothing).stderr


def test_after_an_older_backup_the_operator_goes_on_and_it_is_written_down(safebot: Run, people: None) -> None:
    assert "Written into the audit" in safebot("audit", "restored").output
    assert "audit_restored" in safebot("audit", "show").output
    assert safebot("audit", "verify").exit_code == 0


def test_lines_are_shown_by_case_and_person(safebot: Run, people: None) -> None:
    facts = json.loads(safebot("audit", "show", "--staff", "lena", "--format", "json").output)

    assert [fact["action"] for fact in facts] == ["key_pair_made", "left"]
    assert "2 of" in safebot("audit", "show", "--staff", "Lena").output


@pytest.mark.parametrize("wrong", [("--key", "k"), ("--noted", "n")])
def test_what_is_no_key_and_no_note_is_said_plainly(safebot: Run, wrong: tuple[str, str]) -> None:
    done = safebot("audit", "verify", *wrong)

    assert done.exit_code == 2 and "safebot audit" in done.stderr
