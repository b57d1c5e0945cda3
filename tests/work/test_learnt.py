"""Counted quizzes: what was learnt shows, and who answered does not."""

from __future__ import annotations

from bot.store.operator_records import AnswerCount
from bot.work.learnt import Asked, Learnt, as_data, as_table, learnt


def counted(when: str, answer: str, count: int, *, language: str = "en", month: str = "2026-11") -> AnswerCount:
    return AnswerCount("pressure", "whose_fault", when, answer, answer == "his", language, month, count)


def test_the_share_of_right_answers_is_told_before_and_after() -> None:
    rows = learnt([counted("before", "his", 4), counted("before", "mine", 6), counted("after", "his", 8)])

    assert rows == [Learnt("pressure", "whose_fault", Asked(10, 40), Asked(8, 100))]
    assert "40 % of 10" in as_table(rows) and as_data(rows)[0]["after"] == {"answers": 8, "right_percent": 100}


def test_months_and_languages_are_added_up() -> None:
    rows = learnt(
        [
            counted("before", "his", 3),
            counted("before", "his", 2, language="sw"),
            counted("before", "mine", 5, month="x"),
        ]
    )

    assert rows[0].before == Asked(10, 50)


def test_fewer_than_five_answers_are_not_shown() -> None:
    rows = learnt([counted("before", "his", 4), counted("after", "his", 5)])

    assert rows[0].before is None and rows[0].after is not None
    assert as_data(rows)[0]["before"] is None and "few" in as_table(rows)


def test_who_has_no_counts_yet_is_told_how_to_begin() -> None:
    assert "counts:" in as_table(learnt([]))
