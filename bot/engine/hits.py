"""A worrying message: help words at once, then what the rules want. A tap that carries a signal counts exactly like text."""

from __future__ import annotations

from msgspec.structs import replace

from bot.engine import closing, takeover
from bot.engine.bubbles import own
from bot.engine.places import start_of
from bot.engine.play import Play
from bot.engine.walk import walk
from bot.engine.young import heard_so_young
from bot.model.assessment import Assessment, Evidence
from bot.model.conversation import Careful, Run
from bot.model.effects import Lane, Signal
from bot.model.events import Tapped
from bot.model.flow import SignalSpec
from bot.model.levels import Level, higher

SIDE_DOORS = ("help", "talk", "real", "language", "mydata", "hit")
"""Doors whose flows only interrupt: what they interrupted is what she comes back to."""


def hit(play: Play, heard: Assessment, source: str, about: str = "") -> None:
    """Answer a message in which something worrying was heard. `about` is the situation that a tap names."""
    heard = heard_so_young(play.chat.profile, heard)
    level = heard.level
    if level is None:
        return
    again = not about and _again(play, heard, level)
    if play.desk.case_claimed and not _needs_words(play, heard, level):
        # A person is on it: the sign joins her case, the flows stay silent.
        play.emit(Signal(level, heard.category, heard.rules, source))
        # Words to the person need no answer of ours each time; a tap always gets one.
        takeover.noticed(play, tell=isinstance(play.event.what, Tapped), words="taken_over.noted")
        return
    _become_careful(play, heard, level)
    play.lane = Lane.CRISIS
    if again and level in closing.FIRM and play.desk.case_shown:
        closing.still(play, heard, level, source)
        return
    if again:
        play.say(own("hit.again"))
    else:
        _help_words(play, _help_flow(play, heard, about))
    closing.close(play, heard, level, source)


def _needs_words(play: Play, heard: Assessment, level: Level) -> bool:
    """While a person has the case: a rise, or a danger of another kind that she was given no help words for."""
    careful = play.chat.careful
    other = careful is not None and careful.category != heard.category
    return level.outranks(play.desk.case_level) or (level is Level.P1 and other)


def tapped(play: Play, spec: SignalSpec, where: str) -> None:
    """Answer a tap that counts like text. She has been moved to the choice's target already."""
    tap = Assessment(spec.level, spec.category, (Evidence(f"tap.{where}", 0, 0),))
    heard = heard_so_young(play.chat.profile, tap)
    if _in_help_for(play, spec.category) and not play.desk.case_claimed:
        _go_on_helping(play, heard, heard.level or spec.level)
    else:
        hit(play, heard, "tap", spec.about)


def _go_on_helping(play: Play, heard: Assessment, level: Level) -> None:
    """Her tap lies within the very help words for it: they go on, and a rise is closed like any other."""
    before = play.chat.careful
    _become_careful(play, heard, level)
    play.lane = Lane.CRISIS
    walk(play)
    if before is None or level.outranks(before.level) or not play.effects:
        closing.close(play, heard, level, "tap")


def _in_help_for(play: Play, category: str) -> bool:
    flows = (play.campaign.flows.get(run.flow) for run in play.chat.stack)
    return any(flow is not None and category in flow.starts.categories for flow in flows)


def _again(play: Play, heard: Assessment, level: Level) -> bool:
    """Return whether she was given these very help words a short while ago and nothing got worse."""
    careful = play.chat.careful
    if careful is None or careful.category != heard.category or level.outranks(careful.level):
        return False
    return play.now - careful.since <= play.campaign.clocks.back_after


def _become_careful(play: Play, heard: Assessment, level: Level) -> None:
    before = play.chat.careful
    worst = higher(before.level if before else None, level) or level
    rules = tuple(dict.fromkeys((*(before.rules if before else ()), *heard.rules)))
    careful = Careful(worst, heard.category, play.now, before.asked if before else "", rules)
    play.chat = replace(play.chat, careful=careful, resume=interrupted(play), wiping=False)


def interrupted(play: Play) -> tuple[Run, ...]:
    """Return the stack to come back to: what runs now, unless that is itself an interruption."""
    stack = play.chat.stack
    return play.chat.resume if not stack or is_side(play, stack[0].flow) else stack


def is_side(play: Play, flow_id: str) -> bool:
    """Return whether a flow only interrupts: a door's, or help words."""
    flow = play.campaign.flows.get(flow_id)
    doors = (play.campaign.doors.get(name) for name in SIDE_DOORS)
    return flow_id in doors or (flow is not None and bool(flow.starts.hits))


def _help_flow(play: Play, heard: Assessment, about: str) -> str:
    """Return the flow for the situation that was tapped or heard, else the one for the category, else the general one."""
    told = (f"{heard.category}.{about}", *(rule.partition(".")[2] for rule in heard.rules), heard.category)
    answers = {hit: flow.id for flow in play.campaign.flows.values() for hit in flow.starts.hits}
    found = (answers[what] for what in told if what.partition(".")[0] == heard.category and what in answers)
    return next(found, play.campaign.doors.get("hit", ""))


def _help_words(play: Play, flow_id: str) -> None:
    first = start_of(play.campaign, flow_id)
    play.chat = replace(play.chat, stack=(first,) if first else (), prompt=None)
    said = len(play.effects)
    walk(play)
    if len(play.effects) == said:
        play.say(own("hit.words"))
