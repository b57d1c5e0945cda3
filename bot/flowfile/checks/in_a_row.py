"""W407: at most three messages come in a row; what is more is joined into one long one."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.checks.look import Look
from bot.flowfile.draft import FlowDraft
from bot.flowfile.problem import Problem
from bot.model.flow import Ask, Handoff, Pick, Quiz, Say

MOST = 3
SPEAKS = (Say, Ask, Quiz, Handoff, Pick)


def check(look: Look) -> Iterator[Problem]:
    """Return a warning for each step that is a fourth message since she last tapped."""
    flow = look.flow
    if flow.broken or not flow.flow.steps:
        return
    for name in sorted(_fourth(flow), key=list(flow.flow.steps).index):
        hint = "put an 'ask' with a button like 'Go on' before it, or make two texts one"
        message = f"comes as message number {MOST + 1} without a tap of hers in between"
        yield flow.problem("W407", ("steps", name), message, hint)


def _fourth(flow: FlowDraft) -> set[str]:
    """Return the steps that can be the fourth message in a row."""
    found: set[str] = set()
    seen: set[tuple[str, int]] = set()
    todo = list(_beginnings(flow))
    while todo:
        name, said = here = todo.pop()
        if here in seen or name not in flow.flow.steps:
            continue
        seen.add(here)
        step = flow.flow.steps[name]
        said += isinstance(step, SPEAKS)
        if said > MOST:
            found.add(name)
        elif not isinstance(step, Ask | Quiz):
            todo += [(to, said) for to in flow.ways[name]]
    return found


def _beginnings(flow: FlowDraft) -> Iterator[tuple[str, int]]:
    """Return where she goes on after a tap, with how many messages the tap itself brings (a quiz answers)."""
    yield next(iter(flow.flow.steps)), 0
    for name, step in flow.flow.steps.items():
        if isinstance(step, Ask | Quiz):
            brings = 1 if isinstance(step, Quiz) and step.feedback else 0
            yield from ((to, brings) for to in flow.ways[name])
