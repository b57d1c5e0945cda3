"""After a worrying message: rest, go on, or something else; never straight back into the same topic."""

from __future__ import annotations

from msgspec.structs import replace

from bot.engine import onward, takeover
from bot.engine.bubbles import column, own
from bot.engine.closing import whereabouts
from bot.engine.onward import CHOOSE
from bot.engine.places import start_of
from bot.engine.play import Play
from bot.model.conversation import Careful, Run


def here(play: Play) -> None:
    """Say that we listen, and leave the choice to her."""
    words = (own("careful.here"), whereabouts(play)) if play.desk.case_open else (own("careful.here"),)
    waits = ("open",) if play.chat.waiting else ()
    play.say(*words, own("careful.choose"), rows=column(*waits, "help", *CHOOSE))


def rest(play: Play) -> None:
    """Leave her in peace; what was interrupted stays for later."""
    stack = play.chat.stack if not play.chat.careful else ()
    kept = stack or play.chat.resume
    play.chat = replace(play.chat, stack=(), resume=kept, prompt=None)
    play.say(own("rest"), rows=column("go_on", "help"))


def go_on(play: Play) -> None:
    """Go on with what was interrupted, unless it is about the same thing; then the menu."""
    if play.desk.case_claimed:
        takeover.quiet(play)
        return
    careful = play.chat.careful
    if careful is None and play.chat.stack:
        onward.show_again(play)
        return
    back = play.chat.resume
    if careful is not None and any(_same_topic(play, run, careful) for run in back):
        back = ()
    play.chat = replace(play.chat, careful=None, stack=back, resume=(), prompt=None)
    if back:
        onward.go(play)
    else:
        _menu(play, "go_on")


def something_else(play: Play) -> None:
    """Leave what was interrupted, and let her choose; while a person has her case the stories wait."""
    if play.desk.case_claimed:
        takeover.quiet(play)
        return
    play.chat = replace(play.chat, careful=None, stack=(), resume=(), prompt=None)
    _menu(play, "else")


def _menu(play: Play, words: str) -> None:
    first = start_of(play.campaign, play.campaign.doors.get("menu", ""))
    if onward.is_stranger(play):
        onward.begin(play)
    elif first is None:
        play.say(own(words), rows=column("menu", "help"))
    else:
        play.chat = replace(play.chat, stack=(first,))
        onward.go(play)


def _same_topic(play: Play, run: Run, careful: Careful) -> bool:
    flow = play.campaign.flows.get(run.flow)
    return flow is not None and (flow.sensitive or careful.category in flow.starts.categories)
