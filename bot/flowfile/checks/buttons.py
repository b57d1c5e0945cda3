"""E403, W405: a button's name fits into Telegram's 64 bytes, and a question has no more buttons than one can look over."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.checks.look import Look
from bot.flowfile.draft import FlowDraft
from bot.flowfile.problem import Problem
from bot.model.flow import MOST_BUTTONS, Ask, Quiz

DATA_BYTES = 64
NONCE = "AAAAAA."
"""Six letters and a dot stand before the choice in what a button carries."""


def check(look: Look) -> Iterator[Problem]:
    """Return a problem for each question whose buttons cannot work or are too many."""
    for name, step in look.flow.flow.steps.items():
        if isinstance(step, Ask | Quiz):
            field = "buttons" if isinstance(step, Ask) else "answers"
            yield from _buttons(look.flow, ("steps", name, field), [choice.id for choice in step.choices])
            if look.flow.flow.talk and len(step.choices) == MOST_BUTTONS:
                message = "leaves no room for the last button, 'I want to talk to someone'"
                yield look.flow.problem("W405", ("steps", name, field), message, f"at most {MOST_BUTTONS - 1} here")


def _buttons(flow: FlowDraft, at: tuple[str, str, str], ids: list[str]) -> Iterator[Problem]:
    for choice in ids:
        if len(NONCE) + len(choice) > DATA_BYTES:
            message = f"the name '{choice[:30]}…' is too long"
            yield flow.problem("E403", (*at, choice), message, "at most 57 letters")
    if len(ids) > MOST_BUTTONS:
        hint = "ask twice, with 'Something else' as the last button"
        yield flow.problem("W405", at, f"has {len(ids)} buttons, {MOST_BUTTONS} can be looked over", hint)
    if len(set(ids)) < len(ids):
        for choice in sorted({choice for choice in ids if ids.count(choice) > 1}):
            message = f"the button '{choice}' stands twice, once from the menu"
            yield flow.problem("E113", (*at, choice), message, "rename the written one")
