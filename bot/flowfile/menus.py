"""Menus: an ask with `menu: NAME` gets one button for every flow that says `starts: {menu: NAME}`, then its own.
A `run: {one_of: [NAME]}` chooses among the same flows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.flowfile.draft import FlowDraft
from bot.model.flow import Ask, Choice, RunFlow, Step


def fill_menus(flows: Mapping[str, FlowDraft]) -> dict[str, FlowDraft]:
    """Return the flows with their menus' buttons, in the order of the flows' files."""
    return {name: _filled(draft, flows) if draft.menus else draft for name, draft in flows.items()}


def _filled(draft: FlowDraft, flows: Mapping[str, FlowDraft]) -> FlowDraft:
    """Return the flow with its menus; the same value again while the same stories stand in them."""
    held = tuple(stories(use.name, flows) for use in draft.menus)
    filled: FlowDraft = draft.once("menus", held, lambda: _with(draft, held))
    return filled


def _with(draft: FlowDraft, held: tuple[tuple[Choice, ...], ...]) -> FlowDraft:
    steps: dict[str, Step] = dict(draft.flow.steps)
    for use, choices in zip(draft.menus, held, strict=True):
        name = str(use.path[1])
        step = steps.get(name)
        if isinstance(step, Ask):
            steps[name] = replace(step, choices=(*choices, *step.choices))
        elif isinstance(step, RunFlow):
            steps[name] = replace(step, stories=(*step.stories, *(choice.id for choice in choices)))
    return replace(draft, flow=replace(draft.flow, steps=steps), known={})


def stories(menu: str, flows: Mapping[str, FlowDraft]) -> tuple[Choice, ...]:
    """Return one choice a flow that stands in this menu."""
    found = [draft.flow for draft in flows.values() if draft.flow.starts.menu == menu]
    return tuple(Choice(flow.id, flow.title, f"@{flow.id}") for flow in found)
