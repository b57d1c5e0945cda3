"""What comes when a flow runs out: back to what it interrupted, else the first flow for a stranger, else our menu."""

from __future__ import annotations

from msgspec.structs import replace

from bot.engine.bubbles import column, own
from bot.engine.edits import follow_change, question
from bot.engine.places import start_of
from bot.engine.play import Play
from bot.engine.values import forget_learning
from bot.engine.walk import walk
from bot.model.conversation import Run

CHOOSE = ("rest", "go_on", "else")
WITH_PERSON = ("help", "other_helper", "withdraw")
"""What she may choose while a person has her case: stories wait."""


def go(play: Play) -> None:
    """Run on from where she stands, and do not leave her with nothing at the end."""
    ended = play.chat.stack[:1]
    if not walk(play):
        forget_learning(play)
        _finish(play, ended[0].flow if ended else "")


def _finish(play: Play, ended: str) -> None:
    if play.desk.case_claimed:
        _leave_with(play, WITH_PERSON)
    elif play.chat.careful is not None:
        _leave_with(play, CHOOSE)
    elif play.chat.resume:
        play.chat = replace(play.chat, stack=play.chat.resume, resume=())
        show_again(play)
    elif is_stranger(play) and ended != play.campaign.doors.get("start"):
        begin(play)
    else:
        _leave_with(play, ("menu", "help"))


def _leave_with(play: Play, names: tuple[str, ...]) -> None:
    if not play.last_bubble_gets(column(*names)):
        words = ("careful.here", "careful.choose") if play.chat.careful else ("here",)
        play.say(*(own(key) for key in words), rows=column(*names))


def is_stranger(play: Play) -> bool:
    """Return whether she has not yet said yes or no to beginning."""
    return "opted_in" not in play.chat.profile


def adds_to_case(play: Play) -> bool:
    """Return whether what she writes is read by a person: then "I did not understand" would be wrong."""
    return play.desk.case_open and play.desk.case_shown


def begin(play: Play, then: Run | None = None) -> None:
    """Begin the first flow; `then` is where a link wanted to go."""
    first = start_of(play.campaign, play.campaign.doors.get("start", ""))
    if first is None:
        play.say(own("start"), rows=column("menu", "help"))
        return
    play.chat = replace(play.chat, stack=(first,), resume=(then,) if then else (), prompt=None)
    if not walk(play):
        forget_learning(play)
        _after_beginning(play)


def _after_beginning(play: Play) -> None:
    if play.chat.resume:
        play.chat = replace(play.chat, stack=play.chat.resume, resume=())
        go(play)
    else:
        _leave_with(play, ("menu", "help"))


def show_again(play: Play) -> None:
    """Show where she stands: the question that waits, in its newest version; what does not wait runs on."""
    prompt = play.chat.prompt
    if prompt is not None and question(play, prompt) is None:
        follow_change(play, prompt)
    go(play)


def present(play: Play) -> None:
    """Say where we are now, whatever that is. Never silent."""
    if play.chat.prompt is not None and play.chat.stack:
        show_again(play)
    elif play.chat.careful is not None:
        play.say(own("careful.here"), own("careful.choose"), rows=column("help", *CHOOSE))
    elif play.chat.stack:
        go(play)
    elif is_stranger(play):
        begin(play)
    else:
        play.say(own("here"), rows=column("menu", "help"))
