"""`safebot` as an operator runs it: a clean environment in an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.vault.ring import KeyRing

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Settings with which everything works; a test changes what it wants to be wrong."""
    for name in [name for name in os.environ if name.startswith("SAFEBOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return {
        "SAFEBOT_TOKEN": "123456:ABC",
        "SAFEBOT_KEY": KeyRing.new().dump(),
        "SAFEBOT_DATABASE_URL": f"sqlite:///{tmp_path / 'bot.db'}",
        "SAFEBOT_CAMPAIGN": str(ROOT),
        "SAFEBOT_API_URL": "http://127.0.0.1:9",
        "SAFEBOT_WEBHOOK_PORT": "0",
        "SAFEBOT_CONSOLE_PORT": "0",
    }


@pytest.fixture
def safebot(settings: dict[str, str]) -> Callable[..., Result]:
    """Run a command in this process."""

    def run(*args: str, given: str | None = None, **changes: str) -> Result:
        return CliRunner().invoke(main, args, input=given, env={**settings, **changes})

    return run


@pytest.fixture
def process(settings: dict[str, str]) -> Callable[..., subprocess.Popen[str]]:
    """Run a command as a process of its own."""
    started: list[subprocess.Popen[str]] = []

    def run(*args: str, **changes: str) -> subprocess.Popen[str]:
        env = {**os.environ, **settings, **changes}
        pipe = subprocess.PIPE
        command = [sys.executable, "-c", "from bot.cli import main; main()", *args]
        started.append(subprocess.Popen(command, env=env, stdin=pipe, stdout=pipe, stderr=pipe, text=True))
        return started[-1]

    return run
