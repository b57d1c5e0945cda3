"""E202, W215, E216: a question can be answered, and typed words are not lost."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.checks.look import Look
from bot.flowfile.draft import FlowDraft
from bot.flowfile.problem import Problem
from bot.model.flow import Ask


def check(look: Look) -> Iterator[Problem]:
    """Return a problem for each question nobody can answer."""
    for name, step in look.flow.flow.steps.items():
        if isinstance(step, Ask):
            yield from _ask(look.flow, ("steps", name), step)


def _ask(flow: FlowDraft, at: tuple[str, str], step: Ask) -> Iterator[Problem]:
    variable = flow.flow.remembers.get(step.save_as)
    takes_text = variable is not None and variable.kind in ("text", "number")
    has_menu = any(use.path[1] == at[1] for use in flow.menus)
    if not step.choices and not has_menu and not takes_text:
        hint = "add 'buttons:', or 'save_as:' with a name that is declared as text or number"
        yield flow.problem("E202", at, "the question has no answers", hint)
    if variable is not None and variable.kind == "number" and step.not_understood is None:
        hint = "add not_understood: {tries: 2, go: a_step}"
        yield flow.problem("W215", (*at, "save_as"), "does not say what happens when she types no number", hint)
    lists = [choice.typed for choice in step.choices if choice.typed]
    if lists and step.not_understood is None:
        hint = "add not_understood: {tries: 2, go: a_step}"
        yield flow.problem("W215", (*at, "typed"), "does not say what happens when the words fit no button", hint)
    for name in {name for name in lists if lists.count(name) > 1}:
        yield flow.problem("E216", (*at, "typed"), f"'{name}' stands at two buttons", "one list a button")
