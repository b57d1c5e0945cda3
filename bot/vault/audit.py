"""The audit's chain: each line's hash covers the line before, and a signature the hash, so that nobody can change or take out
a line unnoticed, or write one without the server's key ring.

Cutting lines off the end leaves a shorter, whole chain: the newest hash is noted elsewhere too (an anchor).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from bot.vault.ring import KeyRing

HASH_BYTES = 32
KEY_LINE = "audit_key"
"""The action of the line that begins what a key signs; its detail is the key's public half."""

_SAYS = b"safebot audit "


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
    @property
    def signature(self) -> bytes: ...


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


@dataclass(frozen=True, slots=True, repr=False)
class AuditKey:
    """The key that signs the audit. It comes from the ring's pepper, which never rotates: whoever has the ring can sign."""

    _key: SigningKey

    def __repr__(self) -> str:
        return "AuditKey()"

    @classmethod
    def of(cls, ring: KeyRing) -> AuditKey:
        """Return the signing key of a ring."""
        return cls(SigningKey(hashlib.blake2b(b"", digest_size=32, key=ring.pepper, person=b"audit-sign").digest()))

    @property
    def public(self) -> bytes:
        """Return the half by which anybody can check."""
        return bytes(self._key.verify_key)

    def sign(self, line_hash: bytes) -> bytes:
        """Return the signature of a line's hash."""
        return bytes(self._key.sign(_SAYS + line_hash).signature)


def signer_of(text: str) -> AuditKey:
    """Return the signing key of a ring's text (SAFEBOT_KEY). Raises KeyRingError."""
    return AuditKey.of(KeyRing.parse(text))


def signed_by(public: bytes, line_hash: bytes, signature: bytes) -> bool:
    """Return whether this key signed this hash."""
    try:
        VerifyKey(public).verify(_SAYS + line_hash, signature)
    except (BadSignatureError, ValueError, TypeError):
        return False
    return True
