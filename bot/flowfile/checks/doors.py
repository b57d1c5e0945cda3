"""E208, E312, W313: what always works leads somewhere, and help leads to a person by taps alone."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flowfile.draft import Draft, FlowDraft
from bot.flowfile.findings import did_you_mean, problem_at
from bot.flowfile.problem import Problem
from bot.model.flow import Ask, Handoff, RunFlow
from bot.model.levels import CATEGORIES

NEEDED = ("start", "help")


def check(draft: Draft) -> Iterator[Problem]:
    """Return a problem for each door without a flow, and for help that cannot be had."""
    settings = draft.settings
    for door, name in settings.doors.items():
        if name not in draft.flows:
            message = f"the door '{door}' opens the flow '{name[:60]}', which does not exist"
            yield problem_at(settings.document, "E208", ("doors", door), message, did_you_mean(name, draft.flows))
    for door in (door for door in NEEDED if door not in settings.doors):
        message = f"there is no door '{door}'"
        yield problem_at(settings.document, "E312", ("doors",), message, f"add under 'doors': {door}: a_flow")
    yield from _help_words(draft)
    yield from _hits(draft)
    yield from _to_a_person(draft)


def _help_words(draft: Draft) -> Iterator[Problem]:
    """Whatever is asked, the help word of her language is heard first."""
    heard = {file.language for file in draft.words if file.lists.get("help")}
    for language in (
        language for language in draft.settings.languages if language not in heard and "_" not in language
    ):
        message = f"no word means help in '{language}'"
        hint = f"add to flows/words/{language}.yaml: lists: {{help: [help]}}"
        yield problem_at(draft.settings.document, "E312", ("languages",), message, hint)


def _hits(draft: Draft) -> Iterator[Problem]:
    answered = {hit for flow in draft.flows.values() for hit in flow.flow.starts.hits}
    left = [category for category in CATEGORIES if category not in answered]
    if left and "hit" not in draft.settings.doors:
        message = f"nothing answers a worrying message about {', '.join(left[:3])}"
        hint = "add under 'doors': hit: a_flow, or 'starts: {hits: […]}' to a flow"
        yield problem_at(draft.settings.document, "E312", ("doors",), message, hint)


def _to_a_person(draft: Draft) -> Iterator[Problem]:
    name = draft.settings.doors.get("help", "")
    flow = draft.flows.get(name)
    if flow is not None and not flow.broken and not any(_offers(draft.flows[f]) for f in _led_to(draft, name)):
        hint = "add a 'handoff', or buttons with 'signals'"
        yield flow.problem("W313", ("flow",), "no tap leads from here to a person", hint)


def _led_to(draft: Draft, start: str) -> set[str]:
    """Return the flows one gets to by going or running."""
    seen: set[str] = set()
    todo = [start]
    while todo:
        if (here := todo.pop()) not in seen and here in draft.flows:
            seen.add(here)
            todo.extend(_others(draft.flows[here]))
    return seen


def _others(flow: FlowDraft) -> Iterator[str]:
    for targets in flow.ways.values():
        yield from (to[1:] for to in targets if to.startswith("@"))
    yield from (step.flow for step in flow.flow.steps.values() if isinstance(step, RunFlow))


def _offers(flow: FlowDraft) -> bool:
    steps = flow.flow.steps.values()
    return any(isinstance(s, Handoff) or (isinstance(s, Ask) and any(c.signal for c in s.choices)) for s in steps)
