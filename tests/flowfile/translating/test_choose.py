"""Which words she reads: context and text, the text where every context agrees, the source; approved pairs stay in help."""

from __future__ import annotations

from bot.flowfile.translating.book import Book, Translation
from bot.flowfile.translating.choose import Chosen, choose
from bot.model.words import Words

YES = Words("help/a.buttons.yes", "Yes")


def a_book(*entries: Translation) -> Book:
    return Book("", entries)


def test_her_own_context_comes_first() -> None:
    book = a_book(Translation("help/a.buttons.yes", "Yes", forms=("Ndiyo",)), Translation("b", "Yes", forms=("Naam",)))

    assert choose(book, YES, safety=False) == Chosen(("Ndiyo",), "reviewed")


def test_the_same_text_elsewhere_is_said_where_every_context_agrees() -> None:
    agreed = [Translation("b", "Yes", forms=("Ndiyo",)), Translation("c", "Yes", forms=("Ndiyo",), comments=("draft",))]

    assert choose(a_book(*agreed), YES, safety=True) == Chosen(("Ndiyo",), "draft")
    assert choose(a_book(*agreed, Translation("d", "Yes", forms=("Naam",))), YES, safety=True) == Chosen((), "missing")


def test_in_a_story_a_changed_sentence_is_said_as_it_is_written_now() -> None:
    stale = Translation("help/a.buttons.yes", "Yes", forms=("Naam",), stale=True, previous=("Yes!",))

    assert choose(a_book(stale), YES, safety=False) == Chosen((), "stale")


def test_in_help_words_the_last_approved_translation_is_said_until_the_new_one_is_approved() -> None:
    stale = Translation("help/a.buttons.yes", "Yes", forms=("Naam",), stale=True, previous=("Yes!",))
    not_merged_yet = Translation("help/a.buttons.yes", "Yes!", forms=("Naam",))

    assert choose(a_book(stale), YES, safety=True) == Chosen(("Naam",), "stale")
    assert choose(a_book(not_merged_yet), YES, safety=True) == Chosen(("Naam",), "stale")


def test_old_help_words_never_show_a_name_that_the_new_text_does_not_have() -> None:
    stale = Translation("help/a.buttons.yes", "Yes", forms=("Naam {nick}",), stale=True, previous=("Yes {nick}",))

    assert choose(a_book(stale), YES, safety=True) == Chosen((), "stale")
