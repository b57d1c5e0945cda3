"""How worrying a message is, and what it is about (safeguarding rules, section 1: the only table)."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """P1 is danger now, P4 is low; P1 sorts first."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"

    def outranks(self, other: Level | None) -> bool:
        """Return whether this level is more urgent than `other`; every level outranks none."""
        return other is None or self.value < other.value


def higher(one: Level | None, two: Level | None) -> Level | None:
    """Return the more urgent of two levels: in doubt, the higher."""
    if one is None or two is None:
        return one or two
    return one if one.outranks(two) else two


CATEGORIES = (
    "self_harm",
    "sextortion",
    "image_shared",
    "grooming",
    "sexual_abuse",
    "violence_home",
    "bullying",
    "gifts_money",
    "trafficking",
    "friend_danger",
    "harmful_practice",
    "ai_fake",
    "stalking",
    "account",
    "health",
    "staff_conduct",
    "impostor",
    "wants_to_talk",
)
"""Every category there is, in the order of the rules."""

AGE_BANDS = ("under_13", "13_15", "16_17", "18_plus")
COUNTRIES = ("KE", "NP", "KH", "PH", "NL", "other", "unsaid")
