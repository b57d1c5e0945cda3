"""A moderator's reply: a neutral line first, a question whether she is alone and safe, then the words, from a person."""

from __future__ import annotations

from msgspec.structs import replace

from bot.engine import hours, recent, takeover, unopened
from bot.engine.bubbles import column, own
from bot.engine.onward import WITH_PERSON
from bot.engine.play import Play
from bot.model.conversation import WaitingReply
from bot.model.effects import Lane, SheSays
from bot.model.events import Answered
from bot.model.words import Bubble, Literal


def arrived(play: Play, answered: Answered) -> None:
    """Let it wait behind a neutral line. The crisis lane, so that no flow reply can replace it in the queue."""
    known = {reply.id for reply in play.chat.waiting}
    if answered.reply not in known:
        waiting = WaitingReply(answered.reply, answered.text, play.now, answered.card)
        play.chat = replace(play.chat, waiting=(*play.chat.waiting, waiting))
        unopened.wait(play, answered.reply)
    takeover.answered(play)
    play.chat = replace(play.chat, answered=True)
    play.lane = Lane.CRISIS
    play.bubble(Bubble((own("reply.neutral"),), column("open"), mark=answered.reply))


def open_it(play: Play) -> None:
    """Ask before showing: somebody may be looking over her shoulder."""
    if play.chat.waiting:
        play.say(own("reply.ask_safe"), rows=column("safe", "not_safe"))
    else:
        nothing(play)


def nothing(play: Play) -> None:
    """Nothing waits to be opened."""
    play.say(own("reply.gone"), rows=column("menu", "help"))


def show(play: Play) -> None:
    """Show what waits, each marked as from a person, and say that she opened it."""
    waiting = play.chat.waiting
    if not waiting:
        nothing(play)
        return
    play.lane = Lane.CRISIS
    play.chat = replace(play.chat, waiting=())
    for reply in waiting:
        play.say(own("reply.person"), Literal(reply.text))
        play.emit(SheSays("opened", reply.id))
        unopened.seen(play, reply.id)
        recent.note(play, "moderator", reply.text)
    play.say(own("reply.answer"), rows=column(*WITH_PERSON))
    if any(reply.card == "hours" for reply in waiting):
        hours.question(play)


def later(play: Play) -> None:
    """It waits."""
    if play.chat.waiting:
        play.say(own("reply.later"), rows=column("open"))
    else:
        nothing(play)
