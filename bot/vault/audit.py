"""The audit's chain: each line's hash covers the line before, so that nobody can change or take out one unnoticed.

Cutting lines off the end leaves a shorter, whole chain: keep the newest hash elsewhere now and then (a backup will do).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Protocol

HASH_BYTES = 32


class Line(Protocol):
    """A line of the audit, as the store has it."""

    @property
    def id(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def staff(self) -> int | None: ...
    @property
    def action(self) -> str: ...
    @property
    def case(self) -> str | None: ...
    @property
    def detail(self) -> str: ...
    @property
    def hash(self) -> bytes: ...


def chain(previous: bytes, line: Line) -> bytes:
    """Return the hash of a line behind the line whose hash is `previous` (b'' for the first)."""
    fields = (
        str(line.id),
        line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "" if line.staff is None else str(line.staff),
        line.action,
        line.case or "",
        line.detail,
    )
    digest = hashlib.blake2b(previous, digest_size=HASH_BYTES, person=b"audit")
    for field in fields:
        coded = field.encode()
        # With its length in front, no two lines of different fields are the same bytes.
        digest.update(len(coded).to_bytes(4, "big") + coded)
    return digest.digest()


def verify_chain(lines: Iterable[Line], previous: bytes = b"") -> int | None:
    """Return the id of the first line that does not fit, None when all do. `previous`: the hash before the first."""
    expected = None
    for line in lines:
        if (expected is not None and line.id != expected) or chain(previous, line) != line.hash:
            return line.id
        previous, expected = line.hash, line.id + 1
    return None
