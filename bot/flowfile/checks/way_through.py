"""W203, E204, E214: every step can be reached, no step falls off the end, and nothing goes round without asking her."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.flowfile.checks.look import Look
from bot.flowfile.draft import Draft, FlowDraft
from bot.flowfile.problem import Problem
from bot.flowfile.ways import Node, circles, reached, waits
from bot.model.flow import RunFlow, Step

Silent = dict[str, list[str]]
"""Per step that does not wait: where it goes on without her. `@flow` is another flow, begun."""


def check(look: Look) -> Iterator[Problem]:
    """Return problems of the way through a flow; one with broken steps is left until they are mended."""
    flow = look.flow
    if flow.broken or not flow.flow.steps:
        return
    yield from _reached(flow)
    silent = _silent(flow, look.around.asking)
    inside = {step: [to for to in ahead if to in silent] for step, ahead in silent.items()}
    own: dict[Node, list[Node]] = {("", step): [("", to) for to in ahead] for step, ahead in inside.items()}
    for circle in circles(own):
        yield _round(flow, circle)


def across(draft: Draft) -> Iterator[Problem]:
    """Return a problem for each circle that goes through several flows and never asks."""
    asking = frozenset(name for name, flow in draft.flows.items() if flow.asks)
    whole = {name: flow for name, flow in draft.flows.items() if not flow.broken and flow.flow.steps}
    for circle in circles(_joined(_leading_on(whole, asking))):
        if len({flow for flow, _ in circle}) > 1:
            yield _round(whole[circle[0][0]], circle)


def _reached(flow: FlowDraft) -> Iterator[Problem]:
    edges = flow.ways
    seen = reached([next(iter(edges)), *flow.flow.moved.values()], edges)
    for name in edges:
        at = ("steps", name)
        if name not in seen:
            yield flow.problem("W203", at, "no way leads here", f"let a step go to '{name}', or delete it")
        if "" in edges[name]:
            yield flow.problem("E204", at, "the flow runs off its end here", "add 'end: done', or 'go: a_step'")


def _round(flow: FlowDraft, circle: list[Node]) -> Problem:
    names = " → ".join(name for _, name in (*circle, circle[0]))
    at = ("steps", circle[0][1])
    return flow.problem("E214", at, f"goes round without a question: {names}", "put an 'ask' in between")


def _silent(flow: FlowDraft, asking: frozenset[str]) -> Silent:
    steps = flow.flow.steps
    return {name: list(_ahead(step, flow.ways[name], asking)) for name, step in steps.items() if not waits(step)}


def _ahead(step: Step, ways: list[str], asking: frozenset[str]) -> Iterator[str]:
    if isinstance(step, RunFlow) and step.flow:
        yield f"@{step.flow}"
        if step.flow in asking:  # she is asked something before it comes back
            return
    yield from ways


def _leading_on(whole: Mapping[str, FlowDraft], asking: frozenset[str]) -> dict[str, Silent]:
    """Return the silent ways of flows that lead to others that lead on, too: only these can go round together."""
    silent = {name: _silent(flow, asking) for name, flow in whole.items() if flow.leads_out}
    while True:
        kept = {name: ahead for name, ahead in silent.items() if any(to[1:] in silent for to in _targets(ahead))}
        if len(kept) == len(silent):
            return {name: {step: _begun(to, whole) for step, to in ahead.items()} for name, ahead in kept.items()}
        silent = kept


def _targets(silent: Silent) -> Iterator[str]:
    for ahead in silent.values():
        yield from (to for to in ahead if to.startswith("@"))


def _begun(targets: list[str], whole: Mapping[str, FlowDraft]) -> list[str]:
    """Return targets with another flow's first step as `@flow/step`."""
    first = {to: next(iter(whole[to[1:]].flow.steps)) for to in targets if to.startswith("@") and to[1:] in whole}
    return [f"{to}/{first[to]}" if to in first else to for to in targets]


def _joined(flows: dict[str, Silent]) -> dict[Node, list[Node]]:
    nodes = {(name, step): ahead for name, silent in flows.items() for step, ahead in silent.items()}
    return {node: [to for to in (_node(node[0], to) for to in ahead) if to in nodes] for node, ahead in nodes.items()}


def _node(flow: str, target: str) -> Node:
    if target.startswith("@"):
        other, _, step = target[1:].partition("/")
        return other, step
    return flow, target
