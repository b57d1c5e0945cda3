"""E301, E302, E303: a sensitive flow asks first, can be left at once, and knows somebody who helps."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.checks.look import Look
from bot.flowfile.draft import FlowDraft
from bot.flowfile.problem import Problem
from bot.flowfile.ways import reached
from bot.model.flow import Ask, Decide, Handoff, Quiz, Set, Step


def check(look: Look) -> Iterator[Problem]:
    """Return a problem for each sensitive flow without gate, exit or helpline."""
    flow = look.flow
    if flow.flow.sensitive and not flow.broken and flow.flow.steps:
        yield from _gate(flow)
        yield from _helpline(flow)


def _gate(flow: FlowDraft) -> Iterator[Problem]:
    steps = flow.flow.steps
    first = next((name for name, step in steps.items() if not isinstance(step, Decide | Set)), "")
    gate = steps.get(first)
    at = ("steps", first)
    if not isinstance(gate, Ask):
        yield flow.problem("E301", at, "a sensitive flow asks first", "begin with: ask: Is this a good time for you?")
    elif not any(_leaves(flow, choice.to) for choice in gate.choices):
        hint = "add a button like 'later: Not now -> bye', where 'bye' ends the flow"
        yield flow.problem("E302", at, "no button leads out of the flow", hint)


def _leaves(flow: FlowDraft, to: str | None) -> bool:
    """Return whether this way comes to the end without another question."""
    if to is None:
        return False
    silent = {name: ahead for name, ahead in flow.ways.items() if not isinstance(flow.flow.steps[name], Ask | Quiz)}
    return any(name == "done" or name.startswith("@") for name in reached([to], silent))


def _helpline(flow: FlowDraft) -> Iterator[Problem]:
    if any("{helpline}" in spot.words.source for spot in flow.spots):
        return
    if not any(_hands_off(step) for step in flow.flow.steps.values()):
        hint = "put {helpline} into a text, or add a 'handoff'"
        yield flow.problem("E303", ("flow",), "a sensitive flow shows a helpline", hint)


def _hands_off(step: Step) -> bool:
    return isinstance(step, Handoff)
