"""Bytes from Telegram to JSON objects, and what can be saved of bytes that will not become one. No aiogram here.

An authentic update that we refuse blocks its chat for up to a day: so whatever holds an integer `update_id` is an update.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

import msgspec

Raw = dict[str, Any]

SALVAGED = "salvaged"
"""The one payload of an update that could only be read in part: `{"chat_id": …, "text": …}`."""

LARGEST = 2**63 - 1
MOST_DIGITS = 4000

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
    return _with_id(value, body) if isinstance(value, dict) else None


def _with_id(update: Raw, body: bytes) -> Raw | None:
    """Return the update with an id that a database can hold; None when it has no integer for one.

    Telegram's are small. One that is not still names the same update each time: a hash stands for it.
    """
    number = update.get("update_id")
    if type(number) is float and abs(number) >= LARGEST:  # what msgspec makes of an integer it cannot hold
        number = _read_leniently(body).get("update_id")
    if type(number) is not int:
        return None
    return update if is_id(number) else {**update, "update_id": _short(number)}


def _short(number: int) -> int:
    digest = hashlib.sha256(hex(number).encode()).digest()
    return int.from_bytes(digest[:7], "big") + 2**57


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
    value = json.loads(body.decode("utf-8-sig", "replace"), parse_int=_whole)
    # Half a surrogate pair cannot be sealed, stored or sent later: it becomes a question mark here, once.
    return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def _whole(digits: str) -> int:
    """Return the number; of one with thousands of digits, which Python refuses, its head."""
    return int(digits[:MOST_DIGITS])


def _unquote(quoted: bytes) -> str:
    try:
        return str(read_json(quoted))
    except ValueError:
        return ""
