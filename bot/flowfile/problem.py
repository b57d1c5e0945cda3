"""A mistake somebody made in a campaign file: a code that is never reused, a place, a message and a hint."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

ERROR = "error"
WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. Errors keep a campaign from going live, warnings do not. Lines and columns start at 1."""

    code: str
    file: str
    line: int
    column: int
    step: str
    message: str
    hint: str = ""
    severity: str = ERROR

    def __str__(self) -> str:
        """Return it as people read it: place, step, code, message, and the hint on a line of its own."""
        step = f", step '{self.step}'" if self.step else ""
        hint = f"\n    hint: {self.hint}" if self.hint else ""
        return f"{self.file}:{self.line}{step}: {self.code} {self.message}{hint}"


def severity_of(code: str) -> str:
    """Return what a code's first letter says: E is an error, W a warning."""
    return ERROR if code.startswith("E") else WARNING


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems once each: errors first, then by file and line, as a person would go through them."""
    once = dict.fromkeys(problems)
    return tuple(sorted(once, key=lambda p: (p.severity != ERROR, p.file, p.line, p.column, p.code)))


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return only those that keep a campaign from going live."""
    return tuple(p for p in problems if p.severity == ERROR)


HELD = frozenset({"E508", "E511", "E512"})
"""Errors that stop a release and not a running bot: what was approved last is said until they are mended, and a story
or a sentence of the bot's own that has no translation yet is told in English."""


def stopping(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the errors with which a campaign cannot run at all."""
    return tuple(p for p in errors(problems) if p.code not in HELD)
