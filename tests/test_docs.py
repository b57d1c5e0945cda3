"""Every setting and every command stands in the operator's guide or the README."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import COMMANDS
from bot.settings import SETTINGS

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def docs() -> str:
    return "\n".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "deploy/README.md"))


@pytest.mark.parametrize("variable", [setting.variable for setting in SETTINGS])
def test_every_setting_is_explained(docs: str, variable: str) -> None:
    assert variable in docs


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_explained(docs: str, command: str) -> None:
    assert f"safebot {command}" in docs
