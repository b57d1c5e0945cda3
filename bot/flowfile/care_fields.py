"""`care:` of campaign.yaml: what keeps those who read cases from carrying too much."""

from __future__ import annotations

from collections.abc import Mapping

from bot.flowfile.amounts import length_of_time
from bot.flowfile.document import Data, plain, texts
from bot.flowfile.fields import LEVELS, duration
from bot.flowfile.shapes import Field, Group, ListOf, OneOf, Text
from bot.model.campaign import Care
from bot.model.levels import CATEGORIES

COUNT = Text(r"[1-9]\d?", "3")
CARE = Group(
    {
        "heavy": Field(ListOf(OneOf((*CATEGORIES, *LEVELS))), "Categories or levels of cases that are heavy to read."),
        "in_a_row": Field(COUNT, "After so many heavy cases in a row a lighter one or a break comes first (3)."),
        "per_shift": Field(COUNT, "So many heavy cases in one shift, and no more (8)."),
        "break_after": Field(duration, "After how long at work a break is offered (50 minutes)."),
        "break_length": Field(duration, "How long it is (15 minutes)."),
    }
)


def read_care(written: Mapping[str, Data]) -> Care:
    """Return what is written, and what is usual for the rest."""
    usual = Care()
    return Care(
        heavy=texts(written, "heavy") or usual.heavy,
        in_a_row=_count(written, "in_a_row") or usual.in_a_row,
        per_shift=_count(written, "per_shift") or usual.per_shift,
        break_after=length_of_time(plain(written, "break_after")) or usual.break_after,
        break_length=length_of_time(plain(written, "break_length")) or usual.break_length,
    )


def _count(written: Mapping[str, Data], name: str) -> int:
    text = plain(written, name)
    return int(text) if text.isdecimal() and len(text) < 3 else 0
