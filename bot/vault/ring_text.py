"""A key ring as one line of text: `pepper=<base64url>;k1=<base64url>;k2=…`. Errors name the part, never its content."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Mapping

from bot.vault.errors import KeyRingError

KEY_BYTES = 32
NAME = re.compile(r"pepper|k[1-9][0-9]{0,3}", re.ASCII)
CURE = (
    "Copy the whole line again from where you keep it; `safebot keys new` makes a new one (old chats then start over)."
)


def parse(text: str) -> tuple[bytes, dict[int, bytes]]:
    """Return pepper and keys of a ring's text. Raises KeyRingError."""
    parts = _parts(text)
    if "pepper" not in parts:
        raise KeyRingError(f"SAFEBOT_KEY has no part 'pepper='. {CURE}")
    pepper = parts.pop("pepper")
    if not parts:
        raise KeyRingError(f"SAFEBOT_KEY has no sealing key ('k1='). {CURE}")
    keys = {int(name[1:]): key for name, key in parts.items()}
    if len({pepper, *keys.values()}) <= len(keys):
        raise KeyRingError("SAFEBOT_KEY has the same key twice under two names. Take the newer one out.")
    return pepper, keys


def dump(pepper: bytes, keys: Mapping[int, bytes]) -> str:
    """Return the text of a ring."""
    named = [("pepper", pepper), *((f"k{number}", keys[number]) for number in sorted(keys))]
    return ";".join(f"{name}={_encode(key)}" for name, key in named)


def _parts(text: str) -> dict[str, bytes]:
    if not text.strip():
        raise KeyRingError("SAFEBOT_KEY is empty. `safebot keys new` makes one.")
    parts: dict[str, bytes] = {}
    for place, part in enumerate(text.strip().rstrip(";").split(";"), start=1):
        name, _, value = part.strip().partition("=")
        # A part without a proper name may be a bare key: it is known by its place only.
        if not NAME.fullmatch(name):
            raise KeyRingError(f"SAFEBOT_KEY, part {place}: starts with neither 'pepper=' nor 'k1=', 'k2=' …. {CURE}")
        if name in parts:
            raise KeyRingError(f"SAFEBOT_KEY has two parts named {name!r}. Give the newer key the next number.")
        parts[name] = _decode(name, value)
    return parts


def _decode(name: str, value: str) -> bytes:
    bare = value.strip().rstrip("=")
    try:
        key = b64decode(bare.encode("ascii") + b"=" * (-len(bare) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise KeyRingError(f"SAFEBOT_KEY, part {name!r}: is not base64url. {CURE}") from None
    if len(key) != KEY_BYTES:
        raise KeyRingError(f"SAFEBOT_KEY, part {name!r}: has {len(key)} bytes, not {KEY_BYTES}. {CURE}")
    return key


def _encode(key: bytes) -> str:
    return urlsafe_b64encode(key).rstrip(b"=").decode()
