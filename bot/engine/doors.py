"""Doors: what works in every state. A command, a lasting button `!name` or a help word opens one."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from bot.engine import careful, daily, onward, takeover, wipe
from bot.engine.bubbles import Rows, column, own
from bot.engine.hits import interrupted
from bot.engine.places import start_of
from bot.engine.play import Play
from bot.model.conversation import Run
from bot.model.effects import Lane
from bot.model.words import Button


def enter(play: Play, name: str) -> None:
    """Open a door by name."""
    DOORS[name](play)


def start(play: Play, link: str = "") -> None:
    """A stranger begins; who is in the middle of beginning is shown where; others are greeted. A link leads to its flow."""
    wanted = _linked(play, link)
    if wanted is None and (play.chat.careful is not None or _beginning(play)):
        onward.present(play)
    elif wanted is None or onward.is_stranger(play):
        onward.begin(play, wanted)
    else:
        play.chat = replace(play.chat, careful=None, stack=(wanted,), resume=(), prompt=None)
        onward.go(play)


def _linked(play: Play, link: str) -> Run | None:
    flow_id = next((f.id for f in play.campaign.flows.values() if link and f.starts.link == link), "")
    return start_of(play.campaign, flow_id)


def _beginning(play: Play) -> bool:
    """Return whether she stands at a question of the first flow."""
    first = play.chat.stack[:1]
    return play.chat.prompt is not None and bool(first) and first[0].flow == play.campaign.doors.get("start")


def menu(play: Play) -> None:
    """Let her choose something else: what ran is left. A stranger begins first."""
    if play.desk.case_claimed:
        takeover.quiet(play)
        return
    if play.chat.careful is not None:
        careful.something_else(play)
        return
    if onward.is_stranger(play):
        onward.present(play)
        return
    play.chat = replace(play.chat, stack=(), resume=(), prompt=None)
    _open(play, "menu", "here", column("help", "language"))


def help_(play: Play) -> None:
    """Help, before anything that is queued."""
    play.lane = Lane.CRISIS
    key = "help" if play.desk.persons else "help.helplines_only"
    _aside(play, "help", key, column("talk", "menu") if play.desk.persons else column("menu"))


def talk(play: Play) -> None:
    """A place in line for a person; nothing new where a person has her case already."""
    if play.desk.case_state == "withdrawn":
        takeover.wanted_again(play)
        return
    if play.desk.case_claimed:
        takeover.noticed(play, tell=True)
        return
    _aside(play, "talk", "help" if play.desk.persons else "help.helplines_only", column("help", "menu"))


def real(play: Play) -> None:
    """Is this the real chat?"""
    _aside(play, "real", "real", column("menu", "help"))


def mydata(play: Play) -> None:
    """What is kept about her."""
    _aside(play, "mydata", "mydata", column("wipe", "menu"))


def language(play: Play) -> None:
    """Another language."""
    _aside(play, "language", "language.ask", _languages(play))


def _languages(play: Play) -> Rows:
    return tuple((Button(own(f"language.{code}"), f"!language_{code}"),) for code in play.campaign.languages)


def choose_language(play: Play, code: str) -> None:
    """Speak this language from now on."""
    if code not in play.campaign.languages:
        language(play)
        return
    play.chat = replace(play.chat, profile={**play.chat.profile, "language": code})
    play.say(own("language.done"))
    onward.present(play)


def stop(play: Play) -> None:
    """Be quiet: nothing comes by itself. Where she was stays for later."""
    daily.stop(play)
    play.chat = replace(play.chat, stack=(), resume=interrupted(play), prompt=None)
    play.say(own("stop.case" if play.desk.case_open else "stop.done"), own("safe_word"), rows=column("go_on", "help"))


def _aside(play: Play, name: str, words: str, rows: Rows) -> None:
    """Open a door's flow as an interruption: she comes back to what she was doing."""
    play.chat = replace(play.chat, resume=interrupted(play), stack=(), prompt=None)
    _open(play, name, words, rows)


def _open(play: Play, name: str, words: str, rows: Rows) -> None:
    """Run the door's flow; a campaign without one still gets an answer in our own words."""
    first = start_of(play.campaign, play.campaign.doors.get(name, ""))
    if first is None:
        play.say(own(words), rows=rows)
        return
    play.chat = replace(play.chat, stack=(first,))
    onward.go(play)


def no_tips(play: Play) -> None:
    """No tip of the day any more."""
    daily.stop(play)
    play.say(own("tip.stopped"), rows=column("menu", "help"))


DOORS: dict[str, Callable[[Play], None]] = {
    "start": start,
    "menu": menu,
    "help": help_,
    "talk": talk,
    "real": real,
    "mydata": mydata,
    "language": language,
    "stop": stop,
    "no_tips": no_tips,
    "wipe": wipe.ask,
}
