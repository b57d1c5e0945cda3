"""A moderator in a rehearsal: she takes the case, answers, gives it back, closes it. The moves are the desk's own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from datetime import time as time_of_day
from zoneinfo import ZoneInfo

from bot.cases.duty import Duty, duty
from bot.cases.moves import MOVES, move
from bot.flowfile.conversation_model import Moderate, Reply, said_in
from bot.model.campaign import Campaign, Clocks
from bot.model.case import Case
from bot.model.events import Answered, CaseClaimed, CaseClosed, What
from bot.model.ids import StaffId

SOMEBODY = StaffId(1)
STEPS = {"claims": "claim", "releases": "release", "closes": "resolve"}
NO_ANSWER = "no_answer"
CLOSED_FOR = timedelta(hours=12)

Timer = tuple[datetime, str]


class NobodysCase(Exception):
    """A moderator cannot do this: there is no such case, or she does not have it. The sentence says which."""


@dataclass(frozen=True, slots=True)
class AtDesk:
    """What a moderator's act leaves: the case, what happens to the chat then, after how long, and the timer set meanwhile."""

    case: Case
    what: What
    after: timedelta = timedelta()
    timer: datetime | None = None


def moderated(act: Moderate | Reply, case: Case | None, language: str, now: datetime, clocks: Clocks) -> AtDesk:
    """Return what comes of it. Raises NobodysCase."""
    step = STEPS[act.does] if isinstance(act, Moderate) else "reply"
    if case is None:
        raise NobodysCase("there is no case that a moderator could see")
    if case.shown_at is None:
        raise NobodysCase("the desk does not see her case yet")
    if (case.state, step) not in MOVES:
        raise NobodysCase(f"her case is {case.state}, so no moderator {_named(act)} it")
    by = SOMEBODY if step == "claim" else None
    after = move(case, step, now, by=by, lease=clocks.claim_lease, outcome="real" if step == "resolve" else "")
    if isinstance(act, Reply):
        said = Answered(f"rehearsed-{now:%H%M%S}", said_in(language, act.text))
        return AtDesk(replace(after, last_ours_at=now), said, clocks.reply_undo)
    if step == "claim":
        waits = now + clocks.no_answer[case.level] if _unanswered(case) else None
        return AtDesk(replace(after, due_at=None, alerts=0), CaseClaimed(claimed=True), timer=waits)
    if step == "release":
        return AtDesk(replace(after, due_at=now + clocks.by_level[case.level]), CaseClaimed(claimed=False))
    return AtDesk(after, CaseClosed("real"))


def _named(act: Moderate | Reply) -> str:
    return act.does if isinstance(act, Moderate) else "answers"


def _unanswered(case: Case) -> bool:
    hers, ours = case.last_hers_at, case.last_ours_at
    return hers is not None and (ours is None or ours < hers)


def duty_of(campaign: Campaign, desk: str, country: str, language: str, now: datetime) -> Duty:
    """Return who is there, as the test says: open, closed, none, or by the rota of her country."""
    place = campaign.countries.get(country)
    if desk == "none" or (place is not None and place.helplines_only):
        return Duty(on_duty=False, opens_at=None, persons=False)
    if desk == "rota":
        return duty(place, language, now)
    if desk == "closed":
        return Duty(on_duty=False, opens_at=now + CLOSED_FOR)
    return Duty(on_duty=True, opens_at=None)


def next_time(campaign: Campaign, country: str, at: time_of_day, now: datetime) -> datetime:
    """Return when it is this time of day where she is: today, or tomorrow if that has passed."""
    place = campaign.countries.get(country)
    zone: tzinfo = ZoneInfo(place.timezone if place is not None else "UTC")
    here = now.astimezone(zone)
    then = here.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    return (then if then > here else then + timedelta(days=1)).astimezone(now.tzinfo)
