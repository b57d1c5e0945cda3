"""What somebody who is called reads in her own chat, and the buttons under it. Coded facts, never a word of the girl's.

The few words are staff's English, as on the cards of the moderators' group.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.cases.alerts import DRILL
from bot.model.campaign import Campaign
from bot.model.case import Case
from bot.model.ids import CaseId
from bot.model.outbox import Key
from bot.model.pages import Ring
from bot.work.cards import DOTS, zone_of

HAVE = "have:"
"""What the data of the button "I have it" begins with; the case's id follows."""

WHY: Mapping[Ring, str] = {
    Ring.ON_CALL: "You are on call",
    Ring.DEPUTY: "You are the deputy, and nobody has answered",
    Ring.LEAD: "You are the lead, and nobody has answered",
    Ring.NEIGHBOUR: "Nobody at the desk of {desk} answers. Please reach somebody there",
    Ring.FOCAL: "You are the focal point",
}
CLOSED = "nobody is on duty"
UNANSWERED = "a colleague has the case, and she has no answer yet"
LATE = "it has waited too long"
A_DRILL = "DRILL, nobody is in danger. Please do as if it were real.\n"


def page_text(case: Case, ring: Ring, campaign: Campaign, *, on_duty: bool) -> str:
    """Return what this page says."""
    zone, country = zone_of(campaign, case), campaign.countries.get(case.desk)
    why = WHY[ring].format(desk=country.name if country else case.desk)
    facts = f"{case.level} · {case.category.replace('_', ' ')} · {case.language or '?'} · {case.desk}"
    since = f"{case.pseudonym}, since {case.opened_at.astimezone(zone):%H:%M} ({zone})"
    drill = A_DRILL if case.source == DRILL else ""
    what = UNANSWERED if case.claimed_by is not None else LATE if on_duty else CLOSED
    return f"{drill}{DOTS[case.level]} {why}: {what}.\n{facts}\n{since}"


def page_keys(case: Case, ring: Ring, console_url: str) -> tuple[tuple[Key, ...], ...]:
    """Return the buttons of a page: I have it; and, for who may open it, the case in the console."""
    have = Key("I have it", data=f"{HAVE}{case.id}")
    # Telegram refuses a whole message for an address it does not like: only https gets a button.
    if ring is Ring.NEIGHBOUR or not console_url.startswith("https://"):
        return ((have,),)
    return ((have,), (Key("Open in console", url=f"{console_url.rstrip('/')}/queue"),))


def paged_case(data: str) -> CaseId | None:
    """Return the case that somebody says she has; None when the tap is about something else."""
    case = data.removeprefix(HAVE)
    return CaseId(case) if case != data and case.isascii() and case.isalnum() else None
