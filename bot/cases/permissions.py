"""Who may see and do what with a case: one table, one function. Every door of ours asks `may`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import IntEnum

from bot.model.case import Case, CaseState
from bot.model.staff import ANY_DESK, FOCAL_DESK, StaffView


class Reach(IntEnum):
    """How far a role reaches for one action: only cases she has claimed, her desk's line in her languages, her desk."""

    OWN = 1
    LINE = 2
    DESK = 3


OWN, LINE, DESK = Reach.OWN, Reach.LINE, Reach.DESK

_MODERATOR: Mapping[str, Reach] = {
    "line": LINE,  # the coded line in the queue, no words
    "claim": LINE,
    "look": OWN,
    "renew": OWN,
    "release": OWN,
    "reply": OWN,
    "note": OWN,
    "resolve": OWN,
    "refer": OWN,
    "raise_level": OWN,
    "ask_lower": OWN,
    "closed_line": OWN,
    "step_aside": LINE,  # "I may know her": the case is hidden from her for good
    "hand_over": OWN,
    "accept": LINE,  # a case that a colleague hands over to her
    "second_opinion": OWN,
    "referral": OWN,
    "follow_up": OWN,  # on its day, also when the case is closed long ago
    "duty": OWN,  # the duty to report: what was done about it
}

_SUPERVISOR: Mapping[str, Reach] = {
    **_MODERATOR,
    "line": DESK,
    "claim": DESK,
    "take_over": DESK,
    "look": DESK,
    "look_closed": DESK,
    "release": DESK,
    "note": DESK,
    "raise_level": DESK,
    "ask_lower": DESK,
    "lower_level": DESK,  # the second person; `_second_person` keeps the asker out
    "closed_line": DESK,
    "reopen": DESK,
    "hand_over": DESK,
    "accept": DESK,
    "step_aside": DESK,
    "whisper": DESK,
    "release_reply": DESK,  # a reply with a number or link of its own waits for her
    "referral": DESK,
    "follow_up": DESK,
    "duty": DESK,
    "agree_not_reported": DESK,
    "agree_identity": DESK,  # the second person, also after the case is closed: whoever looked alone must be confirmed
}

_LEAD: Mapping[str, Reach] = {
    **_SUPERVISOR,
    "unmask": DESK,
    "ask_identity": DESK,
}

TABLE: Mapping[str, Mapping[str, Reach]] = {
    "moderator": _MODERATOR,
    "supervisor": _SUPERVISOR,
    "lead": _LEAD,
    "deputy": _LEAD,
    "focal_point": _LEAD,
}
"""role -> action -> how far. A role or action that is not here reaches nothing: editor, operator and auditor see no case."""

ACTIONS = tuple(_LEAD)

DESK_ROLES = frozenset(TABLE)

_CLOSED_ACTIONS = frozenset({"closed_line", "look_closed", "reopen"})
_ANY_TIME_ACTIONS = frozenset({"agree_identity", "follow_up"})
_HELD_ACTIONS = frozenset(
    {
        "renew",
        "release",
        "reply",
        "resolve",
        "refer",
        "take_over",
        "hand_over",
        "second_opinion",
        "whisper",
        "release_reply",
    }
)
_ASKED_ACTIONS = frozenset({"look", "note"})
"""What a colleague may do whom the holder asked for a second opinion."""


def may(staff: StaffView, action: str, case: Case, now: datetime) -> bool:
    """Return whether this person may do this with this case now. What is not allowed looks as if it did not exist."""
    if not staff.active or case.state is CaseState.SHREDDED or staff.id in case.not_for:
        return False
    if not _stands_ready(action, case, now) or not _second_person(staff, action, case):
        return False
    if action == "accept" and case.offered_to != staff.id:
        return False
    return any(_reaches(staff, role, action, case) for role in staff.roles)


def may_claim_from(case: Case, now: datetime) -> bool:
    """Return whether a case is free: in line, or held by somebody whose lease has run out."""
    return case.state is CaseState.NEW or (case.claimed_until is not None and case.claimed_until <= now)


def covers(staff: StaffView, case: Case) -> bool:
    """Return whether a case is on one of her desks. Complaints about staff are on no country's desk.

    A girl whose country is not known waits on every desk that reads her language: she must not wait unseen.
    """
    if is_complaint(case):
        return False
    return case.desk in staff.desks or (case.desk == ANY_DESK and _reads(staff, case))


def _stands_ready(action: str, case: Case, now: datetime) -> bool:
    """The case itself must allow it: shown to the desk, open or closed as the action needs, free to be claimed."""
    if case.shown_at is None or case.shown_at > now:
        return False
    if action in _ANY_TIME_ACTIONS:
        return True
    if case.open is (action in _CLOSED_ACTIONS):
        return False
    if action == "claim":
        return may_claim_from(case, now)
    if action == "accept":
        return case.claimed_by is not None and case.offered_to is not None
    return case.claimed_by is not None or action not in _HELD_ACTIONS


def _second_person(staff: StaffView, action: str, case: Case) -> bool:
    """Lowering, and that nothing is reported, need somebody else than the one who asked for it."""
    if action == "agree_not_reported":
        return case.report == "asked" and case.report_asked_by != staff.id
    return action != "lower_level" or (case.lower_to is not None and case.lower_by != staff.id)


def _reaches(staff: StaffView, role: str, action: str, case: Case) -> bool:
    reach = TABLE.get(role, {}).get(action)
    if reach is None or not _on_her_side(staff, role, case):
        return False
    if reach is OWN:
        return case.claimed_by == staff.id or (staff.id in case.also and action in _ASKED_ACTIONS)
    return reach is DESK or _reads(staff, case)


def _on_her_side(staff: StaffView, role: str, case: Case) -> bool:
    """A focal point reads complaints about staff of other countries' desks, and only those; the others never do."""
    if role == "focal_point":
        return is_complaint(case) and case.country not in staff.desks
    return covers(staff, case)


def is_complaint(case: Case) -> bool:
    """Return whether a case is about our own people: then it is on no country's desk, and in no group."""
    # Either sign is enough: a complaint must not reach the desk it is about because one of them was forgotten.
    return case.category == "staff_conduct" or case.desk == FOCAL_DESK


def _reads(staff: StaffView, case: Case) -> bool:
    return not case.language or case.language in staff.languages
