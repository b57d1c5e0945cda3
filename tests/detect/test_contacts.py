"""What leads to a person or her money is found in a text, wherever it stands and in whatever digits."""

from __future__ import annotations

from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.detect.contacts import KINDS, contacts, masked


def found(text: str) -> list[tuple[str, str]]:
    return [(c.kind, text[c.start : c.end]) for c in contacts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("call 0712 345 678 pls", [("phone", "0712 345 678")]),
        ("my no is +254-712-345-678!", [("phone", "+254-712-345-678")]),
        ("मेरो नम्बर ९८४१२३४५६७ हो", [("phone", "९८४१२३४५६७")]),
        ("លេខ ០១២ ៣៤៥ ៦៧៨", [("phone", "០១២ ៣៤៥ ៦៧៨")]),
        ("ＴＥＬ ０６１２３４５６７８", [("phone", "０６１２３４５６７８")]),
        ("card 4111 1111 1111 1111", [("card", "4111 1111 1111 1111")]),
        ("send to NL91 ABNA 0417 1643 00 now", [("account", "NL91 ABNA 0417 1643 00")]),
        ("gcash 09171234567, ok?", [("phone", "09171234567")]),
        ("look at https://example.org/a?b=1.", [("link", "https://example.org/a?b=1")]),
        ("it is on t.me/somebody and insta.com", [("link", "t.me/somebody"), ("link", "insta.com")]),
        ("add me @some_body.12 or some.body@mail.example.com", [("handle", "@some_body.12"), ("email", "some.body@mail.example.com")]),
        ("tg://resolve?domain=x", [("link", "tg://resolve?domain=x")]),
    ],
)  # fmt: skip
def test_a_contact_is_found_with_its_place(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    ["i am 14", "at 17:00", "on 22-11-2026", "150000 riel", "he wants 5000 bob", "2024", "ok...then", "a@ b", "p.s.hi"],
)
def test_ordinary_numbers_and_words_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_masking_hides_each_contact_and_nothing_else() -> None:
    assert masked("call 0712345678 or @him ok") == "call ••• or ••• ok"


CONTACTLIKE = st.text("+0123456789०९៥๙ .-()/@a:wm_\u200b\n\ud800é", max_size=200)


@given(text=st.text(st.characters(), max_size=200) | CONTACTLIKE)
@settings(max_examples=500, deadline=None)
def test_no_text_breaks_the_search_and_places_lie_in_order_inside_it(text: str) -> None:
    places = contacts(text)

    assert all(c.kind in KINDS and 0 <= c.start < c.end <= len(text) for c in places)
    assert all(one.end <= other.start for one, other in pairwise(places))


@pytest.mark.parametrize("piece", ["1", "1 ", "a.", "a@", "@", "www.", "http://", "ab12 ", "(", "é", "0.-"])
def test_a_very_long_text_is_searched_in_an_instant(piece: str) -> None:
    start = perf_counter()
    contacts(piece * (100_000 // len(piece)))

    assert perf_counter() - start < 1
