"""Menus: an ask with `menu: NAME` gets one button for every flow that says `starts: {menu: NAME}`, then its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.flowfile.draft import FlowDraft
from bot.model.flow import Ask, Choice, Step


def fill_menus(flows: Mapping[str, FlowDraft]) -> dict[str, FlowDraft]:
    """Return the flows with their menus' buttons, in the order of the flows' files."""
    return {name: _filled(draft, flows) if draft.menus else draft for name, draft in flows.items()}


def _filled(draft: FlowDraft, flows: Mapping[str, FlowDraft]) -> FlowDraft:
    steps: dict[str, Step] = dict(draft.flow.steps)
    for use in draft.menus:
        name = str(use.path[1])
        step = steps.get(name)
        if isinstance(step, Ask):
            steps[name] = replace(step, choices=(*stories(use.name, flows), *step.choices))
    return replace(draft, flow=replace(draft.flow, steps=steps))


def stories(menu: str, flows: Mapping[str, FlowDraft]) -> tuple[Choice, ...]:
    """Return one choice a flow that stands in this menu."""
    found = [draft.flow for draft in flows.values() if draft.flow.starts.menu == menu]
    return tuple(Choice(flow.id, flow.title, f"@{flow.id}") for flow in found)
