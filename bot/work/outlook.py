"""What the desk looks like from her side: who is there, and by when somebody tries to read. No time that is not true."""

from __future__ import annotations

from datetime import datetime

from bot.cases.duty import Duty, read_by
from bot.model.campaign import Campaign
from bot.model.case import Case
from bot.model.conversation import Conversation
from bot.model.events import DeskView, Said, SentMedia, What
from bot.model.levels import Level
from bot.store.chat_records import ChatRow


def promised(case: Case | None, duty: Duty, now: datetime, campaign: Campaign) -> datetime | None:
    """Return by when a person tries to read her case: its own clock, so that no text names an earlier time."""
    if case is None or not case.open:
        return None
    if duty.on_duty and case.due_at is not None and case.due_at > now:
        return case.due_at
    return read_by(case.level, now, duty, campaign.clocks)


def desk_view(
    row: ChatRow, duty: Duty, now: datetime, campaign: Campaign, what: What, before: Conversation
) -> DeskView:
    case = row.case
    # Where we do not know her clock, a time of day would be wrong for her: then none is given.
    placed = before.profile.get("country", "") in campaign.countries
    level = _level(what) or (case.level if case else None) or Level.P2
    return DeskView(
        on_duty=duty.on_duty,
        persons=duty.persons,
        read_by=read_by(level, now, duty, campaign.clocks) if placed else None,
        opens_at=duty.opens_at,
        case_open=case is not None,
        case_claimed=case is not None and case.claimed_by is not None,
        case_level=case.level if case else None,
        case_category=case.category if case else "",
        case_shown=case is not None and case.shown_at is not None,
        case_state=_state(case),
        case_read=_is_read(case),
    )


def _state(case: Case | None) -> str:
    """Return the case's state as she may know it; that she asked for no more messages stands before all."""
    if case is None:
        return ""
    return "withdrawn" if case.withdrawn else case.state.value


def _is_read(case: Case | None) -> bool:
    """Return whether whoever has her case has opened what she wrote last: only then she is told that it is read."""
    if case is None or case.claimed_by is None or case.read_at is None:
        return False
    return case.last_hers_at is None or case.read_at >= case.last_hers_at


def _level(what: What) -> Level | None:
    return what.heard.level if isinstance(what, Said | SentMedia) else None
