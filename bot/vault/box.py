"""A box: one random key that seals what belongs to one chat or one case. Runs several times a turn, so it is quick."""

from __future__ import annotations

import hashlib
import os

from nacl import bindings
from nacl.exceptions import CryptoError

from bot.vault.errors import CannotOpen

KEY_BYTES = 32
NONCE_BYTES = bindings.crypto_secretbox_NONCEBYTES
SMALLEST = NONCE_BYTES + bindings.crypto_secretbox_MACBYTES


class Box:
    """Seals and opens under one key. `about` names the place: what was sealed for one place opens at no other."""

    __slots__ = ("_key",)

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"a box needs a key of {KEY_BYTES} bytes, not {len(key)}")
        self._key = key

    def __repr__(self) -> str:
        return "Box()"

    @classmethod
    def new_key(cls) -> bytes:
        """Return a fresh key."""
        return os.urandom(KEY_BYTES)

    # A key per place (keyed BLAKE2b of its name), then XSalsa20-Poly1305: binds as associated data does, and costs 3 µs
    # where PyNaCl's AEAD call costs 6. A turn seals and opens about eight times.
    def _place(self, about: str) -> bytes:
        return hashlib.blake2b(about.encode(), digest_size=KEY_BYTES, key=self._key, person=b"place").digest()

    def seal(self, data: bytes, about: str) -> bytes:
        """Return `data` sealed for the place `about`."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + bindings.crypto_secretbox_easy(data, nonce, self._place(about))

    def open(self, sealed: bytes, about: str) -> bytes:
        """Return what was sealed for the place `about`. Raises CannotOpen."""
        if len(sealed) < SMALLEST:
            raise CannotOpen("these bytes are too short to be sealed.")
        try:
            return bindings.crypto_secretbox_open_easy(sealed[NONCE_BYTES:], sealed[:NONCE_BYTES], self._place(about))
        except CryptoError as error:
            raise CannotOpen("sealed by another key or for another place, or changed since.") from error
