"""E319: what a button names in `about` has help words, or she would read the general ones by mistake."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.draft import Draft, FlowDraft
from bot.flowfile.findings import did_you_mean
from bot.flowfile.problem import Problem
from bot.model.flow import Ask


def check(draft: Draft) -> Iterator[Problem]:
    """Return a problem for each button whose situation no flow answers."""
    answered = {hit for flow in draft.flows.values() for hit in flow.flow.starts.hits}
    for flow in draft.flows.values():
        for step, choice, told in _told(flow):
            if told not in answered:
                at = ("steps", step, "signals", choice, "about")
                hint = did_you_mean(told, answered) or f"give a flow 'starts: {{hits: [{told}]}}'"
                yield flow.problem("E319", at, f"no flow has help words for '{told}'", hint)


def _told(flow: FlowDraft) -> Iterator[tuple[str, str, str]]:
    for step in flow.flow.steps.values():
        for choice in step.choices if isinstance(step, Ask) else ():
            if choice.signal is not None and choice.signal.about:
                yield step.id, choice.id, f"{choice.signal.category}.{choice.signal.about}"
