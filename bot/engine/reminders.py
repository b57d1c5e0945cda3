"""Reminders: only if she asked for them and may have them, never in quiet hours, never while she is careful."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec.structs import replace

from bot.engine.bubbles import column
from bot.engine.play import Play
from bot.engine.values import fill, may_learn
from bot.model.effects import ClearTimer, SetTimer
from bot.model.flow import Flow, Remind, Step

NAME = "remind"


def plan(play: Play, flow: Flow, step: Step) -> None:
    """Set the reminder of a question that waits."""
    if step.remind is None or not wanted(play):
        return
    at = outside_quiet_hours(play, play.now + step.remind.after)
    play.emit(SetTimer(NAME, at, f"{flow.id}/{step.id}"))
    play.chat = replace(play.chat, remind_at=at)


def wanted(play: Play) -> bool:
    """Return whether she asked for reminders, may have them, and nothing worrying stands between."""
    return play.chat.profile.get("reminders") == "yes" and may_learn(play) and play.chat.careful is None


def cancel(play: Play) -> None:
    """She wrote or tapped: what waits to remind her is not needed."""
    if play.chat.remind_at is not None:
        play.emit(ClearTimer(NAME))
        play.chat = replace(play.chat, remind_at=None)


def rang(play: Play, data: str) -> None:
    """Remind her once, if the question still waits; in quiet hours later."""
    play.chat = replace(play.chat, remind_at=None)
    flow_id, _, step_id = data.partition("/")
    flow = play.campaign.flows.get(flow_id)
    step = flow.steps.get(step_id) if flow else None
    if flow is None or step is None or step.remind is None or not _still(play, flow_id, step_id):
        return
    later = outside_quiet_hours(play, play.now)
    if later > play.now:
        play.emit(SetTimer(NAME, later, data))
        play.chat = replace(play.chat, remind_at=later)
    else:
        _remind(play, flow, step.remind)


def _still(play: Play, flow_id: str, step_id: str) -> bool:
    prompt = play.chat.prompt
    waits = prompt is not None and (prompt.flow, prompt.step) == (flow_id, step_id)
    return waits and wanted(play) and not play.desk.case_open


def _remind(play: Play, flow: Flow, remind: Remind) -> None:
    play.say(fill(play, flow, remind.words), rows=column("go_on", "stop"))


def outside_quiet_hours(play: Play, at: datetime) -> datetime:
    """Return the moment, or the end of her quiet hours when it lies within them."""
    local = at.astimezone(place_of(play))
    start, end = play.campaign.quiet_from, play.campaign.quiet_until
    clock = local.timetz().replace(tzinfo=None)
    quiet = (clock >= start or clock < end) if start > end else start <= clock < end
    if not quiet:
        return at
    morning = local.replace(hour=end.hour, minute=end.minute, second=0, microsecond=0)
    return (morning if clock < end else morning + timedelta(days=1)).astimezone(UTC)


def place_of(play: Play) -> tzinfo:
    """Return the time zone of her country; UTC where it is not known."""
    country = play.campaign.countries.get(play.chat.profile.get("country", ""))
    try:
        return ZoneInfo(country.timezone) if country else UTC
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
