"""The stores that every promise is tried on. A new backend is one more name in BACKENDS."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.store.open import open_keys, open_store
from bot.store.protocol import KeyStore, Store

BACKENDS = ["sqlite"]


@pytest.fixture(params=BACKENDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where this test's store lives."""
    return {"sqlite": f"sqlite:///{tmp_path}/bot.db"}[request.param]


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    opened = await open_store(url)
    yield opened
    await opened.close()


@pytest.fixture
async def another(url: str, store: Store) -> AsyncIterator[Callable[[], Awaitable[Store]]]:
    """Open the same store once more, as another process would."""
    opened: list[Store] = []

    async def open_again() -> Store:
        opened.append(await open_store(url))
        return opened[-1]

    yield open_again
    for one in opened:
        await one.close()


@pytest.fixture
async def keys(url: str) -> AsyncIterator[KeyStore]:
    opened = await open_keys(url)
    yield opened
    await opened.close()
