"""The Store on SQLite: the verbs of each part together. What a verb does stands in the part's own file."""

from __future__ import annotations

from bot.store.sqlite_closing import SqliteClosing
from bot.store.sqlite_desk import SqliteDesk
from bot.store.sqlite_identity import SqliteIdentity
from bot.store.sqlite_keyring import SqliteKeyring
from bot.store.sqlite_operator import SqliteOperator
from bot.store.sqlite_outbox import SqliteOutbox
from bot.store.sqlite_rota import SqliteRota
from bot.store.sqlite_staff import SqliteStaff
from bot.store.sqlite_turns import SqliteTurns


class SqliteStore(
    SqliteTurns,
    SqliteOutbox,
    SqliteDesk,
    SqliteClosing,
    SqliteKeyring,
    SqliteIdentity,
    SqliteRota,
    SqliteStaff,
    SqliteOperator,
):
    """Everything that is kept, in one file."""
