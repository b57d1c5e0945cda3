"""What the desk answers when something cannot be done: each a plain sentence, fit to be shown to a moderator."""

from __future__ import annotations

from datetime import timedelta

from bot.model.words import Value
from bot.texts import mark


class DeskError(Exception):
    """Something at the desk could not be done; the sentence says what to do next.

    It is a whole sentence in quotes, so that translators get it; what changes in it is a `{name}`, with its value beside:
    `NotPossible("The case is {level} already.", level=case.level)`.
    """

    def __init__(self, sentence: str, **values: Value) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.values = values

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.sentence.format_map(self.values) if self.values else self.sentence


class NotYours(DeskError):
    """Not hers to see, or not there at all: the answer is the same."""

    def __init__(self) -> None:
        super().__init__(mark("There is no such case for you. It may be closed, or with a colleague."))


class Taken(DeskError):
    """Somebody was faster."""

    def __init__(self) -> None:
        super().__init__(mark("A colleague has just taken this case. Please take another one."))


class KeptForOther(DeskError):
    """It waits for a colleague who is there, for a little while."""

    def __init__(self, left: timedelta) -> None:
        minutes = max(1, -(-int(left.total_seconds()) // 60))
        super().__init__(
            mark("This case waits for a colleague for {minutes} more minutes. Then it is for everybody."),
            minutes=minutes,
        )


class SheWroteFirst(DeskError):
    """Her newer message came before the reply went out; the words are kept as a draft."""

    def __init__(self) -> None:
        super().__init__(
            mark("She wrote again before you sent this. Your words are kept. Read hers, then send or change yours.")
        )


class WaitsForHer(DeskError):
    """She wants to be written to only when she has written; the words are kept as a draft."""

    def __init__(self) -> None:
        super().__init__(
            mark("She asked us to write only after she has written. Your words are kept: send them when she writes.")
        )


class TooLate(DeskError):
    """A reply cannot be taken back any more."""

    def __init__(self) -> None:
        super().__init__(mark("This reply has gone out already. You can write another one."))


class NotPossible(DeskError):
    """It cannot be done as asked; the sentence says why."""


JUST_CHANGED = mark("This has just changed. Please look at it again.")
"""What stood on her page when she pressed is not so any more."""


class NeedsTick(NotPossible):
    """It can be done once the person says that she means it: `tick` is the box she has to tick."""

    def __init__(self, tick: str, sentence: str, **values: Value) -> None:
        super().__init__(sentence, **values)
        self.tick = tick
