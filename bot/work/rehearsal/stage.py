"""The campaign as a rehearsal plays it: it notes which steps were played, and can say everything in English as well.

Both are done by what the turn reads, so that the turn itself is exactly the one that girls get.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot import detect
from bot.flowfile.conversation_model import StepName
from bot.model.campaign import Campaign, Catalogue
from bot.model.flow import Decide, Flow, RunFlow, Set, Step

SILENT = (Decide, RunFlow, Set)
"""Steps without words of their own."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A campaign with its ear: what `take_turn` runs on."""

    campaign: Campaign
    hearing: detect.Hearing


@dataclass(slots=True)
class Trace:
    """What one turn looked at: steps in order, and the contexts of flows' texts that were said."""

    steps: list[StepName] = field(default_factory=list)
    said: set[str] = field(default_factory=set)

    def clear(self) -> None:
        """Forget it before the next turn."""
        self.steps.clear()
        self.said.clear()


class _Steps(dict[str, Step]):
    """A flow's steps that note which of them is taken up."""

    def __init__(self, flow: Flow, trace: Trace) -> None:
        super().__init__(flow.steps)
        self._flow, self._trace = flow.id, trace

    def get(self, key: str, default: Any = None) -> Any:
        if key in self:
            self._trace.steps.append((self._flow, key))
        return super().get(key, default)


class _Said(dict[tuple[str, str], tuple[str, ...]]):
    """A catalogue of flows that notes which texts are looked up."""

    def __init__(self, catalogue: Catalogue, trace: Trace) -> None:
        super().__init__(catalogue)
        self._trace = trace

    def get(self, key: Any, default: Any = None) -> Any:
        self._trace.said.add(key[0])
        return super().get(key, default)


class _InEnglish(dict[str, Mapping[str, Catalogue]]):
    """Catalogues that say everything in English. Iterating gives the real ones: typed labels mean the same in both."""

    def get(self, _language: Any, _default: Any = None) -> Any:
        return super().get("en", {})


def watched(campaign: Campaign, trace: Trace) -> Campaign:
    """Return the same campaign, whose turns leave a trace."""
    flows = {name: replace(flow, steps=_Steps(flow, trace)) for name, flow in campaign.flows.items()}
    catalogues = {
        language: {**domains, "flows": _Said(domains.get("flows", {}), trace)}
        for language, domains in campaign.catalogues.items()
    }
    return replace(campaign, flows=flows, catalogues=catalogues)


def in_english(campaign: Campaign) -> Campaign:
    """Return the same campaign, which says everything in English whatever her language is."""
    return replace(campaign, catalogues=_InEnglish(campaign.catalogues))


def played(campaign: Campaign, trace: Trace, waiting: StepName | None) -> tuple[StepName, ...]:
    """Return the steps that one turn played, in order. `waiting`: the question that was open is only looked at first."""
    steps = list(trace.steps)
    while steps and steps[0] == waiting:
        steps.pop(0)
    return tuple(_once(s for s in steps if _was_played(campaign, s, trace)))


def _once(steps: Iterable[StepName]) -> Iterable[StepName]:
    last: StepName | None = None
    for step in steps:
        if step != last:
            yield step
        last = step


def _was_played(campaign: Campaign, name: StepName, trace: Trace) -> bool:
    """A step with `if` may have been skipped: then none of its texts was said."""
    step = campaign.flows[name[0]].steps[name[1]]
    return step.when is None or isinstance(step, SILENT) or any(c.startswith(f"{'/'.join(name)}.") for c in trace.said)
