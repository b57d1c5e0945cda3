"""After the help words: what happens with her message, the question the rules allow, the safe word."""

from __future__ import annotations

from msgspec.structs import replace

from bot.engine.bubbles import column, own
from bot.engine.play import Play
from bot.model.assessment import Assessment
from bot.model.conversation import Careful
from bot.model.effects import ClearTimer, SetTimer, Signal
from bot.model.levels import Level
from bot.model.words import Words

FIRM = (Level.P1, Level.P2)
P3_TIMER = "p3_shown"


def close(play: Play, heard: Assessment, level: Level, source: str) -> None:
    """Signal as the level and her consent allow, and tell her what happens."""
    if level is Level.P1 or (level is Level.P2 and may_signal(play)):
        _signalled(play, heard, level, source)
    elif not play.desk.persons:
        _told(play, own("hit.helplines_only.above"), names=("help", "else"))
    elif level is Level.P2:
        _asked(play, heard, level, "consent")
        _told(play, own("hit.p2.consent"), names=("person", "fine"))
    elif level is Level.P3:
        _worrying(play, heard, source)
    else:
        _low(play, heard)


def may_signal(play: Play) -> bool:
    """Return whether a P2 case may open now: her yes, her country's rule, or a case that is there already."""
    country = play.campaign.countries.get(play.chat.profile.get("country", ""))
    allowed = country is not None and country.p2_before_consent
    return play.chat.profile.get("opted_in") == "yes" or allowed or (play.desk.case_open and play.desk.case_shown)


def still(play: Play, heard: Assessment, level: Level, source: str) -> None:
    """The same worry again while her case waits: it joins, and she gets a short kind word, not the whole list."""
    play.emit(Signal(level, heard.category, heard.rules, source))
    play.say(own("hit.again"), whereabouts(play), rows=column("help", "fine"))


def _signalled(play: Play, heard: Assessment, level: Level, source: str) -> None:
    handed = any(isinstance(effect, Signal) for effect in play.effects)
    play.emit(Signal(level, heard.category, heard.rules, source))
    if play.chat.offered is not None:
        play.emit(ClearTimer(P3_TIMER))
        play.chat = replace(play.chat, offered=None)
    after = own("hit.p1.after" if level is Level.P1 else "hit.p2.after")
    # A flow that handed her over has said already where she stands in line.
    _told(play, after, *(() if handed else (line(play, listed=True),)), names=("help", "hours", "fine"))


def line(play: Play, *, listed: bool = False) -> Words:
    """Return where she stands: in line until a time, or nobody there now; never more than is true.

    `listed`: the helplines stand in the bubble above, so they are named and not repeated.
    """
    desk = play.desk
    above = ".above" if listed else ""
    if desk.case_claimed:
        return own("hit.with_person")
    if _for_focal_point(play):
        return own("hit.in_line_no_time")
    if not desk.persons:
        return own(f"hit.helplines_only{above}")
    if desk.on_duty:
        return own("hit.in_line" if desk.read_by else "hit.in_line_no_time")
    return own(f"hit.closed{above}" if desk.opens_at else f"hit.closed_no_time{above}")


def _for_focal_point(play: Play) -> bool:
    """A complaint about our own people is read outside the desk: the desk's hours say nothing about it."""
    return play.chat.careful is not None and play.chat.careful.category == "staff_conduct"


def whereabouts(play: Play) -> Words:
    """Return where her message is: in line, read or answered; only because she asks or writes."""
    return own(f"status.{_status(play)}")


def _status(play: Play) -> str:
    desk = play.desk
    if not desk.case_open:
        return "none" if play.chat.ended_at is None else "closed"
    if desk.case_state == "withdrawn":
        return "withdrawn"
    if desk.case_claimed:
        return _with_a_person(play)
    if not desk.case_shown:
        return "hidden"
    if _for_focal_point(play) or not desk.persons:
        return "new_no_time"
    if not desk.on_duty:
        return "new_closed" if desk.opens_at else "new_no_time"
    return "new" if desk.read_by else "new_no_time"


def _with_a_person(play: Play) -> str:
    """Answered, read, or only taken: never more than is true. An answer that is still on its way is none yet."""
    if play.chat.waiting:
        return "unopened"
    if play.chat.answered:
        return "waiting"
    return "claimed" if play.desk.case_read else "taken"


def _worrying(play: Play, heard: Assessment, source: str) -> None:
    """P3: the case is there but hidden, until she says yes or ten minutes pass."""
    if play.desk.case_open and play.desk.case_shown:
        play.emit(Signal(Level.P3, heard.category, heard.rules, source))
        _told(play, own("hit.joined"), names=("help", "fine"))
        return
    if not play.desk.case_open:
        play.emit(SetTimer(P3_TIMER, play.now + play.campaign.clocks.p3_shown_after))
    play.emit(Signal(Level.P3, heard.category, heard.rules, source, shown=False))
    _asked(play, heard, Level.P3, "read_this")
    _told(play, own("hit.p3.ask"), names=("read_yes", "fine"))


def _low(play: Play, heard: Assessment) -> None:
    if play.desk.case_open and play.desk.case_shown:
        _told(play, own("hit.joined"), names=("help", "else"))
        return
    _asked(play, heard, Level.P4, "offer")
    _told(play, own("hit.p4.offer"), names=("person", "else"))


def _asked(play: Play, heard: Assessment, level: Level, question: str) -> None:
    """Remember what waits for her yes. A more urgent one that waits already keeps its place."""
    open_one = play.chat.offered
    if open_one is None or not open_one.level.outranks(level):
        open_one = Careful(level, heard.category, play.now, question, heard.rules)
    careful = play.chat.careful
    marked = replace(careful, asked=question) if careful else None
    play.chat = replace(play.chat, offered=open_one, careful=marked)


def _told(play: Play, *words: Words, names: tuple[str, ...]) -> None:
    play.say(*words, own("safe_word"), rows=column(*names))
