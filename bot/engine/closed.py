"""Her case is finished: did it help? Then rest, go on, or something else."""

from __future__ import annotations

from msgspec.structs import replace

from bot.engine import helped, takeover
from bot.engine.bubbles import column, own
from bot.engine.hits import interrupted
from bot.engine.onward import CHOOSE
from bot.engine.play import Play

NOT_MEANT = frozenset({"test", "prank"})
"""After these she is told that trying it out is fine, and that she may write when it is real."""


def closed(play: Play, outcome: str = "") -> None:
    """Ask what she would like now. The help words that still ran are over; what they interrupted waits."""
    takeover.let_go(play)
    play.chat = replace(play.chat, resume=interrupted(play), stack=(), prompt=None, offered=None, ended_at=play.now)
    waits = ("open",) if play.chat.waiting else ()
    if outcome in helped.ASKED_AFTER:
        play.say(own("helped.ask"), rows=column(*waits, *helped.BUTTONS))
    else:
        said = ("joke",) if outcome in NOT_MEANT else ()
        play.say(*map(own, said), own("case.closed"), rows=column(*waits, *CHOOSE))
