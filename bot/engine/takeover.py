"""While a person has her case: flows are silent but not deaf, and a long wait is said honestly."""

from __future__ import annotations

from dataclasses import replace

from bot.engine.bubbles import column, own
from bot.engine.play import Play
from bot.model.effects import ClearTimer, Lane, SetTimer
from bot.model.levels import Level

NAME = "no_answer"


def noticed(play: Play, *, tell: bool = False) -> None:
    """She wrote to the person who has her case: start the clock, and say once (or when asked) that the bot is quiet."""
    _wait(play)
    if tell or not play.chat.told_silent:
        play.chat = replace(play.chat, told_silent=True)
        play.say(own("taken_over"), rows=column("help"))


def _wait(play: Play) -> None:
    """The clock runs from her first message without an answer; later ones do not put it off."""
    if play.chat.waits_since is None:
        wait = play.campaign.clocks.no_answer[play.desk.case_level or Level.P2]
        play.chat = replace(play.chat, waits_since=play.event.at)
        play.emit(SetTimer(NAME, play.event.at + wait))


def rang(play: Play) -> None:
    """Nobody answered her in time: say so, with numbers. Her next message starts the clock again."""
    if play.chat.waits_since is None or not play.desk.case_claimed:
        return
    play.chat = replace(play.chat, waits_since=None)
    play.lane = Lane.CRISIS
    play.say(own("no_answer"), rows=column("help"))


def answered(play: Play) -> None:
    """She has an answer, or nobody owes her one any more."""
    if play.chat.waits_since is not None:
        play.emit(ClearTimer(NAME))
        play.chat = replace(play.chat, waits_since=None)


def let_go(play: Play) -> None:
    """The case is no longer with a person: the next one who takes it is told of afresh."""
    answered(play)
    if play.chat.told_silent:
        play.chat = replace(play.chat, told_silent=False)
