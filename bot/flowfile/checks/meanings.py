"""E218, W219, W221: a typed word means one thing: one button of a question, and nothing that works everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from bot.engine.labels import plain
from bot.flowfile.checks.look import Look
from bot.flowfile.problem import Problem
from bot.model.flow import Ask, Quiz


def check(look: Look) -> Iterator[Problem]:
    """Return a problem for each word that means two things at one question."""
    for name, step in look.flow.flow.steps.items():
        if isinstance(step, Ask | Quiz):
            yield from _two_buttons(look, name, [(c.id, c.typed) for c in step.choices if c.typed])
    for use in look.flow.lists:
        if shared := _taken(look, look.around.meanings.get(use.name, {}).get("", frozenset())):
            hint = f"take it out of '{use.name}' in flows/words/"
            yield look.flow.problem("W219", use.path, f"'{shared[0]}' means '{shared[1]}' everywhere", hint)
    yield from _labels(look)


def _two_buttons(look: Look, step: str, typed: list[tuple[str, str]]) -> Iterator[Problem]:
    for (one, first), (other, second) in combinations(typed, 2):
        shared = _shared(look, first, second) if first != second else {}
        if word := min(shared.get("", ()), default=""):
            within = next((language for language, words in shared.items() if language and words), "")
            message = f"'{word}' stands in '{first}' and in '{second}', so it means two buttons"
            at = ("steps", step, "typed", other)
            hint = f"leave it to '{one}' or to '{other}' in flows/words/"
            yield look.flow.problem("E218" if within else "W221", at, message, hint)


def _shared(look: Look, first: str, second: str) -> dict[str, frozenset[str]]:
    """Return the words that two lists share, by language."""
    one, two = look.around.meanings.get(first, {}), look.around.meanings.get(second, {})
    return {language: one[language] & two[language] for language in one.keys() & two.keys()}


def _labels(look: Look) -> Iterator[Problem]:
    opens = dict(look.around.opens)
    leads = {use.path: use.name for use in look.flow.jumps}
    for said in look.said:
        if said.spot.role != "label" or (shared := _taken(look, {plain(said.text)})) is None:
            continue
        if leads.get(said.spot.path) != f"@{opens.get(shared[1])}":  # else both ways lead to the same
            message = f"who types '{shared[0]}' gets '{shared[1]}', not this button{said.where}"
            yield look.flow.problem("W219", said.spot.path, message, "give the button another label")


def _taken(look: Look, words: set[str] | frozenset[str]) -> tuple[str, str] | None:
    """Return the first of these words that opens a door, and the door's list."""
    return next(((word, look.around.doors[word]) for word in sorted(words) if word in look.around.doors), None)
