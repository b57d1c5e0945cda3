"""E314, E315: from every step taps lead to help or out, and a help flow can be gone through without typing."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.checks.look import Look
from bot.flowfile.draft import FlowDraft
from bot.flowfile.problem import Problem
from bot.flowfile.ways import END, reached
from bot.model.flow import Ask, Handoff, Quiz


def check(look: Look) -> Iterator[Problem]:
    """Return a problem for each step that keeps her, and each question of a help flow that wants words."""
    flow = look.flow
    if flow.broken or not flow.flow.steps:
        return
    yield from _kept(flow)
    if look.helps:
        yield from _typing(flow)


def _kept(flow: FlowDraft) -> Iterator[Problem]:
    """Every end of a flow has the buttons Menu and Help under it, so an end is as good as help."""
    back: dict[str, list[str]] = {}
    for name, targets in flow.ways.items():
        for to in targets:
            back.setdefault(to, []).append(name)
    ends = [to for to in back if to in (END, "") or to.startswith("@")]
    free = reached([*ends, *_helping(flow)], back)
    for name, step in flow.flow.steps.items():
        if name not in free and isinstance(step, Ask | Quiz):
            hint = "add a button that leads to an end, to a {helpline}, or to a 'handoff'"
            yield flow.problem("E314", ("steps", name), "from here no tap leads to help or out", hint)


def _helping(flow: FlowDraft) -> Iterator[str]:
    yield from (spot.step for spot in flow.spots if "{helpline}" in spot.words.source)
    for name, step in flow.flow.steps.items():
        if isinstance(step, Handoff) or (isinstance(step, Ask) and any(choice.signal for choice in step.choices)):
            yield name


def _typing(flow: FlowDraft) -> Iterator[Problem]:
    menus = {str(use.path[1]) for use in flow.menus}
    for name, step in flow.flow.steps.items():
        if isinstance(step, Ask) and not step.choices and name not in menus:
            hint = "add 'buttons:': some cannot write, and some cannot be seen writing"
            yield flow.problem("E315", ("steps", name), "here only typed words lead on, in a help flow", hint)
