"""What playing test conversations can find, as numbered problems at the line that was written."""

from __future__ import annotations

from collections.abc import Iterable

from bot.flowfile.problem import Problem, severity_of

Spot = tuple[str, int]
"""File and line."""


def failed(at: Spot, name: str, languages: Iterable[str], sentence: str) -> Problem:
    """Return that a conversation did not go as its test says."""
    return _problem("E703", at, f"in '{name}' ({', '.join(languages)}): {sentence}")


def not_heard(at: Spot, frame: str, what: str) -> Problem:
    """Return that a sentence under `catches` is not heard as it should be."""
    return _problem("E704", at, f"{frame}, catches: {what}")


def heard_wrongly(at: Spot, frame: str, what: str) -> Problem:
    """Return that a sentence under `ignores` is heard."""
    return _problem("E705", at, f"{frame}, ignores: {what}")


def step_never_reached(at: Spot, step: str) -> Problem:
    """Return that no conversation comes to a step."""
    return _problem("W707", at, "no conversation comes here", "add one that does, or delete the step", step)


def button_never_tapped(at: Spot, step: str, choice: str) -> Problem:
    """Return that no conversation taps a button."""
    return _problem("W708", at, f"no conversation taps '{choice}'", "add one that does", step)


def _problem(code: str, at: Spot, message: str, hint: str = "", step: str = "") -> Problem:
    return Problem(code, at[0], at[1], 1, step, message, hint, severity_of(code))
