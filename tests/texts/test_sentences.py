"""A sentence in her language: fallbacks, plural forms, placeholders put in once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.words import Words
from bot.texts import BadCatalogue, parse_po, say

PO = b"""
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgctxt "bot"
msgid "hello"
msgstr "%s {name}"

msgctxt "lesson/end.say"
msgid "You earned {n} star."
msgid_plural "You earned {n} stars."
msgstr[0] "Nyota {n}."
msgstr[1] "Nyota {n} zote."

#, fuzzy
msgctxt "lesson/a.say"
msgid "Old words"
msgstr "Maneno ya zamani"

msgctxt "lesson/b.say"
msgid "Not yet translated"
msgstr ""
"""


def in_languages() -> dict[str, dict[str, object]]:
    sw = parse_po(PO % b"Habari")
    en = parse_po(PO % b"Hello")
    return {"sw": {"bot": sw, "flows": sw}, "en": {"bot": en}}


def stars(n: int) -> Words:
    return Words("lesson/end.say", "You earned {n} star.", "You earned {n} stars.", count=n)


def test_she_reads_her_own_language() -> None:
    assert say(in_languages(), "sw", Words("bot", "hello", values={"name": "Ana"})) == "Habari Ana"


def test_a_language_without_the_sentence_falls_back_to_english() -> None:
    assert say(in_languages(), "km", Words("bot", "hello", values={"name": "Ana"})) == "Hello Ana"


def test_a_sentence_nobody_translated_stays_as_written() -> None:
    assert say(in_languages(), "sw", Words("lesson/b.say", "Not yet translated")) == "Not yet translated"
    assert say({}, "sw", Words("lesson/x.say", "Hi")) == "Hi"


@pytest.mark.parametrize(("n", "said"), [(1, "Nyota 1."), (0, "Nyota 0 zote."), (5, "Nyota 5 zote.")])
def test_a_number_chooses_the_plural_form(n: int, said: str) -> None:
    assert say(in_languages(), "sw", stars(n)) == said


def test_the_english_plural_serves_where_there_is_no_translation() -> None:
    assert say({}, "nl", stars(1)) == "You earned 1 star."
    assert say({}, "nl", stars(3)) == "You earned 3 stars."


@given(st.text())
def test_what_she_typed_is_put_in_once_and_never_expanded(typed: str) -> None:
    said = say(in_languages(), "sw", Words("bot", "hello", values={"name": typed}), {"helpline": "116"})
    assert said == f"Habari {typed}"


def test_fills_serve_names_that_the_words_do_not_know_and_unknown_ones_stay_empty() -> None:
    words = Words("a/b.say", "Call {helpline}. {nobody_knows}!")
    assert say({}, "en", words, {"helpline": "{read_by} 116"}) == "Call {read_by} 116. !"


def test_words_inside_words_are_said_first() -> None:
    inner = Words("bot", "hello", values={"name": "Ana"})
    assert say(in_languages(), "sw", Words("a/b.say", "<{who}>", values={"who": inner})) == "<Habari Ana>"


def test_braces_that_name_nothing_stay() -> None:
    assert say({}, "en", Words("a/b.say", "{ } {} {A} {1}")) == "{ } {} {A} {1}"


def test_stale_translations_are_left_out_unless_asked_for() -> None:
    key = ("lesson/a.say", "Old words")
    assert key not in parse_po(PO)
    assert parse_po(PO, stale=True)[key] == ("Maneno ya zamani",)


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b'msgid "a', b"nonsense here", b'msgid "a"\nmsgstr "\xc3\x28"'])
def test_bytes_that_are_no_catalogue_are_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(BadCatalogue, match="po file"):
        parse_po(data)
