"""Clearing the chat: one tap, one confirm. What was is gone, her language stays so that we can still answer."""

from __future__ import annotations

from msgspec.structs import replace

from bot.engine.bubbles import column, own
from bot.engine.onward import present
from bot.engine.play import Play
from bot.model.conversation import Conversation
from bot.model.effects import Wipe


def ask(play: Play) -> None:
    """The one confirm."""
    play.chat = replace(play.chat, wiping=True)
    play.say(own("wipe.confirm"), rows=column("wipe_yes", "wipe_no"))


def confirmed(play: Play) -> None:
    """Clear it. The words for done go with the clearing itself, after the last message is gone."""
    language = play.chat.language
    play.chat = Conversation(profile={"language": language} if language else {}, last_at=play.chat.last_at)
    play.emit(Wipe())


def cancelled(play: Play) -> None:
    """Keep it, and show where we are."""
    play.say(own("wipe.cancelled"))
    present(play)
