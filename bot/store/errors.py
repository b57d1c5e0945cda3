"""What can go wrong with the store, said so that an operator knows what to do."""

from __future__ import annotations

import sqlite3


class StoreError(Exception):
    """Nothing could be written: do not acknowledge, try again."""


class Taken(StoreError):
    """A name or a Telegram chat belongs to another staff member already."""


CURES = {
    sqlite3.SQLITE_FULL: "the disk is full. Free some space; nothing that was acknowledged is lost.",
    sqlite3.SQLITE_BUSY: "another process holds the file. Is a backup or an open sqlite3 shell in a transaction?",
    sqlite3.SQLITE_LOCKED: "another process holds the file. Is a backup or an open sqlite3 shell in a transaction?",
    sqlite3.SQLITE_READONLY: "the file cannot be written. Check owner and rights of the file and of its folder.",
    sqlite3.SQLITE_PERM: "the file cannot be written. Check owner and rights of the file and of its folder.",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened. Does the folder exist, and may this user write in it?",
    sqlite3.SQLITE_IOERR: "the disk answers with an error. Check the disk and the system's log.",
    sqlite3.SQLITE_CORRUPT: "the file is damaged. Stop, and restore the last backup.",
    sqlite3.SQLITE_NOTADB: "this file is not a database. Is SAFEBOT_DATABASE_URL right?",
}
"""What an operator can do, by SQLite's primary result code. These end a whole transaction; other errors end one verb."""


def code_of(error: BaseException) -> int:
    """Return SQLite's primary result code, 0 when the error has none."""
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def is_fatal(error: BaseException) -> bool:
    """Return whether nothing at all can be written now (disk full, locked, read-only …)."""
    return code_of(error) in CURES


def told(error: sqlite3.Error, file: str) -> StoreError:
    """Return the StoreError for an error of SQLite: which file, what is wrong, what to do. Never a value of a row."""
    cure = CURES.get(code_of(error))
    name = getattr(error, "sqlite_errorname", "") or type(error).__name__
    return StoreError(f"{file}: {cure} ({name})" if cure else f"{file}: the database refused this ({name}).")
