"""Key pairs (X25519): whoever has the public half can seal, only the private half opens. And a private half under a passphrase."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.pwhash import argon2id
from nacl.secret import SecretBox

from bot.vault.errors import CannotOpen
from bot.vault.passphrase import MEMORY, PASSES, same

KEY_BYTES = 32
ID_BYTES = 8
SEALED_KEY_BYTES = KEY_BYTES + 48
"""A private key sealed for a public one: PyNaCl's sealed box adds 48 bytes."""


@dataclass(frozen=True, slots=True, repr=False)
class Pair:
    """A public and a private key. Its repr shows neither."""

    public: bytes
    private: bytes

    def __repr__(self) -> str:
        return "Pair()"

    @classmethod
    def new(cls) -> Pair:
        """Return a fresh pair."""
        return cls.of(os.urandom(KEY_BYTES))

    @classmethod
    def of(cls, private: bytes) -> Pair:
        """Return the pair of a private key."""
        return cls(bytes(PrivateKey(private).public_key), private)


def key_id(public: bytes) -> bytes:
    """Return the eight bytes by which a public key is named."""
    return hashlib.blake2b(public, digest_size=ID_BYTES, person=b"key").digest()


def seal_for(public: bytes, data: bytes) -> bytes:
    """Return data that only the private half of `public` opens."""
    return bytes(SealedBox(PublicKey(public)).encrypt(data))


def open_with(private: bytes, sealed: bytes) -> bytes:
    """Return what was sealed for this private key. Raises CannotOpen."""
    try:
        return bytes(SealedBox(PrivateKey(private)).decrypt(sealed))
    except (CryptoError, ValueError, TypeError) as error:
        raise CannotOpen("sealed for another key, or changed since.") from error


def lock(private: bytes, passphrase: str) -> bytes:
    """Return a private key under a passphrase. Takes about 0.1 s and 64 MiB: call it in a thread."""
    salt = os.urandom(argon2id.SALTBYTES)
    return salt + bytes(SecretBox(_stretched(salt, passphrase)).encrypt(private))


def unlock(locked: bytes, passphrase: str) -> bytes:
    """Return the private key. Raises CannotOpen for another passphrase. As slow as `lock`."""
    salt, sealed = locked[: argon2id.SALTBYTES], locked[argon2id.SALTBYTES :]
    try:
        return bytes(SecretBox(_stretched(salt, passphrase)).decrypt(sealed))
    except (CryptoError, ValueError, TypeError) as error:
        raise CannotOpen("this passphrase does not open the key.") from error


def _stretched(salt: bytes, passphrase: str) -> bytes:
    return bytes(argon2id.kdf(KEY_BYTES, same(passphrase), salt, opslimit=PASSES, memlimit=MEMORY))
