"""What the harness does to a victim from outside: it dies at an exact commit, or lacks what makes it safe (a control).

Nothing of this is in the bot. The writer's connection is wrapped, and the statements on it tell which commit this is.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

STATEMENTS = {
    "insert into seen": "turn",
    "delete from outbox where id = ?": "sent",
    "insert or ignore into keys": "keys",
}
"""What a statement that changes rows says of its transaction."""

BACKGROUND = 0.02
"""Seconds a control build takes to come to what it has acknowledged already."""


@dataclass(slots=True)
class Trap:
    """Kill this process with -9 when the `nth` commit of a kind is reached: before it, after it, or inside of it."""

    what: str
    when: str
    nth: int
    _met: int = 0

    def reached(self, when: str, kinds: set[str]) -> None:
        if when == self.when and self.what in kinds:
            self._met += 1
            if self._met == self.nth:
                os.kill(os.getpid(), signal.SIGKILL)


@dataclass(slots=True)
class Watched:
    """A connection that the trap looks at. Everything else is the connection's own."""

    connection: sqlite3.Connection
    trap: Trap
    kinds: set[str] = field(default_factory=set)

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        if sql == "begin immediate":
            self.kinds.clear()
        if sql != "commit":
            return self.connection.execute(sql, *values)
        self.trap.reached("before", self.kinds)
        done = self.connection.execute(sql)
        self.trap.reached("after", self.kinds)
        return done

    def executemany(self, sql: str, rows: Iterable[Any]) -> sqlite3.Cursor:
        given = list(rows)
        done = self.connection.executemany(sql, given)
        found = {kind for start, kind in STATEMENTS.items() if given and sql.startswith(start)}
        if found - self.kinds:
            self.kinds |= found
            self.trap.reached("inside", found)
        return done

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)


def set_trap(trap: Trap) -> None:
    """Let every writer of this process work on a watched connection."""
    from bot.store import writer

    plain = writer.connect
    writer.connect = lambda path: Watched(plain(path), trap)  # type: ignore[assignment, misc, return-value]  # put in the place of the real one


def weaken(lack: str) -> None:
    """Make this process a control build."""
    {"early": _acknowledge_early, "twice": _forget_what_acted}[lack]()


def _acknowledge_early() -> None:
    from bot.app.receive import Receiver

    honest, kept = Receiver.take, set()

    async def afterwards(self: Receiver, raw: dict[str, Any]) -> None:
        await asyncio.sleep(BACKGROUND)
        await honest(self, raw)

    async def early(self: Receiver, raw: dict[str, Any]) -> bool:
        task = asyncio.create_task(afterwards(self, raw))
        kept.add(task)
        task.add_done_callback(kept.discard)
        return True

    Receiver.take = early  # type: ignore[method-assign]  # put in the place of the real one


def _forget_what_acted() -> None:
    from bot.work.intake import Intake

    honest = Intake._job

    def without_key(self: Intake, *given: Any, **named: Any) -> Any:
        return replace(honest(self, *given, **named), key=None)

    Intake._job = without_key  # type: ignore[method-assign]  # put in the place of the real one
