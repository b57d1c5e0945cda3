"""E609: two flows do not begin by the same word, link or category."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.draft import Draft, FlowDraft
from bot.flowfile.problem import Problem


def check(draft: Draft) -> Iterator[Problem]:
    """Return a problem for each flow that would never be chosen because another one is."""
    first: dict[tuple[str, str], str] = {}
    for name, flow in draft.flows.items():
        for kind, value in _keys(flow):
            other = first.setdefault((kind, value), name)
            if other != name:
                message = f"'{value}' starts the flow '{other}' already"
                yield flow.problem("E609", ("starts", kind), message, "one of them needs another")


def _keys(flow: FlowDraft) -> Iterator[tuple[str, str]]:
    starts = flow.flow.starts
    if starts.words:
        yield "words", starts.words
    if starts.link:
        yield "link", starts.link
    yield from (("hits", hit) for hit in starts.hits)
