"""`care:` in campaign.yaml: what is written counts, the rest is as usual."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.flowfile.care_fields import CARE, read_care
from bot.flowfile.load import load
from bot.model.campaign import Care

ROOT = Path(__file__).resolve().parents[2]


def test_what_staff_write_counts_and_the_rest_is_as_usual() -> None:
    written = {"heavy": ["bullying"], "in_a_row": "2", "break_length": "20 minutes"}

    care = read_care(written)

    usual = Care()
    assert (care.heavy, care.in_a_row, care.break_length) == (("bullying",), 2, timedelta(minutes=20))
    assert (care.per_shift, care.break_after) == (usual.per_shift, usual.break_after)


def test_a_word_that_is_no_category_and_a_count_of_nothing_are_told() -> None:
    told: list[str] = []

    CARE.check(
        {"heavy": ["sadness"], "in_a_row": "0", "break_after": "soon"}, (), lambda code, *_more: told.append(code)
    )

    assert len(told) == 3


def test_the_campaign_as_it_is_says_what_is_usual() -> None:
    campaign = load(ROOT).campaign

    assert campaign is not None and campaign.care == Care()
