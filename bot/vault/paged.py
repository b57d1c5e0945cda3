"""Sealing so that the size tells nothing: whole pages of 256 bytes. What was sealed before without pages still opens."""

from __future__ import annotations

from typing import Protocol

from bot.vault.case_box import PAGE, CaseSeal
from bot.vault.errors import CannotOpen

_LENGTH = 4
_MARK = "paged:"
"""In front of the place: a row from before opens at its bare place, so neither kind is taken for the other."""


class Sealer(Protocol):
    """A chat's box, a case's, or the key ring."""

    def seal(self, data: bytes, about: str) -> bytes:
        """Return the data sealed for its place."""

    def open(self, sealed: bytes, about: str) -> bytes:
        """Return what was sealed for this place. Raises CannotOpen."""


def seal_paged(box: Sealer, data: bytes, about: str) -> bytes:
    """Return data sealed for the place `about` in whole pages. A case's own box has pages already."""
    if isinstance(box, CaseSeal):
        return box.seal(data, about)
    plain = len(data).to_bytes(_LENGTH, "big") + data
    return box.seal(plain + bytes(-len(plain) % PAGE), _MARK + about)


def open_paged(box: Sealer, sealed: bytes, about: str, *before: str) -> bytes:
    """Return what was sealed for this place, in pages or (an old row) without; `before` are places it had in older versions.
    Raises CannotOpen."""
    if isinstance(box, CaseSeal):
        return box.open(sealed, about)
    try:
        plain = box.open(sealed, _MARK + about)
    except CannotOpen:
        return _opened_before(box, sealed, (about, *before))
    return _unpadded(plain)


def _unpadded(plain: bytes) -> bytes:
    size = int.from_bytes(plain[:_LENGTH], "big")
    if _LENGTH + size > len(plain):
        raise CannotOpen("these pages are not whole.")
    return plain[_LENGTH : _LENGTH + size]


def _opened_before(box: Sealer, sealed: bytes, places: tuple[str, ...]) -> bytes:
    for place in places[:-1]:
        try:
            return box.open(sealed, place)
        except CannotOpen:
            continue
    return box.open(sealed, places[-1])
