"""E403, W405, W115: a button's name fits into Telegram's 64 bytes, a question has no more buttons than one can look over, and
no arrow was forgotten."""

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
            if isinstance(step, Ask):  # a quiz has answers that lead nowhere by themselves
                yield from _forgotten_arrows(look.flow, ("steps", name, field), step)
            if look.flow.flow.talk and len(step.choices) == MOST_BUTTONS:
                message = "leaves no room for the last button, 'I want to talk to someone'"
                yield look.flow.problem("W405", ("steps", name, field), message, f"at most {MOST_BUTTONS - 1} here")


def _forgotten_arrows(flow: FlowDraft, at: tuple[str, str, str], step: Ask) -> Iterator[Problem]:
    for choice in step.choices:
        label, _, last = choice.label.source.rpartition(" ")
        if choice.to is None and label and last in flow.step_ids:
            message = f"the button ends with the name of the step '{last}', and goes to the step below"
            yield flow.problem("W115", (*at, choice.id), message, f"did you mean: {choice.id}: {label} -> {last}")


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
