"""The real word lists, compiled once; read here with the bare loader, the campaign's own reader is tested elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.detect import Hearing, compile_hearing
from bot.flowfile.ear.model_file import shipped_model
from bot.flowfile.words import WordProblem, read_words
from bot.model.campaign import WordFile

WORDS = Path(__file__).parents[2] / "flows" / "words"
LANGUAGES = sorted(path.stem for path in WORDS.glob("*.yaml"))


def read(language: str) -> tuple[WordFile, list[WordProblem]]:
    """Return one word file and its problems."""
    data = yaml.load((WORDS / f"{language}.yaml").read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506 — makes strings only
    return read_words(data, language)


@pytest.fixture(scope="session")
def word_files() -> list[WordFile]:
    return [read(language)[0] for language in LANGUAGES]


@pytest.fixture(scope="session")
def hearing(word_files: list[WordFile]) -> Hearing:
    return compile_hearing(word_files, shipped_model())
