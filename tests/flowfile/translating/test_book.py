"""A catalogue comes back from its file as it was, and the same content gives the same bytes."""

from __future__ import annotations

from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flowfile.translating.book import Book, Translation, read_book
from bot.flowfile.translating.write import new_header, render, render_mo, save
from bot.texts import BadCatalogue

LOCALES = Path(__file__).resolve().parents[3] / "locales"

STALE = Translation(
    "kite/hello.say",
    "A blue kite.\nIt is new.",
    forms=("Kishada chekundu.\nNi kipya.",),
    stale=True,
    previous=(
        "A red kite.\nIt is new.\nIt is new.\nThis line is long enough that a writer would want to break it twice or thrice.",
    ),
    comments=("draft: not yet read",),
    notes=("5 words. At most 4096 characters.",),
    places=(("flows/kite.yaml", 7),),
)
PLURAL = Translation(
    "kite/bye.say", "{n} kite", "{n} kites", ("kishada {n}", "vishada {n}"), places=(("flows/kite.yaml", 12),)
)


def a_book(*entries: Translation, obsolete: tuple[Translation, ...] = ()) -> Book:
    return Book(new_header("sw", "flows"), entries, obsolete)


def test_stale_marks_previous_texts_comments_places_and_plurals_come_back() -> None:
    book = a_book(STALE, PLURAL, obsolete=(Translation("kite/old.say", "Gone.", forms=("Imeondoka.",)),))

    assert read_book(render(book)) == book


def test_an_obsolete_translation_nobody_approved_comes_back_unapproved() -> None:
    book = a_book(obsolete=(Translation("kite/old.say", "Gone.", forms=("Imeondoka.",), stale=True),))

    assert read_book(render(book)).obsolete == book.obsolete


def test_a_previous_text_is_written_on_one_line_as_other_tools_want_it() -> None:
    lines = [line for line in render(a_book(STALE)).decode().splitlines() if line.startswith("#|")]

    assert len(lines) == 1
    assert lines[0].startswith('#| msgid "" "A red kite.\\n"')


def test_a_previous_text_as_other_tools_write_it_is_understood() -> None:
    po = new_header("sw", "flows") + (
        '\n\n#, fuzzy\n#| msgctxt "kite/hello.say"\n#| msgid ""\n#| "One.\\n"\n#| "Two."\n'
        'msgctxt "kite/hello.say"\nmsgid "Three."\nmsgstr "Tatu."\n'
    )

    (entry,) = read_book(po.encode()).entries

    assert (entry.previous, entry.comments) == (("One.\nTwo.",), ())


@pytest.mark.parametrize(
    "path", sorted(LOCALES.glob("*/LC_MESSAGES/*.po")), ids=lambda path: str(path.relative_to(LOCALES))
)
def test_a_shipped_catalogue_loses_nothing_by_being_read_and_written(path: Path) -> None:
    book = read_book(path.read_bytes())
    written = render(book)

    assert read_book(written) == book
    assert render(read_book(written)) == written
    assert written.decode().startswith(book.header)


ANY = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters='\n\t"\\'), min_size=1, max_size=40)


@given(ANY, ANY, ANY)
def test_any_text_comes_back_letter_by_letter(source: str, translation: str, previous: str) -> None:
    entry = Translation("a/b.say", source, forms=(translation,), stale=True, previous=(previous,))

    (back,) = read_book(render(a_book(entry))).entries

    assert (back.source, back.forms) == (source, (translation,))


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_bytes_that_are_no_catalogue_are_refused_with_a_reason(raw: bytes) -> None:
    try:
        read_book(raw)
    except BadCatalogue as error:
        assert "not a .po file" in str(error)


def test_a_compiled_catalogue_says_what_is_approved_and_nothing_stale() -> None:
    mo = GNUTranslations(BytesIO(render_mo(a_book(STALE, PLURAL))))

    assert mo.npgettext("kite/bye.say", "{n} kite", "{n} kites", 3) == "vishada {n}"
    assert mo.pgettext("kite/hello.say", STALE.source) == STALE.source


def test_a_file_with_the_same_content_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "sw" / "flows.po"

    assert save(path, b"one")
    assert not save(path, b"one")
    assert [p.name for p in path.parent.iterdir()] == ["flows.po"]
