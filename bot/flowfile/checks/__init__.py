"""What is checked once a campaign is read: one file a check, each `check(draft) -> problems`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.flowfile.checks import (
    buttons,
    comments,
    countries,
    decides,
    doors,
    first_words,
    lengths,
    links,
    media,
    menus,
    placeholders,
    promises,
    questions,
    quizzes,
    runs,
    sensitive,
    starts,
    targets,
    translations,
    untested,
    way_through,
    word_lists,
)
from bot.flowfile.draft import Draft
from bot.flowfile.problem import Problem

Check = Callable[[Draft], Iterator[Problem]]

ALL: tuple[Check, ...] = (
    targets.check,
    runs.check,
    decides.check,
    questions.check,
    quizzes.check,
    way_through.check,
    menus.check,
    doors.check,
    word_lists.check,
    media.check,
    sensitive.check,
    placeholders.check,
    first_words.check,
    promises.check,
    lengths.check,
    buttons.check,
    links.check,
    translations.check,
    starts.check,
    countries.check,
    comments.check,
    untested.check,
)
