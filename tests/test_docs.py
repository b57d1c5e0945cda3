"""The documentation tells what the code does."""

from __future__ import annotations

from pathlib import Path

from bot.cases.picture import mermaid

ROOT = Path(__file__).resolve().parents[1]


def test_the_picture_of_a_case_in_the_map_is_drawn_from_the_table() -> None:
    assert mermaid() in (ROOT / "bot" / "README.md").read_text(encoding="utf-8")


def test_the_front_page_begins_with_the_two_commands() -> None:
    head = (ROOT / "README.md").read_text(encoding="utf-8")[:400]
    assert "make run" in head
    assert "make test" in head


def test_no_placeholder_is_left_in_the_documentation() -> None:
    for page in ROOT.glob("*/README.md"):
        assert "@@" not in page.read_text(encoding="utf-8"), page
