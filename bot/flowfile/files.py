"""What files hold. A file that lies as it lay is not read again, so that a reload costs what has changed."""

from __future__ import annotations

import errno
import hashlib
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

SETTLED = 2_000_000_000
"""Nanoseconds. A file written so short before we read it may be written again within the same tick of its clock."""

MOST = 20_000
"""How many files are kept in mind; beyond that we begin anew."""

Mark = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Content:
    """What a file held: its first bytes up to the limit it was read with, and a digest of these."""

    raw: bytes
    digest: bytes


_known: dict[str, tuple[Mark, Content]] = {}
_made: dict[tuple[Callable[..., Any], str], tuple[bytes, Any]] = {}


def content(path: Path, limit: int) -> Content:
    """Return what a file holds, at most one byte more than the limit. Raises OSError."""
    found, name = path.stat(), str(path)
    if stat.S_ISFIFO(found.st_mode):  # opening it would wait for a writer, and the bot with it
        raise OSError(errno.EINVAL, "it is a pipe, not a file")
    mark = (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)
    known = _known.get(name)
    if known is not None and known[0] == mark:
        return known[1]
    with path.open("rb") as file:
        raw = file.read(limit + 1)
    fresh = Content(raw, hashlib.blake2s(raw, digest_size=16).digest())
    if known is not None and known[1].digest == fresh.digest:
        fresh = known[1]
    _keep(name, mark, fresh)
    return fresh


def _keep(name: str, mark: Mark, held: Content) -> None:
    if len(_known) > MOST:
        _known.clear()
    settled = time.time_ns() - max(mark[0], mark[1]) > SETTLED
    # An unsettled file is kept under a mark that no file has: its bytes may serve again, its date may not.
    _known[name] = (mark if settled else (0, 0, 0, 0), held)


def made(maker: Callable[[str, bytes], T], label: str, held: Content) -> T:
    """Return what a maker makes of a file; it is not asked again about the same content."""
    key = (maker, label)
    kept = _made.get(key)
    if kept is None or kept[0] != held.digest:
        if len(_made) > MOST:
            _made.clear()
        _made[key] = kept = (held.digest, maker(label, held.raw))
    value: T = kept[1]
    return value
