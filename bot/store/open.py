"""Opening the store and the keys from SAFEBOT_DATABASE_URL. `X.db` has its keys beside it in `X.keys.db`."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.store import migrations
from bot.store.errors import StoreError
from bot.store.keys_sqlite import SqliteKeys
from bot.store.protocol import KeyFile, Store
from bot.store.signer import Signer
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_file import SqliteFile

SQLITE = "sqlite:///"


async def open_store(url: str, read_only: bool = False, signer: Signer | None = None) -> Store:
    """Return the store a URL names, brought up to date; its audit is signed by `signer`. Raises StoreError, which says what to do."""
    path = database_path(url)
    if not read_only:
        await asyncio.to_thread(migrations.migrate, path, "safebot", migrations.MAIN)
    store = SqliteStore(SqliteFile(path, read_only))
    store.signer = signer
    return store


async def open_keys(url: str, read_only: bool = False) -> KeyFile:
    """Return the wrapped keys that belong to the store of this URL. Raises StoreError."""
    path = keys_path(database_path(url))
    if not read_only:
        await asyncio.to_thread(migrations.migrate, path, "keys", migrations.KEYS)
    return SqliteKeys(SqliteFile(path, read_only))


def database_path(url: str) -> Path:
    """Return the file a URL names: `sqlite:///relative.db`, `sqlite:////abs.db`, or a plain path."""
    scheme, colon, _ = url.partition("://")
    if scheme in ("postgres", "postgresql"):
        raise StoreError(
            "SAFEBOT_DATABASE_URL: PostgreSQL needs the postgres extra, which is not part of this version."
        )
    if colon and not url.startswith(SQLITE):
        raise StoreError(f"SAFEBOT_DATABASE_URL: {scheme!r} is not known. Use sqlite:///data.db or a path.")
    path = url.removeprefix(SQLITE)
    if not path.strip() or path == ":memory:":
        raise StoreError("SAFEBOT_DATABASE_URL names no file. Use sqlite:///data.db or a path.")
    return Path(path)


def keys_path(path: Path) -> Path:
    """Return where the keys of a database lie."""
    return path.with_suffix(f".keys{path.suffix or '.db'}")
