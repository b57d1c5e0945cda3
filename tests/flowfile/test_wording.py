"""What is checked word by word is checked in each of our six languages, whatever their script does between words."""

from __future__ import annotations

import pytest

from bot.engine.labels import plain
from bot.flowfile.checks.first_person import tells_of_herself
from bot.flowfile.checks.first_words import seen_word
from bot.flowfile.checks.readability import hard_to_read
from bot.flowfile.checks.wording import word_table, words_of
from bot.texts import plural_expression

LANGUAGES = ("en", "sw", "fil", "ne", "km", "nl")
TABLES = ("seen_by_others", "promises", "family", "first_person", "risk")

PROMISED = {
    "en": "Somebody answers soon.",
    "sw": "Mtu atajibu hivi karibuni.",
    "fil": "May sasagot maya-maya.",
    "ne": "कोही चाँडै लेख्छ।",
    "km": "នឹងមានគេឆ្លើយឆាប់ៗ។",
    "nl": "Iemand antwoordt binnenkort.",
}
NAMED = {
    "en": "Tell your aunt.",
    "sw": "Mwambie shangazi.",
    "fil": "Sabihin mo sa nanay.",
    "ne": "आमालाई भन।",
    "km": "ប្រាប់ម្តាយរបស់អ្នក។",
    "nl": "Vertel het je moeder.",
}
HARMLESS = {
    "en": "Good that you are here. We try to read by six.",
    "sw": "Vizuri kwamba uko hapa.",
    "fil": "Mabuti at nandito ka. Sumulat ka kahit kailan.",
    "ne": "तिमी यहाँ छौ, राम्रो भयो। मामाघर टाढा छ।",
    "km": "ល្អណាស់ដែលអ្នកនៅទីនេះ។ អ្នកពូកែណាស់។",
    "nl": "Fijn dat je er bent. Je bent ouder dan tien.",
}
OF_HERSELF = {
    "en": "Someone hurts me",
    "sw": "Ninaogopa",
    "fil": "May nananakit at natatakot ako",
    "ne": "मलाई डर लाग्छ",
    "km": "ខ្ញុំខ្លាច",
    "nl": "Iemand slaat mij",
}
NOT_OF_HERSELF = {
    "en": "Go on",
    "sw": "Endelea",
    "fil": "Sige, ituloy",
    "ne": "अगाडि बढौं",
    "km": "បន្តទៀត",
    "nl": "Ga verder",
}
SEEN = {
    "en": "Blackmail is never your fault.",
    "sw": "Unyanyasaji si kosa lako.",
    "fil": "Ang pang-aabuso ay hindi mo kasalanan.",
    "ne": "बलात्कार तिम्रो गल्ती होइन।",
    "km": "ការរំលោភមិនមែនជាកំហុសអ្នកទេ។",
    "nl": "Misbruik is nooit jouw schuld.",
}


@pytest.mark.parametrize("table", TABLES)
def test_each_table_has_words_in_each_language(table: str) -> None:
    assert {language for language in LANGUAGES if not word_table(table).get(language)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_promise_and_a_family_member_are_found_and_nothing_harmless_is(language: str) -> None:
    promises, family = words_of("promises", language), words_of("family", language)

    assert promises is not None and promises.search(PROMISED[language]) and not promises.search(HARMLESS[language])
    assert family is not None and family.search(NAMED[language]) and not family.search(HARMLESS[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_button_that_tells_of_herself_is_found(language: str) -> None:
    assert tells_of_herself(language, OF_HERSELF[language])
    assert not tells_of_herself(language, NOT_OF_HERSELF[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_words_are_watched(language: str) -> None:
    assert seen_word(language, SEEN[language])
    assert not seen_word(language, HARMLESS[language])


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "one two three four five six seven eight nine ten eleven twelve"),
        ("sw", "moja mbili tatu nne tano sita saba nane tisa kumi leo kesho"),
        ("fil", "isa dalawa tatlo apat lima anim pito walo siyam sampu ngayon bukas"),
        ("ne", "एक दुई तीन चार पाँच छ सात आठ नौ दश आज भोलि"),
        ("nl", "een twee drie vier vijf zes zeven acht negen tien nu morgen straks"),
    ],
)
def test_twelve_words_are_read_and_thirteen_are_too_many(language: str, words: str) -> None:
    assert not hard_to_read(language, f"{words}.")
    assert hard_to_read(language, f"{words} {words.split()[-1]} {words.split()[1]}.")


def test_khmer_is_measured_in_letters() -> None:
    short = "អ្នកអាចឈប់នៅពេលណាក៏បាន"

    assert not hard_to_read("km", f"{short}។ {short}។")
    assert hard_to_read("km", f"{short}{short}{short}{short}។")


def test_a_long_word_is_measured_without_vowel_signs() -> None:
    assert not hard_to_read("ne", "विद्यार्थीहरूलाई सोध।")
    assert hard_to_read("nl", "Verantwoordelijkheidsgevoel is goed.")


@pytest.mark.parametrize(("language", "forms"), [("en", 2), ("sw", 2), ("fil", 2), ("ne", 2), ("km", 1), ("nl", 2)])
def test_each_language_has_its_plural_forms(language: str, forms: int) -> None:
    assert plural_expression(language)[0] == forms


@pytest.mark.parametrize(("one", "other"), [("हो", "हे"), ("हुन्छ", "हुन्छु"), ("បាទ", "បទ")])
def test_words_that_differ_in_a_vowel_sign_are_two_words(one: str, other: str) -> None:
    assert plain(one) != plain(other)
    assert plain(f" {one}! ") == plain(one) == plain(one[0] + "\u200d" + one[1:])
