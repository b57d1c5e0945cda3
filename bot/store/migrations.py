"""Numbered changes of the tables, applied when a file is opened. A released one is never edited: write the next."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from bot.store import (
    closing_schema,
    counts_schema,
    desk_schema,
    first_schema,
    identity_schema,
    keys_schema,
    rota_schema,
)
from bot.store.connection import connect
from bot.store.errors import StoreError, told

if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

MAIN = (
    ("001_first", first_schema.FIRST),
    ("002_answer_counts", counts_schema.ANSWER_COUNTS),
    ("003_desk_keys", desk_schema.DESK_KEYS),
    ("004_desk", desk_schema.DESK),
    ("005_second_factors", identity_schema.SECOND_FACTORS),
    ("006_identity_and_audit", identity_schema.IDENTITY_AND_AUDIT),
    ("007_pages", rota_schema.PAGES),
    ("008_replies", desk_schema.REPLIES),
    ("009_closing", closing_schema.CLOSING),
)
KEYS = (("001_first", keys_schema.KEYS_FIRST), ("002_anchor", keys_schema.ANCHOR))

Steps = tuple[tuple[str, str], ...]


def migrate(path: Path, name: str, steps: Steps) -> None:
    """Bring a file up to date. Raises StoreError when it was written by a newer version, or cannot be written."""
    connection = connect(path)
    try:
        # Two processes may open a new file at once: the second waits here, and then finds nothing left to do.
        connection.execute("begin immediate")
        _apply(connection, path, name, steps)
        connection.execute("commit")
    except sqlite3.Error as error:
        raise told(error, path.name) from error
    finally:
        connection.close()


def _apply(connection: sqlite3.Connection, path: Path, name: str, steps: Steps) -> None:
    from sqlite_utils import Database  # imported late: a tenth of a second that no other command should pay

    database = Database(connection, execute_plugins=False)
    migrations = _numbered(name, steps)
    _refuse_newer(database, migrations, path, steps)
    if migrations.pending(database):
        migrations.apply(database)


def _numbered(name: str, steps: Steps) -> Migrations:
    from sqlite_utils.migrations import Migrations

    migrations = Migrations(name)
    for number, script in steps:
        migrations(name=number)(Step(script))
    return migrations


class Step:
    """One migration: a script of statements."""

    def __init__(self, script: str) -> None:
        self.__name__ = "step"
        self._script = script

    def __call__(self, database: Database, /) -> None:
        for statement in self._script.split(";\n"):
            if statement.strip():
                database.execute(statement)


def _refuse_newer(database: Database, migrations: Migrations, path: Path, steps: Steps) -> None:
    known = {number for number, _ in steps}
    newer = sorted(one.name for one in migrations.applied(database) if one.name not in known)
    if newer:
        raise StoreError(
            f"{path.name} was written by a newer version (it has {newer[-1]}). Install that version again."
        )
