"""One connection to a SQLite file, set up so that a commit survives a power cut and a deletion leaves nothing behind."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

from bot.store.errors import code_of, told

Row = tuple[Any, ...]
"""A row as SQLite gives it."""

BUSY_SECONDS = 5.0
PRAGMAS = (
    "pragma synchronous = full",  # what was acknowledged survives a power cut
    "pragma secure_delete = on",  # deleted words are overwritten; the log is truncated by retention
    "pragma temp_store = memory",  # no copy of a row in /tmp
    "pragma foreign_keys = on",
    "pragma cache_size = -16000",
    "pragma wal_autocheckpoint = 4000",  # a page changed often goes into the file once per 16 MB of log
)


def connect(path: Path, read_only: bool = False) -> sqlite3.Connection:
    """Return a connection without implicit transactions. Raises StoreError."""
    address = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    try:
        connection = sqlite3.connect(
            address,
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,  # each is used by one thread at a time: the writer's, the loop's, or at closing
            cached_statements=256,
        )
        _set_up(connection, read_only)
    except sqlite3.Error as error:
        raise told(error, path.name) from error
    return connection


def _set_up(connection: sqlite3.Connection, read_only: bool) -> None:
    if read_only:
        connection.execute("pragma query_only = on")
        connection.execute("select count(*) from sqlite_schema").fetchone()
        return
    _use_log(connection)
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _use_log(connection: sqlite3.Connection) -> None:
    """Switch to WAL. SQLite does not wait by itself here while another process opens or closes the same file."""
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("pragma journal_mode = wal")
            return
        except sqlite3.OperationalError as error:
            if code_of(error) != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(0.01)
