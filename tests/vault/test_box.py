"""A box seals for one place under one key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.vault.box import Box
from bot.vault.errors import CannotOpen

KEY = Box.new_key()
BOX = Box(KEY)


@given(st.binary(max_size=500), st.text(max_size=30))
def test_what_is_sealed_opens_at_its_place(data: bytes, about: str) -> None:
    assert BOX.open(BOX.seal(data, about), about) == data


@given(st.binary(max_size=200))
def test_bytes_that_nobody_sealed_do_not_open(sealed: bytes) -> None:
    with pytest.raises(CannotOpen):
        BOX.open(sealed, "state:x")


def test_another_place_another_key_or_a_changed_byte_does_not_open() -> None:
    sealed = BOX.seal(b"words", "state:a")
    changed = sealed[:30] + bytes([sealed[30] ^ 1]) + sealed[31:]
    for box, bytes_, about in (
        (BOX, sealed, "state:b"),
        (Box(Box.new_key()), sealed, "state:a"),
        (BOX, changed, "state:a"),
    ):
        with pytest.raises(CannotOpen):
            box.open(bytes_, about)


def test_the_same_words_sealed_twice_look_different_and_a_box_does_not_show_its_key() -> None:
    assert BOX.seal(b"words", "a") != BOX.seal(b"words", "a")
    assert repr(BOX) == "Box()"


def test_a_key_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Box(b"short")
