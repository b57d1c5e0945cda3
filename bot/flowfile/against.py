"""W220: questions that chats may wait at, held against the campaign as it would be: nobody is left at a step that is gone.

The questions come from an older version of the folder, or from the chats of a running bot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.flowfile.draft import FlowDraft
from bot.flowfile.findings import did_you_mean
from bot.flowfile.problem import Problem, severity_of
from bot.model.campaign import Campaign
from bot.model.flow import Ask, Quiz


@dataclass(frozen=True, slots=True)
class Place:
    """A question as somebody was asked it: where it stands and the ids of its buttons."""

    flow: str
    step: str
    choices: tuple[str, ...]


def questions(campaign: Campaign) -> dict[Place, int]:
    """Return every question of a campaign; how many chats wait there is not known (0)."""
    return {
        Place(flow.id, step.id, tuple(choice.id for choice in step.choices)): 0
        for flow in campaign.flows.values()
        for step in flow.steps.values()
        if isinstance(step, Ask | Quiz)
    }


def left_behind(places: Mapping[Place, int], flows: Mapping[str, FlowDraft]) -> Iterator[Problem]:
    """Return a warning for each question that is gone or has other buttons, and has not moved."""
    for place, waiting in places.items():
        flow = flows.get(place.flow)
        if flow is None:
            message = f"the flow '{place.flow}' is gone{_told(waiting)}"
            hint = "chats there end up in the menu; rename it back, or take it out when nobody is in it"
            yield Problem("W220", "flows", 1, 1, place.step, message, hint, severity_of("W220"))
        elif not flow.broken and not _stands(flow, place):
            yield _gone(flow, place, waiting)


def _stands(flow: FlowDraft, place: Place) -> bool:
    """Return whether the engine would follow her there, as it decides when she answers."""
    steps = flow.flow.steps
    step = steps.get(place.step) or steps.get(flow.flow.moved.get(place.step, ""))
    return isinstance(step, Ask | Quiz) and tuple(choice.id for choice in step.choices) == place.choices


def _gone(flow: FlowDraft, place: Place, waiting: int) -> Problem:
    steps = flow.flow.steps
    if place.step in steps or place.step in flow.flow.moved:
        hint = "they see the question anew; write a new step when it asks something else"
        return flow.problem("W220", ("steps", place.step), f"the buttons have changed{_told(waiting)}", hint)
    like = [name for name, step in steps.items() if isinstance(step, Ask | Quiz)]
    hint = f"add moved: {{{place.step}: a_step}}, {did_you_mean(place.step, like)}"
    message = f"the question '{place.step}' is gone{_told(waiting)}: they go to the checkpoint"
    return flow.problem("W220", ("moved",) if flow.flow.moved else ("steps",), message, hint)


def _told(waiting: int) -> str:
    return f", and {waiting} {'chat waits' if waiting == 1 else 'chats wait'} there" if waiting else ""
