"""One-time codes of an authenticator app: RFC 6238 with SHA-1, six digits and thirty seconds, which every app knows.

Our own twenty lines: the standard library has all of it, and the RFC's vectors are in the tests. Whether a code was used before is
the caller's to remember: `step_of` answers its number, and a number counts once.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from base64 import b32encode
from datetime import datetime
from urllib.parse import quote, urlencode

SECRET_BYTES = 20
DIGITS = 6
PERIOD = 30
SKEW = 1
"""Phones' clocks are off by some seconds: the code before and the one after count too."""


def new_secret() -> bytes:
    """Return a fresh secret."""
    return os.urandom(SECRET_BYTES)


def code(secret: bytes, step: int, digits: int = DIGITS) -> str:
    """Return the code of a step (a period of thirty seconds since 1970)."""
    digest = hmac.digest(secret, step.to_bytes(8, "big"), hashlib.sha1)
    place = digest[-1] & 0xF
    number = int.from_bytes(digest[place : place + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**digits:0{digits}d}"


def step_at(now: datetime) -> int:
    """Return the step that a moment lies in."""
    return int(now.timestamp()) // PERIOD


def step_of(secret: bytes, typed: str, now: datetime) -> int | None:
    """Return the step whose code was typed (blanks do not count), None when it is no code of now."""
    bare = "".join(typed.split()).encode()
    steps = range(step_at(now) - SKEW, step_at(now) + SKEW + 1)
    return next((step for step in steps if hmac.compare_digest(code(secret, step).encode(), bare)), None)


def typed_key(secret: bytes) -> str:
    """Return the secret as it is typed into an app, in groups of four."""
    text = b32encode(secret).decode().rstrip("=")
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


def address(secret: bytes, name: str, issuer: str) -> str:
    """Return the address that an app reads from a QR code."""
    facts = {"secret": b32encode(secret).decode().rstrip("="), "issuer": issuer, "digits": DIGITS, "period": PERIOD}
    return f"otpauth://totp/{quote(f'{issuer}:{name}')}?{urlencode(facts, quote_via=quote)}"
