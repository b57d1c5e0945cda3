"""A slot that no word file has is a numbered problem with its place, so that a word file never stops a start."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.detect import compile_hearing
from bot.flowfile import load_words

FRAME = """
language: {language}
reviewed: no
slots:
  who: {who}
frames:
  grooming.asks:
    level: P2
    says:
      - "{{who}} … {pattern}"
    catches:
      - he asks
"""


def words(folder: Path, pattern: str, who: str = "he, she") -> Path:
    place = folder / "flows" / "words"
    place.mkdir(parents=True)
    (place / "en.yaml").write_text(FRAME.format(language="en", who=who, pattern=pattern), "utf-8")
    return folder


def test_a_slot_of_a_language_that_is_not_there_is_told_with_its_line(tmp_path: Path) -> None:
    _, problems = load_words(words(tmp_path, "{sw.photo}"))

    assert [(p.code, p.file, p.line) for p in problems] == [("E612", "flows/words/en.yaml", 10)]
    assert "sw.photo" in problems[0].message


def test_a_slot_that_contains_itself_is_told(tmp_path: Path) -> None:
    _, problems = load_words(words(tmp_path, "asks", who="he, {who}"))

    assert "contains itself" in problems[0].message


@pytest.mark.parametrize("pattern", ["asks", "{who}", "{en.who}"])
def test_files_without_a_problem_can_always_be_compiled(tmp_path: Path, pattern: str) -> None:
    files, problems = load_words(words(tmp_path, pattern))

    assert problems == ()
    assert compile_hearing(files).frames == 1
