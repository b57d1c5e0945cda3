"""Passphrases of staff."""

from __future__ import annotations

import pytest

from bot.vault.passphrase import hash_passphrase, passphrase_problem, verify


def test_only_the_right_passphrase_opens_and_the_hash_is_argon2id_with_64_mib_and_three_passes() -> None:
    hashed = hash_passphrase("violet kettle under seven roofs")

    assert hashed.startswith(b"$argon2id$v=19$m=65536,t=3,p=1$")
    assert verify(hashed, "violet kettle under seven roofs")
    assert not verify(hashed, "violet kettle under seven roof")


@pytest.mark.parametrize("broken", [b"", b"$argon2id$", b"\xff" * 200])
def test_a_missing_or_broken_hash_lets_nobody_in(broken: bytes) -> None:
    assert not verify(broken, "anything at all here")


@pytest.mark.parametrize(
    "weak",
    [
        "",
        "short",
        "fourteen chars",
        "correct horse battery staple",
        "CorrectHorseBatteryStaple1!",
        "password password",
        "aaaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabcabc",
        "dogandcatdogandcatdogandcat",
        "1234567890123456",
        "qwertyuiopasdfgh",
        "Maximilian Mustermann 1",
        "violet kettle under mustermann roofs",
        "p@ssw0rd 12345678",
        "liverpool arsenal 1999",
        "michaeljackson99",
        "iloveyou princess",
        "20112012201320142015",
    ],
)
def test_a_short_or_common_passphrase_is_refused(weak: str) -> None:
    assert passphrase_problem(weak, "Maximilian Mustermann")


@pytest.mark.parametrize(
    "good", ["violet kettle under seven roofs", "chungwa treni dirisha saba", "ភូមិ ទឹក ផ្កា មេឃ ដើមឈើ"]
)
def test_some_unrelated_words_are_good(good: str) -> None:
    assert passphrase_problem(good, "max") is None


def test_a_short_name_counts_as_a_word_and_not_as_letters_inside_another() -> None:
    assert passphrase_problem("violet max under seven roofs", "Max")
    assert passphrase_problem("violet maximum under seven roofs", "Max") is None


def test_the_longest_passphrase_is_judged_at_once() -> None:
    assert passphrase_problem("violet kettle " * 70 + "under seven", "Max") is None
