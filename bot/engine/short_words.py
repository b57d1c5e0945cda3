"""Short words after help words: yes, no, I am fine, I was joking. In doubt they never take help away."""

from __future__ import annotations

from msgspec.structs import replace

from bot.engine import careful, word
from bot.engine.bubbles import column, own
from bot.engine.closing import FIRM, whereabouts
from bot.engine.play import Play
from bot.model.conversation import Careful
from bot.model.effects import Lane, Signal
from bot.model.levels import Level

QUESTIONS = {
    "read_this": ("hit.p3.ask", ("read_yes", "fine")),
    "consent": ("hit.p2.consent", ("person", "fine")),
    "offer": ("hit.p4.offer", ("person", "else")),
}
"""What was asked about a person: its words and its buttons."""
TOLD = "told"


def said(play: Play, state: Careful, lists: frozenset[str]) -> None:
    """Answer what she typed while the state is careful."""
    if "joke_words" in lists:
        word.joking(play)
    elif "fine_words" in lists:
        word.fine(play)
    elif state.asked in QUESTIONS and "yes_words" in lists:
        word.read_yes(play)
    elif state.asked in QUESTIONS and "no_words" in lists:
        _sure(play, state)
    elif "no_words" in lists and _asked_if_safe(play, state):
        _not_safe(play, state)
    else:
        careful.here(play)


def _sure(play: Play, state: Careful) -> None:
    """Her no may also mean that she is not safe: only a tap takes the offer away."""
    words, names = QUESTIONS[state.asked]
    play.say(own("careful.sure"), own(words), rows=column(*names))


def _asked_if_safe(play: Play, state: Careful) -> bool:
    """Return whether the last question she was asked is if she is safe, a short while ago."""
    fresh = play.now - state.since <= play.campaign.clocks.back_after
    return fresh and state.asked == "" and state.level in FIRM and play.desk.case_open


def _not_safe(play: Play, state: Careful) -> None:
    """No, she is not safe: in doubt that is danger now. Said once; a second no gets the gentle words."""
    play.lane = Lane.CRISIS
    play.chat = replace(play.chat, careful=replace(state, level=Level.P1, since=play.now, asked=TOLD))
    play.emit(Signal(Level.P1, state.category, ("answer.not_safe",), "text"))
    play.say(own("not_safe"), whereabouts(play), rows=column("help", "fine"))
