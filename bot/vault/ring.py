"""The server's key ring: sealing keys with numbers (the newest seals, all open) and a token pepper that never rotates."""

from __future__ import annotations

import hashlib
import os
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass

from nacl import bindings
from nacl.exceptions import CryptoError

from bot.model.ids import ChatToken
from bot.vault import ring_text
from bot.vault.errors import CannotOpen

KEY_BYTES = 32
NONCE_BYTES = bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
TAG_BYTES = bindings.crypto_aead_xchacha20poly1305_ietf_ABYTES
ID_BYTES = 2
TOKEN_BYTES = 16  # 128 bits are 26 letters of base32, and far too many to meet twice


@dataclass(frozen=True, slots=True, repr=False)
class KeyRing:
    """What SAFEBOT_KEY names. `keys` by number; the highest number seals."""

    pepper: bytes
    keys: Mapping[int, bytes]

    def __repr__(self) -> str:
        return f"KeyRing({len(self.keys)} keys)"

    @classmethod
    def new(cls) -> KeyRing:
        """Return a ring with a fresh pepper and one fresh key."""
        return cls(os.urandom(KEY_BYTES), {1: os.urandom(KEY_BYTES)})

    @classmethod
    def parse(cls, text: str) -> KeyRing:
        """Return the ring that `dump` wrote. Raises KeyRingError, which never shows a part of a key."""
        pepper, keys = ring_text.parse(text)
        return cls(pepper, keys)

    def dump(self) -> str:
        """Return the ring as one line that fits an environment variable: this is the secret itself."""
        return ring_text.dump(self.pepper, self.keys)

    def rotated(self) -> KeyRing:
        """Return a ring with one more key, which seals from now on. The pepper stays: tokens must not change."""
        return KeyRing(self.pepper, {**self.keys, max(self.keys) + 1: os.urandom(KEY_BYTES)})

    def seal(self, data: bytes, about: str) -> bytes:
        """Return `data` sealed for the place `about`: key number, nonce, then XChaCha20-Poly1305."""
        number = max(self.keys)
        head = number.to_bytes(ID_BYTES, "big")
        nonce = os.urandom(NONCE_BYTES)
        place = head + about.encode()
        return head + nonce + bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(data, place, nonce, self.keys[number])

    def is_newest(self, sealed: bytes) -> bool:
        """Return whether this was sealed by the ring's newest key."""
        return int.from_bytes(sealed[:ID_BYTES], "big") == max(self.keys)

    def open(self, sealed: bytes, about: str) -> bytes:
        """Return what was sealed for the place `about`. Raises CannotOpen."""
        if len(sealed) < ID_BYTES + NONCE_BYTES + TAG_BYTES:
            raise CannotOpen("these bytes are too short to be sealed by a key ring.")
        head, nonce, body = (
            sealed[:ID_BYTES],
            sealed[ID_BYTES : ID_BYTES + NONCE_BYTES],
            sealed[ID_BYTES + NONCE_BYTES :],
        )
        key = self.keys.get(int.from_bytes(head, "big"))
        if key is None:
            raise CannotOpen("the key ring has no key of that number. Was an old key taken out of SAFEBOT_KEY?")
        try:
            return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(body, head + about.encode(), nonce, key)
        except CryptoError as error:
            raise CannotOpen("sealed by another key or for another place, or changed since.") from error

    def token(self, chat_id: int) -> ChatToken:
        """Return the token of a Telegram chat id: always the same under this pepper, reversible by nobody."""
        # hashlib's BLAKE2b is the same function as libsodium's, ten times faster to call.
        digest = hashlib.blake2b(b"%d" % chat_id, digest_size=TOKEN_BYTES, key=self.pepper, person=b"chat").digest()
        return ChatToken(b32encode(digest)[:26].decode().lower())
