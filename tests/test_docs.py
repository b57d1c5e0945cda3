"""Every setting and every command stands in the operator's guide or the README."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from bot.cli import COMMANDS, main
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


def parts_of(command: str) -> list[str]:
    """What can stand behind a command, such as `drill` behind `safebot desk`."""
    context = click.Context(main)
    group = main.get_command(context, command)
    return group.list_commands(context) if isinstance(group, click.Group) else []


@pytest.mark.parametrize(("command", "part"), [(command, part) for command in COMMANDS for part in parts_of(command)])
def test_every_part_of_a_command_is_explained(docs: str, command: str, part: str) -> None:
    beside_its_command = rf"safebot {command}[^`\n]*(?<![\w-]){part}(?![\w-])"
    by_itself_in_a_list = rf"`({command} )?{part}\b[^`\n]*`"
    assert re.search(f"{beside_its_command}|{by_itself_in_a_list}", docs)
