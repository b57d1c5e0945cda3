"""What a merge keeps, carries over and marks. Nothing a translator wrote is lost."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.flowfile.translating.book import Book, Translation
from bot.flowfile.translating.merge import Text, merge

HEADER = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"'


def a_book(*entries: Translation, obsolete: Iterable[Translation] = ()) -> Book:
    return Book(HEADER, entries, tuple(obsolete))


def kite(source: str = "A red kite.", forms: tuple[str, ...] = ("Kishada chekundu.",), **fields: object) -> Translation:
    return Translation("kite/hello.say", source, forms=forms, **fields)  # type: ignore[arg-type]  # passed on as it came


def only(book: Book) -> Translation:
    (entry,) = book.entries
    return entry


def test_an_unchanged_sentence_keeps_its_translation_and_the_translators_comment() -> None:
    merged = merge(
        a_book(kite(comments=("draft: read it",))), [Text("kite/hello.say", "A red kite.", notes=("3 words.",))]
    )

    assert only(merged) == kite(comments=("draft: read it",), notes=("3 words.",))


def test_a_changed_sentence_keeps_its_old_translation_marked_stale_with_the_text_it_was_made_from() -> None:
    merged = merge(a_book(kite()), [Text("kite/hello.say", "A blue kite.")])

    assert only(merged) == kite("A blue kite.", stale=True, previous=("A red kite.",))


def test_changed_twice_it_still_names_the_text_it_was_made_from() -> None:
    once = merge(a_book(kite()), [Text("kite/hello.say", "A blue kite.")])
    twice = merge(once, [Text("kite/hello.say", "A green kite.")])

    assert only(twice).previous == ("A red kite.",)


def test_a_change_that_is_taken_back_leaves_no_mark() -> None:
    changed = merge(a_book(kite()), [Text("kite/hello.say", "A blue kite.")])

    assert only(merge(changed, [Text("kite/hello.say", "A red kite.")])) == kite()


def test_a_renamed_step_takes_its_translation_along() -> None:
    merged = merge(a_book(kite()), [Text("kite/welcome.say", "A red kite.")])

    assert (only(merged).context, only(merged).forms, only(merged).stale) == ("kite/welcome.say", kite().forms, False)
    assert merged.obsolete == ()


def test_a_removed_sentence_stays_as_obsolete_and_comes_back_with_it() -> None:
    gone = merge(a_book(kite()), [])
    back = merge(gone, [Text("kite/hello.say", "A red kite.")])

    assert gone.obsolete == (kite(),)
    assert (back.entries, back.obsolete) == ((kite(),), ())


def test_a_stale_translation_that_is_removed_never_comes_back_as_approved() -> None:
    stale = merge(a_book(kite()), [Text("kite/hello.say", "A blue kite.")])
    back = merge(merge(stale, []), [Text("kite/hello.say", "A blue kite.")])

    assert only(back).stale
    assert only(back).previous == ("A red kite.",)


def test_where_two_contexts_translate_a_text_differently_a_person_decides() -> None:
    yes = [
        Translation("a/x.buttons.yes", "Yes", forms=("Ndiyo",)),
        Translation("b/x.buttons.yes", "Yes", forms=("Naam",)),
    ]
    texts = [Text("a/x.buttons.yes", "Yes"), Text("b/x.buttons.yes", "Yes"), Text("c/x.buttons.yes", "Yes")]

    merged = merge(a_book(*yes), texts)

    assert [(entry.forms, entry.stale) for entry in merged.entries] == [
        (("Ndiyo",), False),
        (("Naam",), False),
        (("Ndiyo",), True),
    ]


def test_a_sentence_that_becomes_what_another_says_already_takes_its_translation() -> None:
    go_on = Translation("other/x.buttons.on", "Go on", forms=("Endelea",))
    old = Translation("kite/x.buttons.on", "Next", forms=("Ifuatayo",))
    texts = [Text("other/x.buttons.on", "Go on"), Text("kite/x.buttons.on", "Go on")]

    merged = merge(a_book(go_on, old), texts)

    assert merged.entries[1].forms == ("Endelea",)
    assert merged.obsolete == (old,)


def test_a_draft_never_takes_the_place_of_what_was_reviewed() -> None:
    draft = Translation("other/x.buttons.on", "Go on", forms=("Endelea",), comments=("draft",))
    old = Translation("kite/x.buttons.on", "Next", forms=("Ifuatayo",))
    texts = [Text("other/x.buttons.on", "Go on"), Text("kite/x.buttons.on", "Go on")]

    merged = merge(a_book(draft, old), texts)

    assert (merged.entries[1].forms, merged.entries[1].stale) == (("Ifuatayo",), True)


def test_a_sentence_that_begins_to_count_keeps_its_words_in_every_form_until_they_are_renewed() -> None:
    merged = merge(a_book(kite()), [Text("kite/hello.say", "{n} kite", "{n} kites")], forms=2)

    assert (only(merged).forms, only(merged).stale) == (kite().forms * 2, True)


CONTEXTS = st.sampled_from(["a/1.say", "a/2.say", "b/1.ask", "b/2.buttons.yes"])
SOURCES = st.sampled_from(["Yes", "No", "A kite.", "{n} kite"])
PLURALS = st.sampled_from([None, None, "{n} kites", "{n} red kites"])
TEXTS = st.lists(st.builds(Text, CONTEXTS, SOURCES, PLURALS), max_size=4, unique_by=lambda text: text.context)


@st.composite
def entries(draw: st.DrawFn) -> Translation:
    context, source, plural = draw(CONTEXTS), draw(SOURCES), draw(PLURALS)
    forms = tuple(draw(st.sampled_from(["", "Ndiyo", "Hapana", "Kishada"])) for _ in range(1 if plural is None else 2))
    stale = draw(st.booleans())
    previous = draw(st.sampled_from([(), ("Yes",), ("Old",)])) if stale else ()
    comments = draw(st.sampled_from([(), ("draft",)]))
    return Translation(context, source, plural, forms, stale=stale, previous=previous, comments=comments)


@st.composite
def books(draw: st.DrawFn) -> Book:
    unique = st.lists(entries(), max_size=6, unique_by=lambda entry: (entry.context, entry.source))
    gone = (entry for entry in draw(unique) if entry.begun and not entry.previous)
    return a_book(*draw(unique), obsolete=gone)


@settings(max_examples=150, deadline=None)
@given(books(), TEXTS)
def test_merged_twice_is_merged_once(book: Book, texts: list[Text]) -> None:
    once = merge(book, texts)

    assert merge(once, texts) == once


@settings(max_examples=150, deadline=None)
@given(books(), TEXTS)
def test_a_translation_whose_text_and_context_are_unchanged_is_never_lost(book: Book, texts: list[Text]) -> None:
    merged = {(e.context, e.source, e.plural): e for e in merge(book, texts).entries}

    wanted = {text.key for text in texts}
    for entry in book.entries:
        key = (entry.context, entry.source, entry.plural)
        if key in wanted and entry.begun:
            assert (merged[key].forms, merged[key].comments) == (entry.forms, entry.comments)
            assert merged[key].stale is entry.stale or entry.made_from == (entry.source, entry.plural)


@settings(max_examples=150, deadline=None)
@given(books(), TEXTS)
def test_a_merge_approves_nothing(book: Book, texts: list[Text]) -> None:
    old = (*book.entries, *book.obsolete)
    approved = {(*e.made_from, e.forms) for e in old if not e.stale or e.previous}

    for entry in merge(book, texts).entries:
        if entry.begun and not entry.stale:
            assert (entry.source, entry.plural, entry.forms) in approved


@settings(max_examples=150, deadline=None)
@given(books(), TEXTS)
def test_the_texts_stand_in_their_order(book: Book, texts: list[Text]) -> None:
    assert [(e.context, e.source, e.plural) for e in merge(book, texts).entries] == [text.key for text in texts]
