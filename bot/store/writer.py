"""The one thread that writes to a SQLite file: requests that wait at the same moment share one durable commit."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from bot.store.connection import connect
from bot.store.errors import StoreError, is_fatal, told

Item = TypeVar("Item")
Answer = TypeVar("Answer")
Work = Callable[[sqlite3.Connection, Sequence[Item]], Sequence[Answer]]
AT_ONCE = 500


class Request:
    """One caller's item for a piece of work, and the future he waits for.

    Neighbours with the same work are done in one call. `bare` work runs outside any transaction.
    """

    __slots__ = ("answer", "bare", "error", "future", "item", "work")

    def __init__(self, work: Work[Any, Any], item: Any, future: asyncio.Future[Any], bare: bool) -> None:
        self.work = work
        self.item = item
        self.future = future
        self.bare = bare
        self.answer: Any = None
        self.error: BaseException | None = None


class Writer:
    """Runs work on its own connection. Answers come only after COMMIT; work that fails takes nobody else's along."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.name
        self._connection = connect(path)
        self._place = _place(path)
        self._loop = asyncio.get_running_loop()
        self._queue: SimpleQueue[Request | None] = SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name=f"writer of {path.name}", daemon=True)
        self._thread.start()

    def together(self, work: Work[Item, Answer], item: Item) -> asyncio.Future[Answer]:
        """Have `work` called with this item and those of callers who wait for the same; the future brings its answer.

        It is called inside a transaction, under a savepoint. The future may bring a StoreError.
        """
        return self._ask(work, item, bare=False)

    def write(self, work: Callable[[sqlite3.Connection], Answer]) -> asyncio.Future[Answer]:
        """Have `work` called by itself inside a transaction, under a savepoint."""
        return self._ask(lambda connection, _: [work(connection)], None, bare=False)

    def alone(self, work: Callable[[sqlite3.Connection], Answer]) -> asyncio.Future[Answer]:
        """Have `work` called outside any transaction (a checkpoint)."""
        return self._ask(lambda connection, _: [work(connection)], None, bare=True)

    async def close(self) -> None:
        """Finish what waits, close the connection, end the thread."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
            await asyncio.to_thread(self._thread.join)

    def _ask(self, work: Work[Item, Answer], item: Item, bare: bool) -> asyncio.Future[Answer]:
        if self._closed:
            raise StoreError(f"{self._file} is closed.")
        future: asyncio.Future[Answer] = self._loop.create_future()
        self._queue.put(Request(work, item, future, bare))
        return future

    def _run(self) -> None:
        going = True
        while going:
            group, going = self._waiting()
            for bare, part in groupby(group, key=lambda request: request.bare):
                for requests in [[one] for one in part] if bare else [list(part)]:
                    self._attempt(requests, bare)
            if group:
                self._tell(group)
        self._connection.close()

    def _waiting(self) -> tuple[list[Request], bool]:
        """Return all requests that wait now (at least one, unless closing), and whether to go on after them."""
        group: list[Request] = []
        request = self._queue.get()
        try:
            while request is not None:
                group.append(request)
                if len(group) >= AT_ONCE:
                    return group, True
                request = self._queue.get_nowait()
        except Empty:
            return group, True
        return group, False

    def _attempt(self, requests: Sequence[Request], bare: bool) -> None:
        """Do requests in one transaction; a disk that is full, or a file that is locked, fails all of them."""
        try:
            if bare:
                self._call(requests)
            else:
                self._transaction(requests)
        except Exception as error:
            if self._connection.in_transaction:
                self._connection.rollback()
            self._refuse(requests, error)

    def _transaction(self, requests: Sequence[Request]) -> None:
        self._still_there()
        self._connection.execute("begin immediate")
        for run in _same_work(requests):
            self._under_savepoint(run)
        self._connection.execute("commit")

    def _still_there(self) -> None:
        """SQLite goes on writing into a file that was deleted or replaced: all of it would be gone with the process."""
        if _place(self._path) != self._place:
            raise StoreError(f"{self._file}: the file was deleted or replaced. Put it back, then restart.")

    def _under_savepoint(self, run: Sequence[Request]) -> None:
        """Do neighbours at once; should that fail, each by itself, so that only the bad one fails."""
        connection = self._connection
        connection.execute("savepoint request")
        try:
            self._call(run)
        except Exception as error:
            if is_fatal(error):
                raise
            connection.execute("rollback to request")
            if len(run) > 1:
                for request in run:
                    self._under_savepoint([request])
            else:
                self._refuse(run, error)
        connection.execute("release request")

    def _call(self, run: Sequence[Request]) -> None:
        answers = run[0].work(self._connection, [request.item for request in run])
        for request, answer in zip(run, answers, strict=True):
            request.answer = answer

    def _refuse(self, requests: Sequence[Request], error: Exception) -> None:
        for request in requests:
            request.error = error
            if isinstance(error, sqlite3.Error):
                request.error = told(error, self._file)
                request.error.__cause__ = error

    def _tell(self, group: Sequence[Request]) -> None:
        try:
            self._loop.call_soon_threadsafe(_answer, group)
        except RuntimeError:
            return  # the loop is gone, and with it everybody who waited


def _place(path: Path) -> tuple[int, int] | None:
    """Return which file stands at a path now."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _same_work(requests: Sequence[Request]) -> Iterator[list[Request]]:
    for _, run in groupby(requests, key=lambda request: request.work):
        yield list(run)


def _answer(group: Sequence[Request]) -> None:
    for request in group:
        if request.future.done():
            continue  # the caller was cancelled; what he asked for is done all the same
        if request.error is not None:
            request.future.set_exception(request.error)
        else:
            request.future.set_result(request.answer)
