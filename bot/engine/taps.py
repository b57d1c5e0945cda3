"""Taps: lasting buttons (`!name`, they always work) and the buttons of questions."""

from __future__ import annotations

from collections.abc import Callable

from bot.engine import answers, careful, doors, helped, hours, media, replies, takeover, voices, wipe, word
from bot.engine.hits import SIDE_DOORS
from bot.engine.play import Play
from bot.model.events import Tapped

LASTING: dict[str, Callable[[Play], None]] = {
    **doors.DOORS,
    "wipe_yes": wipe.confirmed,
    "wipe_no": wipe.cancelled,
    "open": replies.open_it,
    "safe": replies.show,
    "not_safe": replies.later,
    "person": word.person,
    "fine": word.fine,
    "read_yes": word.read_yes,
    "withdraw": word.withdraw,
    "other_helper": word.other_helper,
    "status": word.status,
    "rest": careful.rest,
    "go_on": careful.go_on,
    "else": careful.something_else,
    **hours.LASTING,
    **helped.LASTING,
}


def tapped(play: Play, tap: Tapped) -> None:
    """Answer a tap."""
    if tap.data.startswith("!"):
        _lasting(play, tap.data[1:])
    elif play.event.quiet_reply:
        return
    elif play.desk.case_claimed and not _counts_now(play, tap.data):
        takeover.noticed(play, tell=True)
    else:
        answers.tapped(play, tap.data)


def _lasting(play: Play, name: str) -> None:
    if name in LASTING:
        LASTING[name](play)
    elif name.startswith("media_"):
        media.about(play, name)
    elif name.startswith(voices.BUTTON):
        voices.listen(play, name.removeprefix(voices.BUTTON))
    elif name.startswith("language_"):
        doors.choose_language(play, name.removeprefix("language_"))
    else:
        answers.tapped(play, "")


def _counts_now(play: Play, data: str) -> bool:
    """While a person has the case: only the questions of a door she opened, and choices that count like text."""
    stack, prompt = play.chat.stack, play.chat.prompt
    if not stack or prompt is None or not data.startswith(f"{prompt.nonce}."):
        return False
    side = {play.campaign.doors.get(name) for name in SIDE_DOORS}
    return stack[0].flow in side or answers.carries_signal(play, prompt, data)
