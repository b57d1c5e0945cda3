"""One-time codes are those of RFC 6238, and a code is good for its own half minute, the one before and the one after."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.vault.totp import address, code, new_secret, step_at, step_of, typed_key

RFC_SECRET = b"12345678901234567890"
NOON = datetime(2030, 5, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_vectors_of_rfc_6238(seconds: int, expected: str) -> None:
    assert code(RFC_SECRET, seconds // 30, digits=8) == expected


def test_a_code_is_good_in_its_half_minute_and_the_neighbours_and_no_longer() -> None:
    typed = code(RFC_SECRET, step_at(NOON))

    for seconds, good in ((0, True), (29, True), (-30, True), (59, True), (-31, False), (60, False)):
        assert (step_of(RFC_SECRET, typed, NOON + timedelta(seconds=seconds)) is not None) is good, seconds


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "\x00" * 6])
def test_what_is_no_code_is_never_one(typed: str) -> None:
    assert step_of(new_secret(), typed, NOON) is None


def test_blanks_do_not_count() -> None:
    typed = code(RFC_SECRET, step_at(NOON))

    assert step_of(RFC_SECRET, f" {typed[:3]} {typed[3:]}\n", NOON) == step_at(NOON)


def test_the_key_can_be_typed_and_the_address_names_her_and_us() -> None:
    assert typed_key(RFC_SECRET) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
    assert address(RFC_SECRET, "Max M", "Safe bot") == (
        "otpauth://totp/Safe%20bot%3AMax%20M?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Safe%20bot&digits=6&period=30"
    )
