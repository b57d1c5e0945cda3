"""W126: what is kept of her is used for something."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bot.flowfile.checks.placeholders import names_in
from bot.flowfile.draft import Draft, FlowDraft
from bot.flowfile.expressions import names
from bot.flowfile.problem import Problem
from bot.model.flow import Decide, Expr, Pick, Set


def check(draft: Draft) -> Iterator[Problem]:
    """Return a warning for each declared answer that no flow ever reads. Answers are shared between flows."""
    read: set[str] = set()
    for flow in draft.flows.values():
        read |= flow.once("reads", None, partial(_read_by, flow))
    for flow in draft.flows.values():
        for name in flow.flow.remembers.keys() - read if not flow.broken else ():
            hint = "what is not needed is not kept: take it out, or use it in a text or a 'decide'"
            yield flow.problem("W126", ("remembers", name), f"nobody ever reads '{name}'", hint)


def _read_by(flow: FlowDraft) -> frozenset[str]:
    return frozenset(_names_of(flow))


def _names_of(flow: FlowDraft) -> Iterator[str]:
    for spot in flow.spots:
        yield from names_in(spot.words.source) | names_in(spot.words.plural or "")
        yield from (spot.words.count_of,) if spot.words.count_of else ()
    for step in flow.flow.steps.values():
        for tree in _expressions(step):
            yield from names(tree)
            yield from _asked_for(tree)
        if isinstance(step, Pick):
            yield step.save_as


def _expressions(step: object) -> Iterator[Expr]:
    when = getattr(step, "when", None)
    if when is not None:
        yield when
    if isinstance(step, Decide):
        yield from (condition for condition, _ in step.branches if condition is not None)
    elif isinstance(step, Set):
        yield from (tree for _, tree in step.values)


def _asked_for(tree: Expr) -> Iterator[str]:
    """Return the names an expression asks about with 'is set'."""
    if tree.op == "is_set":
        yield str(tree.value)
    for arg in tree.args:
        yield from _asked_for(arg)
