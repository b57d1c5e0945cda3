"""The store that the settings name, open for as long as a command needs it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.store.protocol import Store


@asynccontextmanager
async def store_of(settings: Settings, *, signed: bool = False, read_only: bool = False) -> AsyncIterator[Store]:
    """Yield the store of these settings. `signed`: the command writes into the audit, which needs SAFEBOT_KEY."""
    from bot.store.open import open_store
    from bot.vault.audit import signer_of

    signer = signer_of(settings.key) if signed else None
    store = await open_store(settings.database_url, read_only, signer)
    try:
        yield store
    finally:
        await store.close()
