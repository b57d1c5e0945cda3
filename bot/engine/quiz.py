"""`quiz`: a question with a right answer, kind words for each, perhaps a star. Left out while she is careful."""

from __future__ import annotations

from bot.engine import ask
from bot.engine.expressions import number
from bot.engine.places import WAIT
from bot.engine.play import Play
from bot.engine.values import fill, read, remember
from bot.model.flow import Choice, Flow, Quiz


def play(now: Play, flow: Flow, step: Quiz) -> str | None:
    """Ask and wait; after a worrying message there is no quiz."""
    if now.chat.careful is not None:
        return None
    ask.show(now, flow, step)
    return WAIT


def answered(now: Play, flow: Flow, step: Quiz, choice: Choice) -> None:
    """Say the kind words for her answer, and count a star for the right one."""
    words = step.feedback.get(choice.id)
    if words is not None:
        now.say(fill(now, flow, words))
    if step.score and choice.id == step.correct and now.chat.careful is None:
        stars = number(read(now, flow, step.score)) or 0
        remember(now, flow, step.score, stars + 1)
