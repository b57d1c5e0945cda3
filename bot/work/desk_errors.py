"""What the desk answers when something cannot be done: each a plain sentence, fit to be shown to a moderator."""

from __future__ import annotations


class DeskError(Exception):
    """Something at the desk could not be done; the message says what to do next."""


class NotYours(DeskError):
    """Not hers to see, or not there at all: the answer is the same."""

    def __init__(self) -> None:
        super().__init__("There is no such case for you. It may be closed, or with a colleague.")


class Taken(DeskError):
    """Somebody was faster."""

    def __init__(self) -> None:
        super().__init__("A colleague has just taken this case. Please take another one.")


class SheWroteFirst(DeskError):
    """Her newer message came before the reply went out; the words are kept as a draft."""

    def __init__(self) -> None:
        super().__init__(
            "She wrote again before you sent this. Your words are kept. Read hers, then send or change yours."
        )


class TooLate(DeskError):
    """A reply cannot be taken back any more."""

    def __init__(self) -> None:
        super().__init__("This reply has gone out already. You can write another one.")


class NotPossible(DeskError):
    """It cannot be done as asked; the sentence says why."""
