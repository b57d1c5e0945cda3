"""E205, E206: a flow that is run exists, and no flow runs itself, not even through others."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.draft import Draft
from bot.flowfile.findings import did_you_mean
from bot.flowfile.problem import Problem
from bot.flowfile.ways import reached


def check(draft: Draft) -> Iterator[Problem]:
    """Return a problem for each `run` that cannot work."""
    runs = {name: [use.name for use in flow.runs] for name, flow in draft.flows.items()}
    for name, flow in draft.flows.items():
        for use in flow.runs:
            if use.name not in draft.flows:
                message = f"runs the flow '{use.name[:60]}', which does not exist"
                yield flow.problem("E206", use.path, message, did_you_mean(use.name, draft.flows))
            elif name in reached([use.name], runs):
                message = f"runs '{use.name}', which comes back to '{name}': they would run each other for ever"
                yield flow.problem("E205", use.path, message, f"use 'go: @{use.name}' if she shall not come back here")
