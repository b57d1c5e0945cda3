"""Where problems of one file are gathered: everything is told at once, nothing stops at the first mistake."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from bot.flowfile.document import Document, Path
from bot.flowfile.problem import Problem, severity_of


class Findings:
    """Problems of one document, in the order they were found."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self.wrong: set[Path] = set()

    def tell(self, code: str, path: Path, message: str, hint: str = "") -> None:
        """Add a problem at the entry of this path; the step's name is read off the path."""
        self.problems.append(problem_at(self.document, code, path, message, hint))
        if code != "E101":  # what nobody knows can be left out; anything else cannot be built on
            self.wrong.add(path)

    def tell_in_value(self, code: str, path: Path, offset: int, message: str, hint: str = "") -> None:
        """Add a problem inside a one-line value, so many characters after its beginning."""
        line, column = self.document.value_place(path)
        step = step_of(path)
        self.problems.append(
            Problem(code, self.document.file, line, column + offset, step, message, hint, severity_of(code))
        )


def problem_at(document: Document, code: str, path: Path, message: str, hint: str = "") -> Problem:
    """Return a problem at the entry of this path."""
    line, column = document.place(path)
    return Problem(code, document.file, line, column, step_of(path), message, hint, severity_of(code))


def step_of(path: Path) -> str:
    """Return the step a path lies in, or ''."""
    return str(path[1]) if len(path) > 1 and path[0] == "steps" else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return "did you mean 'thanks'?" or, if nothing is near, what there is."""
    names = sorted(set(known))
    near = get_close_matches(word[:80], names, n=1, cutoff=0.6)
    if near:
        return f"did you mean '{near[0]}'?"
    return f"there is: {', '.join(names[:12])}{' …' if len(names) > 12 else ''}" if names else ""
