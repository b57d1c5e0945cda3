"""The whole campaign as a picture: one box a flow, an arrow where one plays another."""

from __future__ import annotations

from collections.abc import Iterable

from bot.flowfile.draft import Draft, FlowDraft
from bot.flowfile.graph.picture import Node, Picture, Sketch
from bot.flowfile.graph.reading import Reading
from bot.flowfile.graph.starting import ways_in
from bot.flowfile.problem import Problem
from bot.flowfile.ways import ways
from bot.model.flow import RunFlow


def picture_of_campaign(campaign: Draft, problems: Iterable[Problem] = (), language: str = "") -> Picture:
    """Return the picture of all flows."""
    everything = tuple(problems)
    read, sketch = Reading(campaign, language), Sketch()
    for name, draft in campaign.flows.items():
        own = tuple(p for p in everything if p.file == draft.document.file)
        way_in = " · ".join(ways_in(campaign, draft.flow))
        sketch.add(Node(name, "flow", name, read(draft.flow.title), way_in, problems=own))
    for name, draft in campaign.flows.items():
        for played in _plays(draft):
            if played not in campaign.flows:
                sketch.add(Node(played, "missing", played))
            sketch.join(name, played)
    files = {draft.document.file for draft in campaign.flows.values()}
    return sketch.finished(campaign.settings.name or "Campaign", [p for p in everything if p.file not in files])


def _plays(draft: FlowDraft) -> list[str]:
    """Return the flows that this one plays, in the order of its steps."""
    targets = [target for leads in ways(draft.flow).values() for target in leads]
    runs = [step.flow for step in draft.flow.steps.values() if isinstance(step, RunFlow) and step.flow]
    return list(dict.fromkeys([*runs, *(target[1:] for target in targets if target.startswith("@"))]))
