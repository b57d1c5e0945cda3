"""Times as she reads them, and numbers that are there when nothing else is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.texts import last_resort_helplines, when

AFTERNOON = datetime(2026, 3, 2, 11, 5, tzinfo=UTC)


def test_a_time_is_said_where_she_lives() -> None:
    assert when("en", AFTERNOON, "Africa/Nairobi") == "14:05"
    assert when("nl", AFTERNOON, "Europe/Amsterdam") == "12:05"


@pytest.mark.parametrize(
    ("language", "timezone", "said"),
    [
        ("ne", "Asia/Kathmandu", "१६:५०"),
        ("km", "Asia/Phnom_Penh", "6:05 PM"),
        ("fil", "Asia/Manila", "7:05 PM"),
        ("en", "Asia/Manila", "7:05 PM"),
        ("sw", "Africa/Nairobi", "14:05"),
    ],
)
def test_a_time_is_said_as_her_language_says_it_in_her_country(language: str, timezone: str, said: str) -> None:
    assert when(language, AFTERNOON, timezone).replace("\u00a0", " ") == said


def test_no_sign_in_a_time_is_one_that_old_phones_cannot_draw() -> None:
    assert "\u202f" not in when("en", AFTERNOON, "Asia/Manila")


def test_another_day_is_named() -> None:
    assert when("en", AFTERNOON, "Africa/Nairobi", now=AFTERNOON - timedelta(days=1)) == "Monday 14:05"
    assert when("en", AFTERNOON, "Africa/Nairobi", now=AFTERNOON - timedelta(hours=1)) == "14:05"


def test_an_unknown_place_or_language_still_gets_a_time() -> None:
    assert when("xx", AFTERNOON, "Nowhere/Land") == "11:05"
    assert when("", AFTERNOON, "UTC") == "11:05"


@pytest.mark.parametrize(
    ("language", "country", "number"),
    [("en", "KE", "116"), ("sw", "unsaid", "116"), ("en", "NP", "1098"), ("en", "", "https://")],
)
def test_the_last_resort_is_never_empty(language: str, country: str, number: str) -> None:
    assert number in last_resort_helplines(language, country)
