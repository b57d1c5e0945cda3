"""The key ring: sealing, tokens, rotation, and a text that never tells its secret."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.vault.errors import CannotOpen, KeyRingError
from bot.vault.ring import KeyRing

RING = KeyRing.new()


@given(st.binary(max_size=500), st.text(max_size=30))
def test_what_is_sealed_opens_at_its_place(data: bytes, about: str) -> None:
    assert RING.open(RING.seal(data, about), about) == data


@given(st.binary(max_size=200))
def test_bytes_that_nobody_sealed_do_not_open(sealed: bytes) -> None:
    with pytest.raises(CannotOpen):
        RING.open(sealed, "address:x")


def test_a_sealed_thing_opens_at_no_other_place_and_not_when_changed() -> None:
    sealed = RING.seal(b"4711", "address:a")
    for broken, about in ((sealed, "address:b"), (sealed[:-1] + bytes([sealed[-1] ^ 1]), "address:a")):
        with pytest.raises(CannotOpen):
            RING.open(broken, about)


def test_a_rotated_ring_opens_what_the_old_one_sealed_and_keeps_the_tokens() -> None:
    rotated = RING.rotated()

    assert rotated.open(RING.seal(b"old", "x"), "x") == b"old"
    assert rotated.token(12345) == RING.token(12345)
    with pytest.raises(CannotOpen):
        RING.open(rotated.seal(b"new", "x"), "x")


def test_a_token_is_26_letters_and_another_ring_makes_another() -> None:
    tokens = {RING.token(chat) for chat in (1, -1, 2**52, -1001234567890)}

    assert len(tokens) == 4
    assert all(len(token) == 26 and token == token.lower() and token.isalnum() for token in tokens)
    assert KeyRing.new().token(1) != RING.token(1)


def test_a_ring_written_down_and_read_again_is_the_same() -> None:
    ring = RING.rotated().rotated()
    text = ring.dump()

    assert KeyRing.parse(f"  {text}\n") == ring
    assert "\n" not in text
    assert " " not in text


def test_a_ring_does_not_show_itself() -> None:
    secrets = [part.split("=")[1] for part in RING.dump().split(";")]

    assert all(secret not in repr(RING) + str(RING) for secret in secrets)


@given(
    st.text()
    | st.text(alphabet="pekr12=;-_AZaz\x00 ")
    | st.just(RING.dump()).flatmap(lambda t: st.text().map(t.__add__))
)
def test_no_text_makes_the_parser_do_anything_but_refuse(text: str) -> None:
    try:
        KeyRing.parse(text)
    except KeyRingError as error:
        assert error.__cause__ is None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: "", "is empty"),
        (lambda text: text.split(";")[0], "no sealing key"),
        (lambda text: text.split(";")[1], "no part 'pepper='"),
        (lambda text: text + ";" + text.split(";")[1], "two parts named 'k1'"),
        (lambda text: text + ";k2=" + text.split("k1=")[1], "same key twice"),
        (lambda text: text[:-3], "part 'k1': has "),
        (lambda text: text + "!", "part 'k1': is not base64url"),
        (lambda text: text.replace("k1=", ""), "part 2: starts with neither"),
    ],
)
def test_a_broken_ring_is_refused_in_words_that_tell_the_part_and_no_key(
    change: Callable[[str], str], says: str
) -> None:
    text = RING.dump()
    with pytest.raises(KeyRingError, match=says) as refused:
        KeyRing.parse(change(text))

    told = str(refused.value)
    assert all(part.split("=")[1][:8] not in told for part in text.split(";"))
