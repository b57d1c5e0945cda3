"""What is checked once a campaign is read: one file a check.

`EACH` looks at one flow, and at nothing but the `Look` it is given: what it found is kept while flow and surroundings are
the same, so that one changed file costs one check. `WHOLE` looks across the flows and is cheap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.flowfile.checks import (
    behind_signals,
    buttons,
    comments,
    counted,
    countries,
    decides,
    doors,
    family,
    first_person,
    first_words,
    handoffs,
    helplines,
    in_a_row,
    lengths,
    links,
    meanings,
    media,
    menus,
    own_words,
    placeholders,
    promises,
    questions,
    quizzes,
    readability,
    runs,
    sensitive,
    situations,
    starts,
    tags,
    targets,
    translations,
    unread,
    untested,
    way_out,
    way_through,
    word_lists,
)
from bot.flowfile.checks.look import Around, FlowCheck, look_at
from bot.flowfile.draft import Draft, FlowDraft
from bot.flowfile.problem import Problem

Check = Callable[[Draft], Iterator[Problem]]

EACH: tuple[FlowCheck, ...] = (
    targets.check,
    decides.check,
    questions.check,
    quizzes.check,
    counted.check,
    way_through.check,
    menus.check,
    word_lists.check,
    media.check,
    sensitive.check,
    handoffs.check,
    placeholders.check,
    first_words.check,
    promises.check,
    lengths.check,
    buttons.check,
    links.check,
    translations.check,
    comments.check,
    way_out.check,
    behind_signals.check,
    meanings.check,
    readability.check,
    family.check,
    first_person.check,
    tags.check,
    untested.check,
)

WHOLE: tuple[Check, ...] = (
    runs.check,
    way_through.across,
    in_a_row.check,
    doors.check,
    first_words.own,
    promises.own,
    own_words.check,
    unread.check,
    situations.check,
    starts.check,
    menus.unshown,
    helplines.check,
    countries.check,
)


def check(draft: Draft) -> Iterator[Problem]:
    """Return every problem of a campaign that shows only once it is read."""
    around = Around.of(draft)
    known = _the_same(around)
    for flow in draft.flows.values():
        yield from _of_flow(flow, around, known)
    for look_across in WHOLE:
        yield from look_across(draft)


_last: list[Around] = []


def _the_same(around: Around) -> Around:
    """Return the surroundings of the last check if these are equal: then each flow sees at once that they are."""
    if around not in _last:
        _last[:] = [around]
    return _last[0]


def _of_flow(flow: FlowDraft, around: Around, known: Around) -> tuple[Problem, ...]:
    def work() -> tuple[Problem, ...]:
        look = look_at(flow, around)
        return tuple(problem for check in EACH for problem in check(look))

    found: tuple[Problem, ...] = flow.once("checked", known, work)
    return found
