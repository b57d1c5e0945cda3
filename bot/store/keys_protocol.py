"""The verbs of keys.db: wrapped keys, and where the audit's newest line is noted."""

from __future__ import annotations

from typing import Protocol

from bot.store.audit_records import Anchor
from bot.vault.keystore import KeyStore


class AnchorStore(Protocol):
    """Where the audit's newest line is noted, apart from the audit: beside the wrapped keys."""

    async def anchor(self) -> Anchor | None:
        """Return the line of the audit that was noted last."""

    async def set_anchor(self, anchor: Anchor) -> None:
        """Note a newer line of the audit."""


class KeyFile(KeyStore, AnchorStore, Protocol):
    """All that lies in keys.db."""
