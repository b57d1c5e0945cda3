"""Bytes from Telegram to JSON objects, and what can be saved of bytes that will not become one. No aiogram here.

An authentic update that we refuse blocks its chat for up to a day: so whatever holds an integer `update_id` is an update.
"""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

Raw = dict[str, Any]

SALVAGED = "salvaged"
"""The one payload of an update that could only be read in part: `{"chat_id": …, "text": …}`."""

LARGEST = 2**63 - 1

_ID = re.compile(rb'\{\s*"update_id"\s*:\s*(\d{1,18})\s*[,}]')
_CHAT = re.compile(rb'"chat"\s*:\s*\{\s*"id"\s*:\s*(-?\d{1,17})\s*[,}]')
_WORDS = re.compile(rb'"(?:text|caption)"\s*:\s*("(?:[^"\\]|\\.){0,65536}")', re.DOTALL)


def read_json(body: bytes) -> Any:
    """Return the JSON value in these bytes, without broken characters. Raises ValueError when there is none."""
    try:
        return msgspec.json.decode(body)
    except (ValueError, RecursionError):
        return _read_leniently(body)


def read_object(body: bytes) -> Raw | None:
    """Return the update in these bytes, whole or salvaged; None when they hold no object with an integer update_id."""
    try:
        value = read_json(body)
    except ValueError:
        return None
    except RecursionError:
        return salvage(body)
    return value if isinstance(value, dict) and is_id(value.get("update_id")) else None


def salvage(head: bytes) -> Raw | None:
    """Return a stub of an update that is too large or too deep to read: its id, chat and words, found by their looks.

    Telegram writes `update_id` first and the chat before the words, so a cut-off head is enough.
    """
    found = _ID.match(head.lstrip())
    if found is None:
        return None
    chat = _CHAT.search(head)
    words = [_unquote(quoted) for quoted in _WORDS.findall(head)[:20]]
    stub = {"chat_id": int(chat[1]) if chat else None, "text": "\n".join(filter(None, words))}
    return {"update_id": int(found[1]), SALVAGED: stub}


def is_id(value: object) -> bool:
    """Return whether this is an integer a database can hold; JSON's true is none."""
    return type(value) is int and -LARGEST <= value <= LARGEST


def _read_leniently(body: bytes) -> Any:
    """Python's own reader takes what msgspec does not: half a surrogate pair, bytes that are not UTF-8."""
    value = json.loads(body.decode("utf-8-sig", "replace"))
    # Half a surrogate pair cannot be sealed, stored or sent later: it becomes a question mark here, once.
    return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def _unquote(quoted: bytes) -> str:
    try:
        return str(read_json(quoted))
    except ValueError:
        return ""
