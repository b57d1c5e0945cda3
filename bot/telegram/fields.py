"""Careful hands for JSON that strangers send: each returns the thing asked for, or an empty one, and never raises."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from bot.telegram.body import is_id

WORDS = frozenset({"text", "caption", "question", "title", "description"})
"""Fields in which Telegram keeps what people write."""

DEEPEST = 8
MOST_WORDS = 20_000


def obj(value: object) -> dict[str, Any]:
    """Return the value if it is a JSON object, else an empty one."""
    return value if type(value) is dict else {}


def number(value: object) -> int | None:
    """Return the value if it is an integer a database can hold."""
    return value if type(value) is int and is_id(value) else None


def words(value: object) -> str:
    """Return the value if it is a text, else ''."""
    return value if type(value) is str else ""


def moment(value: object, now: datetime) -> datetime:
    """Return a date of Telegram's, never later than now; now where there is none."""
    if type(value) is not int or not 0 < value < 2**40:
        return now
    try:
        return min(datetime.fromtimestamp(value, UTC), now)
    except (OverflowError, OSError, ValueError):
        return now


def all_words(value: object) -> str:
    """Return everything in a value that looks written by a person, for messages of a shape we do not know."""
    return "\n".join(_found(value, DEEPEST))[:MOST_WORDS]


def _found(value: object, depth: int) -> Iterator[str]:
    if depth == 0:
        return
    if type(value) is list:
        for item in value:
            yield from _found(item, depth - 1)
    for name, item in obj(value).items():
        if type(item) is str and item and name in WORDS:
            yield item
        elif name not in NOT_HERS:
            yield from _found(item, depth - 1)


NOT_HERS = frozenset({"reply_to_message", "from", "chat", "sender_chat", "entities", "reply_markup", "via_bot"})
"""Parts of a message that are not its words: our own earlier message, names of people and chats, our buttons."""
