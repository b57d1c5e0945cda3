"""What this bot promised never to do: fetch a file, forward or copy a message. Each try is counted."""

from __future__ import annotations

from collections.abc import Callable

from bot.simulator.body import Fields, integer
from bot.simulator.core import Core
from bot.simulator.errors import refusal


def _never(method: str, answer: str) -> Callable[[Core, Fields, float], bool]:
    def refuse(core: Core, fields: Fields, now: float) -> bool:
        core.broke("fetched_or_forwarded", method, integer(fields, "chat_id"), now)
        raise refusal(answer)

    return refuse


METHODS = {
    "getfile": _never("getFile", "wrong_file"),
    "forwardmessage": _never("forwardMessage", "no_copy"),
    "forwardmessages": _never("forwardMessages", "no_copy"),
    "copymessage": _never("copyMessage", "no_copy"),
    "copymessages": _never("copyMessages", "no_copy"),
}
