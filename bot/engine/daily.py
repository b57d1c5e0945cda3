"""The tip of the day: only if she asked for it, only by daylight, and only who may have a learning profile."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from msgspec.structs import replace

from bot.engine import pick
from bot.engine.bubbles import column, own
from bot.engine.play import Play
from bot.engine.reminders import outside_quiet_hours, place_of
from bot.engine.values import may_learn
from bot.model.effects import ClearTimer, SetTimer
from bot.model.flow import Flow, Pick

NAME = "tip"
WISH = "daily_tip"
DOOR = "tip"
AFTERNOON = time(16, 0)
"""After school, and in every season by daylight; quiet hours move it."""


def wished(play: Play) -> None:
    """She said whether she wants a tip each day: set the clock, or stop it."""
    if _wanted(play):
        play.emit(SetTimer(NAME, _next(play)))
    else:
        play.emit(ClearTimer(NAME))


def stop(play: Play) -> None:
    """No more tips."""
    if WISH in play.chat.profile:
        kept = {name: value for name, value in play.chat.profile.items() if name != WISH}
        play.chat = replace(play.chat, profile=kept)
        play.emit(ClearTimer(NAME))


def rang(play: Play) -> None:
    """Send today's tip and set tomorrow's clock. While she is careful or has a case, nothing comes by itself."""
    if not _wanted(play):
        return
    play.emit(SetTimer(NAME, _next(play)))
    found = _tips(play)
    by_day = outside_quiet_hours(play, play.now) == play.now
    if found is not None and by_day and play.chat.careful is None and not play.desk.case_open:
        words = pick.another(play, *found)
        play.say(own("tip.today"), words, rows=column("menu", "no_tips"))


def _wanted(play: Play) -> bool:
    return play.chat.profile.get(WISH) == "yes" and may_learn(play)


def _tips(play: Play) -> tuple[Flow, Pick] | None:
    flow = play.campaign.flows.get(play.campaign.doors.get(DOOR, ""))
    step = next((s for s in flow.steps.values() if isinstance(s, Pick)), None) if flow is not None else None
    return (flow, step) if flow is not None and step is not None else None


def _next(play: Play) -> datetime:
    """Return the next afternoon of her country."""
    local = play.now.astimezone(place_of(play))
    today = datetime.combine(local.date(), AFTERNOON, tzinfo=local.tzinfo)
    at = today if today > local else today + timedelta(days=1)
    return outside_quiet_hours(play, at.astimezone(UTC))
