"""W226: behind a button that counts like a worrying message the help words take over, and what was to follow is not said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.flowfile.checks.look import Look
from bot.flowfile.problem import Problem
from bot.flowfile.ways import END, reached, ways
from bot.model.flow import Ask, Choice, Flow, Handoff, Pick, Say

SPEAKS = (Say, Ask, Handoff, Pick)
HINT = "let the button go where the story goes on, and put these words into the help words (starts: {hits: …})"


def check(look: Look) -> Iterator[Problem]:
    """Return a warning for each step with words that only such buttons lead to."""
    flow = look.flow.flow
    if look.flow.broken or not flow.steps or not _never_comes_back(look):
        return
    targets = list(_behind(flow))
    if not targets:
        return
    seen = reached([next(iter(flow.steps)), *flow.moved.values()], _without_signals(flow))
    for name, step, choice in targets:
        if name not in seen and isinstance(flow.steps.get(name), SPEAKS):
            message = (
                f"is never seen: '{choice}' at '{step}' counts like a worrying message, so help words come instead"
            )
            yield look.flow.problem("W226", ("steps", name), message, HINT)


def _never_comes_back(look: Look) -> bool:
    """She is not led back into a flow that is sensitive, answers pleas, or stands behind a door."""
    flow = look.flow.flow
    return flow.sensitive or bool(flow.starts.hits) or flow.id in {name for _, name in look.around.opens}


def _takes_over(flow: Flow, choice: Choice) -> bool:
    """A tap within the very help words for it lets them go on."""
    return choice.signal is not None and choice.signal.category not in flow.starts.categories


def _behind(flow: Flow) -> Iterator[tuple[str, str, str]]:
    """Return where such buttons lead, with their step and id."""
    below = dict(zip(flow.steps, [*list(flow.steps)[1:], END], strict=True))
    for name, step in flow.steps.items():
        for choice in step.choices if isinstance(step, Ask) else ():
            if _takes_over(flow, choice):
                yield choice.to or (END if step.end else step.go or below[name]), name, choice.id


def _without_signals(flow: Flow) -> dict[str, list[str]]:
    """Return the ways of the flow without those behind such buttons."""
    edges = ways(flow)
    for name, step in flow.steps.items():
        if isinstance(step, Ask) and any(_takes_over(flow, choice) for choice in step.choices):
            left = tuple(choice for choice in step.choices if not _takes_over(flow, choice))
            only_typed = [step.not_understood] if step.not_understood else []
            edges[name] = (
                ways(replace(flow, steps={**flow.steps, name: replace(step, choices=left)}))[name]
                if left
                else only_typed
            )
    return edges
