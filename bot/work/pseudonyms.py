"""Names for cases on the moderators' screen: easy to say aloud, telling nothing of her."""

from __future__ import annotations

import os
import secrets

COLOURS = (
    "Amber Blue Bronze Copper Coral Golden Green Grey Indigo Ivory Olive Pearl Plum Rose Ruby Silver Teal White".split()
)
THINGS = (
    "Acacia Baobab Breeze Cedar Cloud Comet Crane Delta Falcon Fern Finch Forest Harbour Heron Hill Ibis Island Jasmine "
    "Kestrel Lagoon Lantern Lotus Maple Meadow Moon Orchid Otter Palm Pebble Pine Rain River Robin Shell Sparrow Spring "
    "Star Stone Stork Swallow Thistle Tulip Valley Wave Willow Wren"
).split()


_LETTERS = b"abcdefghjkmnpqrstuvwxyz23456789"
_LETTER_OF = (_LETTERS * 9)[:256]
_UNFAIR = bytes(range(256 // len(_LETTERS) * len(_LETTERS), 256))
"""Bytes that are thrown away, so that each letter is as likely as any other."""


def fresh_pseudonym() -> str:
    """Return a random name such as 'Teal Heron 42'."""
    rest, number = divmod(secrets.randbelow(len(COLOURS) * len(THINGS) * 90), 90)
    colour, thing = divmod(rest, len(THINGS))
    return f"{COLOURS[colour]} {THINGS[thing]} {number + 10}"


def fresh_id(length: int = 10) -> str:
    """Return a random id of letters and digits that cannot be mistaken for one another."""
    found = ""
    while len(found) < length:  # one draw for all letters: every turn needs some, and a draw costs more than its bytes
        found += os.urandom(2 * length).translate(_LETTER_OF, _UNFAIR).decode()
    return found[:length]
