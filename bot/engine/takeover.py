"""While a person has her case: flows are silent but not deaf, and a long wait is said honestly."""

from __future__ import annotations

from msgspec.structs import replace

from bot.engine.bubbles import column, own
from bot.engine.onward import WITH_PERSON
from bot.engine.play import Play
from bot.model.effects import ClearTimer, Lane, SetTimer, SheSays, Signal
from bot.model.levels import Level

NAME = "no_answer"


def wanted_again(play: Play) -> None:
    """She asked for no more messages, and now wants a person after all."""
    level = play.desk.case_level or Level.P4
    play.emit(Signal(level, "wants_to_talk", ("tap.again",), "tap", consented=True))
    play.say(own("person.again"), rows=column("help"))


def noticed(play: Play, *, tell: bool = False, words: str = "taken_over") -> None:
    """She wrote to the person who has her case: start the clock, and say once (or when asked) that the bot is quiet."""
    if play.desk.case_state != "withdrawn":  # then no answer can come before she wants one again
        _wait(play)
    if tell or not play.chat.told_silent:
        quiet(play, words if tell else "taken_over")


def quiet(play: Play, words: str = "taken_over") -> None:
    """Say that a person has her case, with what she can do about it."""
    play.chat = replace(play.chat, told_silent=True)
    if play.desk.case_state == "withdrawn":
        play.say(own("status.withdrawn"), rows=column("person", "help"))
        return
    play.say(own(words), rows=column("hours", *WITH_PERSON))


def _wait(play: Play) -> None:
    """The clock runs from her first message without an answer; later ones do not put it off."""
    play.chat = replace(play.chat, answered=False)
    if play.chat.waits_since is None:
        wait = play.campaign.clocks.no_answer[play.desk.case_level or Level.P2]
        play.chat = replace(play.chat, waits_since=play.event.at)
        play.emit(SetTimer(NAME, play.event.at + wait))


def rang(play: Play) -> None:
    """Nobody answered her in time: say so, with numbers, and alert again. Her next message starts the clock again."""
    if play.chat.waits_since is None or not play.desk.case_claimed:
        return
    play.chat = replace(play.chat, waits_since=None)
    play.lane = Lane.CRISIS
    play.emit(SheSays("no_answer"))
    play.say(own("no_answer"), rows=column("help", "other_helper"))


def answered(play: Play) -> None:
    """She has an answer, or nobody owes her one any more."""
    if play.chat.waits_since is not None:
        play.emit(ClearTimer(NAME))
        play.chat = replace(play.chat, waits_since=None)


def let_go(play: Play) -> None:
    """The case is no longer with a person: the next one who takes it is told of afresh."""
    answered(play)
    if play.chat.answered:
        play.chat = replace(play.chat, answered=False)
    if play.chat.told_silent:
        play.chat = replace(play.chat, told_silent=False)
