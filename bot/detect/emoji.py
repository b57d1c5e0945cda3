"""Pleas without a word: a girl who cannot write, or may not be seen writing, sends signs. Only messages of signs alone are read so.

Teenagers laugh with 😭 and 💀, so one sad face says nothing, a skull says nothing, and any laugh or feast among the signs ends it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.model.assessment import NOTHING_HEARD, Assessment, Evidence
from bot.model.levels import Level

SAD: Final = frozenset("😭😢😞😔😥😰😨😱🥺😿💔🙁😣😖😫😩😓")
GLAD: Final = frozenset("😂🤣😆😁😄😃😀😅🙂😊🤪😜🎉🎂🎈🥳🎃🍰🧅🎬🎮⚽🎭")
MEANS: Final = frozenset("🔪🗡💊🩸🪦🪢")
BLOWS: Final = frozenset("👊🤛🤜🥊🪓")
BED: Final = frozenset("🛏🍆👅🔞")
WITH_CHILD: Final = frozenset("🤰🤱")
PRICE: Final = frozenset("💰💵💸🎁")
HUSH: Final = frozenset("🤫🤐")
SOS: Final = "🆘"
LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Sign:
    """What it means when one of each group stands together."""

    name: str
    level: Level
    category: str
    groups: tuple[frozenset[str], ...]


SIGNS: Final = (
    Sign("means", Level.P2, "self_harm", (MEANS, SAD)),
    Sign("blows", Level.P2, "violence_home", (BLOWS, SAD)),
    Sign("bed", Level.P2, "sexual_abuse", (BED, SAD)),
    Sign("price", Level.P3, "gifts_money", (PRICE, HUSH)),
    Sign("with_child", Level.P3, "health", (WITH_CHILD, SAD)),
)


def signs_alone(text: str) -> frozenset[str]:
    """Return the signs of a message that holds no word; nothing for any other."""
    if len(text) > LONGEST or any(c.isalnum() for c in text):
        return frozenset()
    return frozenset(text)


def heard_in_signs(text: str) -> Assessment:
    """Return what signs alone say; with 🆘 among them in doubt the higher."""
    there = signs_alone(text)
    if not there or there & GLAD:
        return NOTHING_HEARD
    found = next((sign for sign in SIGNS if all(there & group for group in sign.groups)), None)
    if found is None:
        return NOTHING_HEARD
    level = Level.P1 if SOS in there and found.level is Level.P2 else found.level
    return Assessment(level, found.category, (Evidence(f"emoji.{found.category}.{found.name}", 0, len(text)),))


def calls_for_help(text: str) -> bool:
    """Return whether 🆘 stands there: the same as the word help alone."""
    return SOS in signs_alone(text)
