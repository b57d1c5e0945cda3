"""Which stories she has finished: a tick in the menu, for those who may have a learning profile. No streak, no score."""

from __future__ import annotations

from msgspec.structs import replace

from bot.engine.play import Play
from bot.engine.values import may_learn
from bot.model.flow import Flow

FINISHED = "finished"


def finish(play: Play, flow: Flow) -> None:
    """Note that she came to the end of a story. A girl under the age of consent has no history here."""
    done = finished(play)
    if may_learn(play) and flow.id not in done:
        play.chat = replace(play.chat, profile={**play.chat.profile, FINISHED: " ".join((*done, flow.id))})


def finished(play: Play) -> tuple[str, ...]:
    """Return the stories she has finished that are still there, in the order in which she did."""
    return tuple(name for name in play.chat.profile.get(FINISHED, "").split() if name in play.campaign.flows)
