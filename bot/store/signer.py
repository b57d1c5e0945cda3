"""What signs the audit, as the store needs it; the vault makes one from the key ring."""

from __future__ import annotations

from typing import Protocol


class Signer(Protocol):
    """A signing key."""

    @property
    def public(self) -> bytes:
        """Return the half by which anybody can check."""

    def sign(self, line_hash: bytes) -> bytes:
        """Return the signature of a line's hash."""
