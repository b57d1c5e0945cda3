"""What can go wrong in the vault. No message holds key material or what was sealed."""

from __future__ import annotations


class VaultError(Exception):
    """Something about keys or sealing."""


class KeyRingError(VaultError):
    """The text of a key ring (SAFEBOT_KEY) cannot be used; the message says which thing is wrong and what to do."""


class CannotOpen(VaultError):
    """These bytes were not sealed by this key for this place, or were changed since."""
