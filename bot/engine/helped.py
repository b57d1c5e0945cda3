"""At the end she is asked whether it helped: one tap, no words needed, and "not now" is an answer too."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bot.engine.bubbles import column, own
from bot.engine.onward import CHOOSE, WITH_PERSON
from bot.engine.play import Play
from bot.model.case import HELPED
from bot.model.effects import SheSays

BUTTONS = tuple(f"helped_{code}" for code in HELPED)

ASKED_AFTER = frozenset({"real", "unclear"})
"""Outcomes after which she is asked: nobody asks a tester or a joker whether it helped."""


def answered(play: Play, code: str) -> None:
    """Keep her answer with the case that was closed, and leave the choice to her."""
    play.emit(SheSays("helped", code=code))
    names = WITH_PERSON if play.desk.case_claimed else ("help", *CHOOSE) if code == "no" else CHOOSE
    play.say(own(f"helped.{code}"), rows=column(*names))


LASTING: dict[str, Callable[[Play], None]] = {f"helped_{code}": partial(answered, code=code) for code in HELPED}
"""What her buttons about it do."""
