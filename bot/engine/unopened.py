"""A moderator's reply that she does not open within a day goes again, with the neutral line that stood for it."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from bot.engine.play import Play
from bot.model.effects import ClearTimer, SetTimer, Unopened

NAME = "unopened:"
"""What the timer of a waiting reply begins with; the reply's id follows."""
LONGEST = timedelta(hours=24)


def wait(play: Play, reply: str) -> None:
    """From now on it waits for her."""
    play.emit(SetTimer(f"{NAME}{reply}", play.now + LONGEST))


def seen(play: Play, reply: str) -> None:
    """She has opened it."""
    play.emit(ClearTimer(f"{NAME}{reply}"))


def rang(play: Play, timer: str) -> None:
    """A day has passed. Nothing is said: a new message would be one more thing that somebody else may see."""
    reply = timer.removeprefix(NAME)
    play.chat = replace(play.chat, waiting=tuple(one for one in play.chat.waiting if one.id != reply))
    play.emit(Unopened(reply))


def take_all(play: Play) -> None:
    """She wants no more of it: what waits unopened goes at once."""
    for reply in play.chat.waiting:
        seen(play, reply.id)
        play.emit(Unopened(reply.id))
    play.chat = replace(play.chat, waiting=())
