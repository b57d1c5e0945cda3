"""The campaign changed while she was away: which question is hers now. Never an error, never silence."""

from __future__ import annotations

from msgspec.structs import replace

from bot.engine.bubbles import own
from bot.engine.places import checkpoint
from bot.engine.play import Play
from bot.model.conversation import Prompt, Run
from bot.model.flow import Ask, Flow, Quiz, Step

Question = Ask | Quiz


def question(play: Play, prompt: Prompt) -> tuple[Flow, Question] | None:
    """Return the newest version of the question she was asked, if it still has the same buttons."""
    flow = play.campaign.flows.get(prompt.flow)
    if flow is None:
        return None
    step = flow.steps.get(prompt.step) or flow.steps.get(flow.moved.get(prompt.step, ""))
    if isinstance(step, Ask | Quiz) and tuple(choice.id for choice in step.choices) == prompt.choices:
        return flow, step
    return None


def follow_change(play: Play, prompt: Prompt) -> None:
    """Her question has changed: put her where it went, else at the flow's checkpoint, with a short sentence."""
    flow = play.campaign.flows.get(prompt.flow)
    below = play.chat.stack[:-1]
    play.say(own("moved"))
    stack = below if flow is None or not flow.steps else (*below, Run(flow.id, _went(flow, prompt.step).id))
    play.chat = replace(play.chat, stack=stack, prompt=None)


def _went(flow: Flow, step_id: str) -> Step:
    return flow.steps.get(step_id) or flow.steps.get(flow.moved.get(step_id, "")) or checkpoint(flow)
