"""What the store tells of ended cases: codes, and never a word."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MistakenRule:
    """How often cases that a rule opened or raised were closed as mistaken in a month ('2026-11')."""

    rule: str
    month: str
    count: int
