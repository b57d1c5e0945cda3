"""The drill of keys notices when somebody reads who should not, or cannot who should."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from time import perf_counter

import pytest

from bot.store.open import open_keys, open_store
from bot.work.desk.key_drill import KeyDrill
from bot.work.desk.keys import DeskKeys
from tests.work.desk_room import HandClock


@pytest.fixture
async def drill(tmp_path: Path) -> AsyncIterator[KeyDrill]:
    url = f"sqlite:///{tmp_path / 'd.db'}"
    store, keys = await open_store(url), await open_keys(url)
    yield KeyDrill(store, keys, HandClock(), perf_counter)
    await store.close()
    await keys.close()


async def test_a_desk_that_lets_nobody_in_fails_the_drill(drill: KeyDrill, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nobody(*_: object) -> None:
        return None

    monkeypatch.setattr(DeskKeys, "_let_in", nobody)
    steps = await drill.run()

    assert len(steps) == 2 and "Second cannot read" in steps[-1].trouble


async def test_a_leaver_who_still_reads_fails_the_drill(drill: KeyDrill, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(*_: object) -> None:
        return None

    monkeypatch.setattr(DeskKeys, "left", nothing)
    steps = await drill.run()

    assert len(steps) == 4 and "who left reads" in steps[-1].trouble
