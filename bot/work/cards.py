"""The cards of the moderators' group: what stands on one, its buttons, and which parcels a change of a case needs.

Coded facts only, never a word of hers. Pure: storing and sending are done by who calls. The few words are staff's English,
as in the console's pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.model.campaign import Campaign
from bot.model.case import Case, CaseState
from bot.model.ids import CaseId, StaffId
from bot.model.levels import Level
from bot.model.outbox import Alarm, Card

Rows = tuple[tuple[tuple[str, str, str], ...], ...]
"""Rows of (label, callback data, url), as Transport.show_card takes them."""

CLAIM = "claim:"
"""What the callback data of the button Claim begins with; the case's id follows. Who pressed decides, never this."""

STATES = {
    CaseState.NEW: "nobody has it yet",
    CaseState.CLAIMED: "with {name}",
    CaseState.WAITING: "answered by {name}, waiting for her",
    CaseState.RESOLVED: "resolved",
    CaseState.REFERRED: "referred",
    CaseState.SHREDDED: "she said no: closed, words removed",
}

MARKS = {
    "says_no": "she says she is fine",
    "withdrawn": "she wants no more messages",
    "another_helper": "asks for another helper",
    "blocked": "the bot cannot reach her",
}
"""Facts of a case that stand on its card when they are true."""

ALARMS = {
    "raised": "Raised to {level}",
    "back": "In line again",
    "missed": "Still waiting",
    "reopened": "Open again",
    "another_helper": "Asks for another helper",
    "blocked": "The bot cannot reach her",
    "held": "A reply waits for your look",
    "not_reported": "A colleague asks not to report, and you may agree",
    "report_soon": "The duty to report ends soon",
    "report_missed": "The deadline of the duty to report has passed",
    "identity": "A colleague asks whose chat a {level} case is. Please look at Addresses in the console",
    "paged": "Nobody is on duty and you are on call",
    "no_answer": "She wrote and has no answer yet",
}
"""Why a new short line goes out. Edits of a card make no sound."""

DOTS = {"P1": "🔴", "P2": "🟠", "P3": "🟡", "P4": "⚪"}


def card_text(case: Case, names: Mapping[StaffId, str], zone: tzinfo = UTC) -> str:
    """Return what stands on a case's card. `names` are staff names, `zone` the desk's time."""
    return "\n".join(
        (
            f"{DOTS[case.level]} {_facts(case)}",
            f"{case.pseudonym}, since {_clock(case.opened_at, zone)}",
            STATES[case.state].format(name=_name(case, names)),
            *(words for fact, words in MARKS.items() if getattr(case, fact)),
        )
    )


def card_keys(case: Case, console_url: str) -> Rows:
    """Return the buttons of a case's card: Claim while nobody has it, and Open in console.

    Telegram refuses a whole message for an address it does not like (http://127.0.0.1 …): only https gets a button.
    """
    keys = []
    if case.state is CaseState.NEW:
        keys.append(("Claim", f"{CLAIM}{case.id}", ""))
    if console_url.startswith("https://"):
        keys.append(("Open in console", "", f"{console_url.rstrip('/')}/cases/{case.id}"))
    return (tuple(keys),) if keys else ()


def claimed_case(data: str) -> CaseId | None:
    """Return the case a tap on a card is about; None when the tap is about something else."""
    case = data.removeprefix(CLAIM)
    return CaseId(case) if case != data and case.isascii() and case.isalnum() else None


def card_rows(before: Case | None, after: Case, zone: tzinfo = UTC) -> tuple[Card | Alarm, ...]:
    """Return what the group must be told of a change: nothing, the card, or the card and a new short line.

    Put Card rows into the outbox with the merge name `card:<case id>`: waiting edits are then replaced by the newest.
    """
    if after.shown_at is None:
        return ()
    if before is None or before.shown_at is None:
        return (Card(after.id),)
    why = _alarm(before, after)
    card = (Card(after.id),) if why or _differs(before, after) else ()
    return (*card, Alarm(alarm_text(after, why, zone), after.id)) if why else card


def alarm_text(case: Case, why: str, zone: tzinfo = UTC) -> str:
    """Return a ready, coded line for the group; `why` is a key of ALARMS."""
    told = ALARMS[why].format(level=case.level)
    return f"{DOTS[case.level]} {told}: {_facts(case)}, {case.pseudonym}, since {_clock(case.opened_at, zone)}"


def alarm_line(case: Case, zone: tzinfo = UTC) -> str:
    """Return one coded line about a case, as it stands among others."""
    return f"{DOTS[case.level]} {_facts(case)}, {case.pseudonym}, since {_clock(case.opened_at, zone)}"


def zone_of(campaign: Campaign, case: Case) -> tzinfo:
    """Return the time zone of the desk that has a case; UTC where none is known."""
    country = campaign.countries.get(case.desk) or campaign.countries.get(case.country)
    try:
        return ZoneInfo(country.timezone) if country else UTC
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def _alarm(before: Case, after: Case) -> str:
    """Return why this change must be heard; '' when an edit of the card is enough. The gravest reason wins."""
    if after.open and not before.open:
        return "reopened"
    if after.level.outranks(before.level):
        return "raised"
    if after.level is Level.P1 and before.state is not CaseState.NEW and after.state is CaseState.NEW:
        return "back"  # nobody has her any more: an edit of the card would not be heard
    if after.alerts > before.alerts:
        return "missed"
    return next((fact for fact in ("another_helper", "blocked") if getattr(after, fact) > getattr(before, fact)), "")


def _differs(before: Case, after: Case) -> bool:
    """Return whether the card would look different."""
    seen = ("level", "category", "language", "desk", "state", "claimed_by", *MARKS)
    return any(getattr(before, fact) != getattr(after, fact) for fact in seen)


def _facts(case: Case) -> str:
    return f"{case.level} · {case.category.replace('_', ' ')} · {case.language or '?'} · {case.desk}"


def _clock(at: datetime, zone: tzinfo) -> str:
    """Return the time of day at the desk; a time that is not the desk's own says so."""
    return f"{at.astimezone(zone):%H:%M}" + (" UTC" if zone is UTC else "")


def _name(case: Case, names: Mapping[StaffId, str]) -> str:
    return names.get(case.claimed_by, "somebody") if case.claimed_by is not None else "somebody"
