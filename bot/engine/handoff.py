"""`handoff`: put her in line for a person. She asked for it, so her yes comes with it."""

from __future__ import annotations

from msgspec.structs import replace

from bot.engine import voices
from bot.engine.bubbles import own
from bot.engine.places import DONE
from bot.engine.play import Play
from bot.engine.values import fill
from bot.engine.young import signal_so_young
from bot.model.conversation import Careful
from bot.model.effects import ClearTimer, Signal
from bot.model.flow import Flow, Handoff
from bot.model.levels import Level, higher
from bot.model.words import Bubble, Words

FIRM = (Level.P1, Level.P2)


def play(now: Play, flow: Flow, step: Handoff) -> str | None:
    """Say where she stands in line, honestly, and signal."""
    sign = signal_of(now, step.level, step.category, f"handoff.{flow.id}.{step.id}")
    if not now.desk.persons:
        now.say(own("hit.helplines_only"))
        if sign.level not in FIRM:
            return DONE  # what follows speaks of a person who reads
    else:
        part = "open" if now.desk.on_duty else "closed"
        now.bubble(Bubble((_place_in_line(now, flow, step),), listen=voices.of(now, flow, step, part)))
    wants_person(now, sign)
    return None


def _place_in_line(now: Play, flow: Flow, step: Handoff) -> Words:
    """Return the flow's words; ours where they name a time that nobody knows."""
    desk = now.desk
    if desk.on_duty:
        no_time = desk.read_by is None and "{read_by}" in step.open.source
        return own("handoff.no_time") if no_time else fill(now, flow, step.open)
    no_time = desk.opens_at is None and "{opens_at}" in step.closed.source
    return own("hit.closed_no_time") if no_time else fill(now, flow, step.closed)


def signal_of(now: Play, level: Level, category: str, rule: str) -> Signal:
    """Return the sign, with what she said before that waits for her yes."""
    return signal_so_young(now.chat.profile, _with_before(now, level, category, rule))


def _with_before(now: Play, level: Level, category: str, rule: str) -> Signal:
    before = now.chat.offered or now.chat.careful
    if before is None:
        return Signal(level, category, (rule,), "handoff", consented=True)
    about = before.category if category == "wants_to_talk" else category
    return Signal(higher(level, before.level) or level, about, (*before.rules, rule), "handoff", consented=True)


def wants_person(now: Play, sign: Signal) -> None:
    """Signal with her yes; a question about it is answered by that."""
    now.emit(sign)
    if now.chat.careful is None:
        # What she writes next is for the person: no quiz, and no "I did not understand".
        now.chat = replace(now.chat, careful=Careful(sign.level, sign.category, now.now, "", sign.rules))
    if now.chat.offered is not None:
        now.emit(ClearTimer("p3_shown"))
        now.chat = replace(now.chat, offered=None)
