"""E103, E206, E217: every step and flow that something leads to exists."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.checks.look import Look
from bot.flowfile.draft import FlowDraft
from bot.flowfile.findings import did_you_mean
from bot.flowfile.problem import Problem


def check(look: Look) -> Iterator[Problem]:
    """Return a problem for everything that leads nowhere."""
    yield from _jumps(look.flow, look.around.flows)
    yield from _moved(look.flow)


def _jumps(flow: FlowDraft, flows: frozenset[str]) -> Iterator[Problem]:
    for use in flow.jumps:
        if use.name.startswith("@"):
            other = use.name[1:]
            if other not in flows:
                message = f"goes to the flow '{other[:60]}', which does not exist"
                yield flow.problem("E206", use.path, message, did_you_mean(other, flows))
        elif use.name not in flow.step_ids and use.name != "done":
            message = f"goes to '{use.name[:60]}', which does not exist"
            yield flow.problem("E103", use.path, message, did_you_mean(use.name, [*flow.step_ids, "done"]))


def _moved(flow: FlowDraft) -> Iterator[Problem]:
    for old, new in flow.flow.moved.items():
        at = ("moved", old)
        if new not in flow.step_ids:
            message = f"'{old[:60]}' moved to '{new[:60]}', which does not exist"
            yield flow.problem("E217", at, message, did_you_mean(new, flow.step_ids))
        if old in flow.step_ids:
            yield flow.problem("E217", at, f"'{old[:60]}' has moved and is still there", "take it out of 'moved'")
