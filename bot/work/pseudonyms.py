"""Names for cases on the moderators' screen: easy to say aloud, telling nothing of her."""

from __future__ import annotations

import secrets

COLOURS = (
    "Amber Blue Bronze Copper Coral Golden Green Grey Indigo Ivory Olive Pearl Plum Rose Ruby Silver Teal White".split()
)
THINGS = (
    "Acacia Baobab Breeze Cedar Cloud Comet Crane Delta Falcon Fern Finch Forest Harbour Heron Hill Ibis Island Jasmine "
    "Kestrel Lagoon Lantern Lotus Maple Meadow Moon Orchid Otter Palm Pebble Pine Rain River Robin Shell Sparrow Spring "
    "Star Stone Stork Swallow Thistle Tulip Valley Wave Willow Wren"
).split()


def fresh_pseudonym() -> str:
    """Return a random name such as 'Teal Heron 42'."""
    return f"{secrets.choice(COLOURS)} {secrets.choice(THINGS)} {secrets.randbelow(90) + 10}"


def fresh_id(length: int = 10) -> str:
    """Return a random id of letters and digits that cannot be mistaken for one another."""
    return "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(length))
