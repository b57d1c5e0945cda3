"""Moderators' replies in SQLite: on their way, held for a second pair of eyes, sent, opened or gone unopened."""

from __future__ import annotations

import sqlite3

from bot.model.ids import CaseId
from bot.store.moments import to_number
from bot.store.reply_records import Reply, ReplyState, Review
from bot.store.reply_rows import REPLY_COLUMNS, reply_of, reply_row
from bot.store.sqlite_file import SqlitePart

NO_WORDS = "body = case when ?1 in ('draft', 'removed') then x'' else body end"
"""What does not go out stands in its case, sealed for people: under her chat's key a whole disk could open it."""
TO_REVIEW = "held_for <> '' and reviewed_by is null"


class SqliteReplies(SqlitePart):
    """The verbs of DeskStore about replies."""

    async def replies(self, case: CaseId) -> list[Reply]:
        """Return the replies of a case in every state but removed."""
        query = f"select {REPLY_COLUMNS} from replies where case_id = ? and state <> 'removed' order by due_at, id"
        return [reply_of(row) for row in self._file.rows(query, (case,))]

    async def replies_to_review(self) -> list[Reply]:
        """Return replies that are held, and those that went out without a second look, oldest first."""
        query = (
            f"select {REPLY_COLUMNS} from replies where {TO_REVIEW} and state in ('held', 'pending', 'sent', 'opened')"
            " order by due_at, id"
        )
        return [reply_of(row) for row in self._file.rows(query)]


def put_reply(connection: sqlite3.Connection, reply: Reply) -> None:
    """Keep a new reply."""
    marks = ", ".join("?" * len(reply_row(reply)))
    connection.execute(
        f"insert into replies ({REPLY_COLUMNS}) values ({marks})"
        " on conflict (id) do update set body = excluded.body, due_at = excluded.due_at, state = excluded.state",
        reply_row(reply),
    )


def move_reply(connection: sqlite3.Connection, step: tuple[str, ReplyState, ReplyState]) -> bool:
    """Move a reply (id, from, to); False when it is no longer where it was."""
    number, was, becomes = step
    query = f"update replies set state = ?1, {NO_WORDS} where id = ?2 and state = ?3"
    return connection.execute(query, (becomes.value, number, was.value)).rowcount == 1


def review_reply(connection: sqlite3.Connection, review: Review) -> bool:
    """Write down what a second person decided; False when the reply is no longer where it was."""
    query = (
        f"update replies set state = ?1, due_at = ?2, reviewed_by = coalesce(?3, reviewed_by), {NO_WORDS}"
        " where id = ?4 and state = ?5"
    )
    values = (review.becomes.value, to_number(review.due_at), review.by, review.reply, review.was.value)
    return connection.execute(query, values).rowcount == 1
