"""What is said in a case: sealed for the case's own key pair, whose private half only a desk key opens.

The bot has the public half, so it can write and never read. What is sealed carries its place (case, kind, sequence), so that
rows cannot be swapped, and is padded, so that its size does not tell what it says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.vault.errors import CannotOpen
from bot.vault.pairs import ID_BYTES, KEY_BYTES, SEALED_KEY_BYTES, Pair, key_id, open_with, seal_for

MARK = b"\xfe"
"""First byte of a case's envelope: a key that the ring wrapped begins with the ring's key number, which is small."""
PAGE = 256
_RECIPIENT = ID_BYTES + SEALED_KEY_BYTES
_LENGTHS = 4


class CaseSeal:
    """Seals into a case, and cannot open: all that a running bot has."""

    __slots__ = ("_public",)

    def __init__(self, public: bytes) -> None:
        self._public = public

    def __repr__(self) -> str:
        return "CaseSeal()"

    def seal(self, data: bytes, about: str) -> bytes:
        """Return data sealed for the place `about`, in whole pages of 256 bytes before sealing."""
        place = about.encode()
        plain = len(place).to_bytes(_LENGTHS, "big") + len(data).to_bytes(_LENGTHS, "big") + place + data
        return seal_for(self._public, plain + bytes(-len(plain) % PAGE))

    def open(self, sealed: bytes, about: str) -> bytes:
        """Raise CannotOpen: the words open for somebody of the desk who has signed in, never for the bot."""
        del sealed, about
        raise CannotOpen("only the desk's own key opens this.")


class CaseBox(CaseSeal):
    """Seals into a case and opens it: for a moderator whose desk key is unlocked."""

    __slots__ = ("_private",)

    def __init__(self, private: bytes) -> None:
        super().__init__(Pair.of(private).public)
        self._private = private

    def open(self, sealed: bytes, about: str) -> bytes:
        """Return what was sealed for the place `about`. Raises CannotOpen, also for another case, kind or sequence."""
        plain = open_with(self._private, sealed)
        start = 2 * _LENGTHS
        place_size, size = (int.from_bytes(plain[n : n + _LENGTHS], "big") for n in (0, _LENGTHS))
        end = start + place_size + size
        if end > len(plain) or plain[start : start + place_size] != about.encode():
            raise CannotOpen("sealed for another place.")
        return plain[start + place_size : end]


@dataclass(frozen=True, slots=True)
class Envelope:
    """A case's key as it lies in keys.db: the public half, and the private half sealed for each desk key that may open it."""

    public: bytes
    sealed: Mapping[bytes, bytes]

    @classmethod
    def new(cls, desk_keys: tuple[bytes, ...]) -> Envelope:
        """Return the envelope of a fresh pair for these desks' public keys."""
        pair = Pair.new()
        return cls(pair.public, {key_id(desk): seal_for(desk, pair.private) for desk in desk_keys})

    def dump(self) -> bytes:
        """Return it as bytes."""
        return MARK + self.public + b"".join(name + sealed for name, sealed in self.sealed.items())

    @classmethod
    def parse(cls, raw: bytes) -> Envelope | None:
        """Return the envelope; None for bytes that are none (a key that the ring wrapped)."""
        head = len(MARK) + KEY_BYTES
        rest = raw[head:]
        if not raw.startswith(MARK) or len(raw) < head or len(rest) % _RECIPIENT:
            return None
        parts = (rest[n : n + _RECIPIENT] for n in range(0, len(rest), _RECIPIENT))
        return cls(raw[len(MARK) : head], {part[:ID_BYTES]: part[ID_BYTES:] for part in parts})

    def opened(self, desk_keys: Mapping[bytes, bytes]) -> CaseSeal:
        """Return a box that opens if one of these desk keys (private, by id) does; else one that only seals."""
        for name, sealed in self.sealed.items():
            if name in desk_keys:
                try:
                    return CaseBox(open_with(desk_keys[name], sealed))
                except CannotOpen:
                    continue
        return CaseSeal(self.public)
