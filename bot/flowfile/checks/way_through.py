"""W203, E204, E214: every step can be reached, no step falls off the end, and nothing goes round without asking her."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.draft import Draft, FlowDraft
from bot.flowfile.problem import Problem
from bot.flowfile.ways import Node, circles, reached, waits, ways
from bot.model.flow import Flow, RunFlow


def check(draft: Draft) -> Iterator[Problem]:
    """Return problems of the way through each flow; a flow with broken steps is left until they are mended."""
    whole = {name: flow for name, flow in draft.flows.items() if not flow.broken and flow.flow.steps}
    edges = {name: ways(flow.flow) for name, flow in whole.items()}
    for name, flow in whole.items():
        yield from _one_flow(flow, edges[name])
    flows = {name: flow.flow for name, flow in whole.items()}
    for circle in circles(_without_questions(flows, edges)):
        where, step = circle[0]
        names = " → ".join(name for _, name in (*circle, circle[0]))
        at = ("steps", step)
        yield whole[where].problem("E214", at, f"goes round without a question: {names}", "put an 'ask' in between")


def _one_flow(flow: FlowDraft, edges: dict[str, list[str]]) -> Iterator[Problem]:
    start = next(iter(edges))
    seen = reached([start, *flow.flow.moved.values()], edges)
    for name in edges:
        at = ("steps", name)
        if name not in seen:
            yield flow.problem("W203", at, "no way leads here", f"let a step go to '{name}', or delete it")
        if "" in edges[name]:
            yield flow.problem("E204", at, "the flow runs off its end here", "add 'end: done', or 'go: a_step'")


def _without_questions(flows: dict[str, Flow], edges: dict[str, dict[str, list[str]]]) -> dict[Node, list[Node]]:
    """Return where one can get without being asked anything, across flows."""
    found: dict[Node, list[Node]] = {}
    for name, flow in flows.items():
        for step_id, step in flow.steps.items():
            if not waits(step):
                ahead = _runs(flows, step) if isinstance(step, RunFlow) else []
                found[name, step_id] = [*ahead, *_ahead(flows, name, edges[name][step_id], step)]
    return {node: [to for to in ahead if to in found] for node, ahead in found.items()}


def _ahead(flows: dict[str, Flow], flow: str, targets: list[str], step: object) -> Iterator[Node]:
    if isinstance(step, RunFlow) and (inner := flows.get(step.flow)) and any(waits(s) for s in inner.steps.values()):
        return  # she is asked something on the way
    for to in targets:
        if to.startswith("@"):
            other = flows.get(to[1:])
            yield from ((to[1:], first) for first in list(other.steps)[:1]) if other else ()
        else:
            yield flow, to


def _runs(flows: dict[str, Flow], step: RunFlow) -> list[Node]:
    inner = flows.get(step.flow)
    return [(step.flow, next(iter(inner.steps)))] if inner and inner.steps else []
