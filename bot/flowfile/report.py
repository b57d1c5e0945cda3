"""Problems as text for people, as JSON for programs, and as annotations for a code host."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from bot.flowfile.codes import CODES
from bot.flowfile.problem import ERROR, Problem, errors

FIRST = 3
"""How many problems a text begins with, before it goes from file to file."""
GRAVITY = "E0 E3 E2 E6 E1 E5 E4 E7".split()
"""What hides other mistakes comes first, then what hurts somebody, then what strands her."""


def as_text(problems: Sequence[Problem]) -> str:
    """Return one paragraph a problem, the three most important first, and a last line that counts them."""
    if len(problems) <= FIRST:
        return "\n".join([*map(str, problems), summary(problems)])
    first = most_important(problems)
    rest = [problem for problem in problems if problem not in first]
    return "\n".join(["Begin with these:", *map(str, first), "", "Then:", *map(str, rest), summary(problems)])


def most_important(problems: Sequence[Problem], number: int = FIRST) -> list[Problem]:
    """Return so many of the problems, the gravest first: errors before warnings, each by what they do to her."""

    def gravity(problem: Problem) -> tuple[bool, int]:
        kind = f"E{problem.code[1]}"
        return problem.severity != ERROR, GRAVITY.index(kind) if kind in GRAVITY else len(GRAVITY)

    return sorted(problems, key=gravity)[:number]


def summary(problems: Sequence[Problem]) -> str:
    """Return '2 errors, 1 warning' in a sentence."""
    wrong = len(errors(problems))
    warned = len(problems) - wrong
    if not problems:
        return "No problems found."
    return f"{_count(wrong, 'error')}, {_count(warned, 'warning')}."


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def as_json(problems: Sequence[Problem]) -> str:
    """Return {"errors", "warnings", "problems": [...]}; `about` explains the code."""
    wrong = len(errors(problems))
    listed = [{**asdict(problem), "about": CODES[problem.code]} for problem in problems]
    return json.dumps({"errors": wrong, "warnings": len(problems) - wrong, "problems": listed}, ensure_ascii=False)


def as_github(problems: Sequence[Problem]) -> str:
    """Return workflow commands that show each problem at its line."""
    return "\n".join(_annotation(problem) for problem in problems)


def _annotation(problem: Problem) -> str:
    place = f"file={_escaped(problem.file)},line={problem.line},col={problem.column},title={problem.code}"
    message = problem.message + (f" (hint: {problem.hint})" if problem.hint else "")
    return f"::{problem.severity} {place}::{_escaped(message)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


RENDER = {"text": as_text, "json": as_json, "github": as_github}
