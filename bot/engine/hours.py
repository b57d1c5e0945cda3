"""When it is safe to write to her: she may say so, by buttons, and change it any time. Moderators' replies keep to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bot.engine import word
from bot.engine.bubbles import column, own
from bot.engine.onward import WITH_PERSON
from bot.engine.play import Play
from bot.model.case import SAFE_HOURS
from bot.model.effects import SheSays

BUTTONS = tuple(f"hours_{code}" for code in SAFE_HOURS)


def ask(play: Play) -> None:
    """Ask when it is safe to write to her."""
    if play.desk.case_open:
        question(play)
    else:
        word.no_case(play)


def question(play: Play) -> None:
    """Put the question, whatever the state of her case: a person asked it."""
    play.say(own("hours.ask"), rows=column(*BUTTONS))


def chosen(play: Play, code: str) -> None:
    """Keep what she chose with her case, and say honestly when it does not hold."""
    if not play.desk.case_open:
        word.no_case(play)
        return
    play.emit(SheSays("hours", code=code))
    play.say(own(f"hours.{code}"), own("hours.danger"), rows=column(*WITH_PERSON))


LASTING: dict[str, Callable[[Play], None]] = {
    "hours": ask,
    **{f"hours_{code}": partial(chosen, code=code) for code in SAFE_HOURS},
}
"""What her buttons about it do."""
