"""W318: a button by which she says that something happens to her counts like a written message."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.checks.look import Look
from bot.flowfile.checks.wording import words_of
from bot.flowfile.problem import Problem
from bot.model.flow import Ask


def tells_of_herself(language: str, label: str) -> bool:
    """Return whether a label says in the first person that something bad happens."""
    patterns = (words_of("first_person", language), words_of("risk", language))
    return all(pattern is not None and pattern.search(label) for pattern in patterns)


def check(look: Look) -> Iterator[Problem]:
    """Return a warning for each such button without `signals`."""
    heard = {
        (name, choice.id)
        for name, step in look.flow.flow.steps.items()
        if isinstance(step, Ask)
        for choice in step.choices
        if choice.signal is not None
    }
    for said in look.said:
        at = said.spot.path
        if said.spot.role != "label" or at[2] != "buttons" or (at[1], at[3]) in heard:
            continue
        if tells_of_herself(said.language, said.text):
            message = f"'{said.text[:40]}' tells of herself, and nobody would hear it{said.where}"
            hint = f"add signals: {{{at[3]}: {{category: …, level: P2}}}}"
            yield look.flow.problem("W318", at, message, hint)
