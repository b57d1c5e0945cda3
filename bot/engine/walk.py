"""Running a flow: step after step until one waits for her, or the flow ends. Bounded, whatever staff wrote."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from bot.engine import ask, decide, handoff, pick, quiz, run, say
from bot.engine import set as remembering
from bot.engine.expressions import true
from bot.engine.places import DONE, WAIT, found, onward, start_of
from bot.engine.play import Play
from bot.engine.values import read
from bot.model.conversation import Run
from bot.model.flow import Ask, Decide, Flow, Handoff, Pick, Quiz, RunFlow, Say, Set, Step

MOST_STEPS = 100
MOST_RUNS = 12

KINDS: dict[type[Step], Callable[[Play, Flow, Any], str | None]] = {
    Say: say.play,
    Ask: ask.play,
    Quiz: quiz.play,
    Decide: decide.play,
    Set: remembering.play,
    RunFlow: run.play,
    Handoff: handoff.play,
    Pick: pick.play,
}
"""Each returns where to go: a target, None for the step's own way on, or WAIT."""


def walk(play: Play) -> bool:
    """Run on from where she stands. True: a step waits for her; False: nothing is left to run."""
    for _ in range(MOST_STEPS):
        place = here(play)
        if place is None:
            return False
        flow, step = place
        target = KINDS[type(step)](play, flow, step) if _wanted(play, flow, step) else None
        if target == WAIT:
            return True
        follow(play, flow, step, target)
    # A circle of steps that never asks: stop here rather than talk for ever.
    play.chat = replace(play.chat, stack=(), prompt=None)
    return False


def _wanted(play: Play, flow: Flow, step: Step) -> bool:
    return step.when is None or true(step.when, lambda name: read(play, flow, name))


def here(play: Play) -> tuple[Flow, Step] | None:
    """Return the flow and step she stands on, dropping runs whose flow is gone; None when the stack is empty."""
    while play.chat.stack:
        last = play.chat.stack[-1]
        if last.step.startswith("@"):
            _enter(play, last.step[1:], play.chat.stack[:-1])
            continue
        place = found(play.campaign, last.flow, last.step)
        if place is not None:
            return place
        play.chat = replace(play.chat, stack=play.chat.stack[:-1], prompt=None)
    return None


def follow(play: Play, flow: Flow, step: Step, target: str | None) -> None:
    """Move from a step to a target; None is the step's own way on."""
    below = play.chat.stack[:-1]
    way = onward(flow, step) if target is None else target
    if way == DONE:
        play.chat = replace(play.chat, stack=below, prompt=None)
    elif way.startswith("@"):
        back = onward(flow, step, past_go=target is None)
        _enter(play, way[1:], below if back == DONE else (*below, Run(flow.id, back)))
    else:
        play.chat = replace(play.chat, stack=(*below, Run(flow.id, way)), prompt=None)


def _enter(play: Play, flow_id: str, below: tuple[Run, ...]) -> None:
    """Begin a flow on top of others. One that runs already is not begun inside itself."""
    names = [run.flow for run in below]
    if flow_id in names and len(below) > MOST_RUNS // 2:
        below = below[: names.index(flow_id)]
    begun = start_of(play.campaign, flow_id)
    stack = below if begun is None else (*below, begun)
    play.chat = replace(play.chat, stack=stack[-MOST_RUNS:], prompt=None)
