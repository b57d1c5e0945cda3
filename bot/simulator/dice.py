"""Chance that can be repeated: a run with the same seed meets the same trouble."""

from __future__ import annotations

import random

Dice = random.Random


def dice(seed: int) -> Dice:
    """Return dice that fall the same way for the same seed. Never for anything that must be hard to guess."""
    return random.Random(seed)  # noqa: S311 - pretend people, nothing to guess
