"""`quiz`: a question with a right answer, kind words for each, perhaps a star. Left out while she is careful.

Counted before a story (`counts`) it shows neither right nor wrong: she just goes on.
"""

from __future__ import annotations

from bot.engine import ask, progress
from bot.engine.expressions import number
from bot.engine.places import WAIT
from bot.engine.play import Play
from bot.engine.values import fill, read, remember
from bot.model.effects import CountAnswer
from bot.model.flow import Choice, Flow, Quiz


def play(now: Play, flow: Flow, step: Quiz) -> str | None:
    """Ask and wait; after a worrying message there is no quiz."""
    if now.chat.careful is not None:
        return None
    ask.show(now, flow, step)
    return WAIT


def answered(now: Play, flow: Flow, step: Quiz, choice: Choice) -> None:
    """Say the kind words for her answer, and count a star for the right one; before a story do neither."""
    _count(now, flow, step, choice)
    if step.counts is not None and step.counts.when == "before":
        return
    words = step.feedback.get(choice.id)
    if words is not None:
        now.say(fill(now, flow, words))
    if step.score and choice.id == step.correct and now.chat.careful is None:
        stars = number(read(now, flow, step.score)) or 0
        remember(now, flow, step.score, stars + 1)


def _count(now: Play, flow: Flow, step: Quiz, choice: Choice) -> None:
    """A count is no profile: it is the same for every age, and nothing in it leads back to her."""
    if step.counts is not None and step.counts.when == "after":
        progress.finish(now, flow)
    if step.counts is not None and now.chat.careful is None:
        right = choice.id == step.correct
        now.emit(CountAnswer(flow.id, step.counts.question, step.counts.when, choice.id, right))
