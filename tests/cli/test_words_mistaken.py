"""The review list of rules that moderators called mistaken: ids, counts and months."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli.words import command
from bot.model.case import CaseState
from bot.store.open import open_store
from tests.store.given import ANA, NOW, a_case, open_case


def listed(folder: Path, monkeypatch: pytest.MonkeyPatch, *options: str) -> str:
    monkeypatch.setenv("SAFEBOT_DATABASE_URL", f"sqlite:///{folder / 'safe.db'}")
    result = CliRunner().invoke(command, ["mistaken", *options])
    assert result.exit_code == 0, result.output
    return result.output


async def one_mistake(folder: Path) -> None:
    store = await open_store(f"sqlite:///{folder / 'safe.db'}")
    case = a_case(ANA, rules=("sw.sextortion.threat",), state=CaseState.RESOLVED, closed_at=NOW, outcome="mistaken")
    await open_case(store, case)
    await store.close()


def test_a_rule_called_mistaken_stands_in_the_list_with_its_count_and_month(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asyncio.run(one_mistake(tmp_path))

    told = json.loads(listed(tmp_path, monkeypatch, "--format", "json"))

    assert told == [{"month": f"{NOW:%Y-%m}", "rule": "sw.sextortion.threat", "count": 1}]
    assert "    1  sw.sextortion.threat" in listed(tmp_path, monkeypatch)


def test_an_empty_list_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Nobody has called a rule mistaken." in listed(tmp_path, monkeypatch)
