"""Where wrapped keys are kept, as the vault sees it. The file itself belongs to the store, which lies above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol


class KeyStore(Protocol):
    """The wrapped keys, in a file of their own. Shredding is `drop`."""

    async def load(self, names: Sequence[str]) -> dict[str, bytes]:
        """Return the wrapped keys there are."""

    async def add(self, keys: Mapping[str, bytes]) -> dict[str, bytes]:
        """Add keys durably; where a name exists already the older one stays. Return what now stands for each name."""

    async def rewrap(self, keys: Mapping[str, tuple[bytes, bytes]]) -> int:
        """Put a newly wrapped key (second) in place where the old one (first) still stands. Return how many changed."""

    async def drop(self, names: Sequence[str]) -> None:
        """Remove keys and truncate the log: what they sealed cannot be read again."""

    async def names(self, made_before: datetime | None = None) -> list[str]:
        """Return all names, for the sweep of orphans; with `made_before` only those old enough to be one."""

    async def check(self) -> str:
        """Return '' when keys can be kept, else a short reason."""

    async def close(self) -> None:
        """Let go."""
