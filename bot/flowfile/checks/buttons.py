"""E403, W405: a button's name fits into Telegram's 64 bytes, and a question has no more buttons than one can look over."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.draft import Draft
from bot.flowfile.problem import Problem
from bot.model.flow import Ask, Quiz

DATA_BYTES = 64
NONCE = "AAAAAA."
"""Six letters and a dot stand before the choice in what a button carries."""
MOST = 8


def check(draft: Draft) -> Iterator[Problem]:
    """Return a problem for each question whose buttons cannot work or are too many."""
    for flow in draft.flows.values():
        for name, step in flow.flow.steps.items():
            if not isinstance(step, Ask | Quiz):
                continue
            at = ("steps", name)
            field = "buttons" if isinstance(step, Ask) else "answers"
            ids = [choice.id for choice in step.choices]
            for choice in ids:
                if len((NONCE + choice).encode()) > DATA_BYTES:
                    message = f"the name '{choice[:30]}…' is too long"
                    yield flow.problem("E403", (*at, field, choice), message, "at most 57 letters")
            if len(ids) > MOST:
                hint = "ask twice, with 'Something else' as the last button"
                yield flow.problem("W405", (*at, field), f"has {len(ids)} buttons, {MOST} can be looked over", hint)
            for choice in sorted({choice for choice in ids if ids.count(choice) > 1}):
                message = f"the button '{choice}' stands twice, once from the menu"
                yield flow.problem("E113", (*at, field, choice), message, "rename the written one")
