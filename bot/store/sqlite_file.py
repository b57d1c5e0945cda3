"""A SQLite file as this process uses it: one writer thread, and one connection for reading on the event loop.

Reads are few indexed rows from memory (10 to 20 µs); handing them to a thread would cost three times as much, and in
WAL mode a reader never waits for a writer.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from bot.store.connection import Row, connect
from bot.store.errors import StoreError, told
from bot.store.writer import Work, Writer

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class SqliteFile:
    """The two connections of one file."""

    def __init__(self, path: Path, read_only: bool = False) -> None:
        self.path = path
        self._reader = connect(path, read_only)
        self._writer = None if read_only else Writer(path)

    def rows(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[Row]:
        """Return the rows of a query that finds few, at once. Raises StoreError."""
        try:
            return self._reader.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise told(error, self.path.name) from error

    def row(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> Row | None:
        """Return the first row, None when there is none."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def write(self, work: Callable[[sqlite3.Connection], Answer]) -> asyncio.Future[Answer]:
        """Have work done in the writer's next transaction; the future brings its answer once durable."""
        return self._writing.write(work)

    def together(self, work: Work[Item, Answer], item: Item) -> asyncio.Future[Answer]:
        """Like `write`, for work that takes the items of all who wait at once."""
        return self._writing.together(work, item)

    async def truncate_log(self) -> bool:
        """Empty the log, so that deleted rows are nowhere in the files; False when a reader prevented it."""
        for wait in (0.0, 0.05, 0.2, 0.5):
            await asyncio.sleep(wait)
            if await self._writing.alone(_checkpoint):
                return True
        return False

    async def close(self) -> None:
        """Finish what is written, and let go."""
        self._reader.close()
        if self._writer is not None:
            await self._writer.close()

    @property
    def _writing(self) -> Writer:
        if self._writer is None:
            raise StoreError(f"{self.path.name} was opened for reading only.")
        return self._writer


def _checkpoint(connection: sqlite3.Connection) -> bool:
    busy = connection.execute("pragma wal_checkpoint(truncate)").fetchone()
    return busy is not None and busy[0] == 0


class SqlitePart:
    """Some verbs of a store, on a file that they share with the other parts."""

    def __init__(self, file: SqliteFile) -> None:
        self._file = file

    async def close(self) -> None:
        """Finish what is written, and let go."""
        await self._file.close()
