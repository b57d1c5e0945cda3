"""Passphrases of staff: argon2id with 64 MiB and three passes (about 0.1 s), and the one rule for choosing one."""

from __future__ import annotations

import unicodedata

from nacl.exceptions import CryptoError
from nacl.pwhash import argon2id

from bot.vault.common import pieces

MEMORY = 64 * 1024 * 1024
PASSES = 3
SHORTEST = 15
LONGEST = 1000
SHORTEST_NAME = 4
FEWEST_PIECES = 4
"""Two or three common passwords behind each other are tried soon; four words are far more than anybody can try."""

COMMON = (
    "correcthorsebatterystaple",
    "passwordpassword",
    "passphrasepassphrase",
    "thisismypassword",
    "iloveyouiloveyou",
    "iloveyouforever",
    "letmeinletmein",
    "qwertyuiopasdfghjkl",
    "asdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb",
    "1234567890qwertyuiop",
    "administrator",
    "changemechangeme",
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "98765432109876543210",
    "safebotsafebot",
    "maytheforcebewithyou",
    "thequickbrownfox",
    "thequickbrownfoxjumpsoverthelazydog",
    "onetwothreefourfive",
    "tobeornottobe",
)


def hash_passphrase(text: str) -> bytes:
    """Return the hash to keep. Takes about 0.1 s and 64 MiB: call it in a thread, at most two at once."""
    return argon2id.str(same(text), opslimit=PASSES, memlimit=MEMORY)


def verify(hashed: bytes, text: str) -> bool:
    """Return whether the passphrase is right; False for an empty or broken hash too."""
    try:
        return bool(argon2id.verify(hashed, same(text)))
    except (CryptoError, ValueError, TypeError):
        return False


def passphrase_problem(text: str, name: str) -> str | None:
    """Return what is wrong with a new passphrase in words for the person choosing it, None when it is good."""
    if len(text) < SHORTEST:
        return f"Use at least {SHORTEST} characters. Four or five unrelated words are easy to remember."
    if len(text) > LONGEST:
        return f"Use at most {LONGEST} characters."
    plain = _letters(text)
    if _is_common(plain) or len(set(plain)) < 6 or _repeats(plain) or pieces(plain) < FEWEST_PIECES:
        return "This one is easy to guess. Use four or five words that have nothing to do with each other."
    if _names(text, name):
        return "Your name is in it. Use four or five words that have nothing to do with you."
    return None


def same(text: str) -> bytes:
    """Return one spelling of the same letters: keyboards differ in how they write é."""
    return unicodedata.normalize("NFKC", text).encode()


def _letters(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if not letter.isspace() and letter not in "-_.,;:!?'\"")


def _names(text: str, name: str) -> bool:
    """Return whether her name, or a part of it, is inside; a short one only as a word of its own (Max, but not maximum)."""
    words = {_letters(word) for word in text.split()}
    parts = {_letters(part) for part in (*name.split(), name)} - {""}
    return any(part in _letters(text) if len(part) >= SHORTEST_NAME else part in words for part in parts)


def _is_common(plain: str) -> bool:
    """Return whether it is a known one, perhaps with a few characters put before or behind."""
    bare = plain.strip("0123456789")
    return any(
        (bare and bare in known) or plain in known or (known in plain and len(plain) - len(known) < 8)
        for known in COMMON
    )


def _repeats(plain: str) -> bool:
    """Return whether a short piece said again and again is all of it."""
    return any(plain == (plain[:size] * len(plain))[: len(plain)] for size in range(1, len(plain) // 2 + 1))
