"""A case: coded facts only. Its words are entries, sealed under the case's own key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.ids import CaseId, ChatToken, StaffId
from bot.model.levels import Level


class CaseState(StrEnum):
    """The life of a case; the moves between these are the table in bot/cases/moves.py."""

    NEW = "new"
    CLAIMED = "claimed"
    WAITING = "waiting"  # answered, waiting for her
    RESOLVED = "resolved"
    REFERRED = "referred"
    SHREDDED = "shredded"  # P3 and she said no: the words are gone, this coded row counts


OPEN_STATES = frozenset({CaseState.NEW, CaseState.CLAIMED, CaseState.WAITING})

OUTCOMES = ("real", "unclear", "mistaken", "test", "prank")

SAFE_HOURS = ("any", "morning", "afternoon", "evening", "me_first")
"""When it is safe to write to her, by her own word; `me_first`: only when she has written."""

HELPED = ("yes", "little", "no", "not_now")
"""Her answer at the end."""

REPORTS = ("", "asked", "reported", "not_reported")
"""A duty to report: nothing done yet, somebody asked that nothing be reported, reported, settled by two people as not."""


@dataclass(frozen=True, slots=True)
class Case:
    """One open case a chat. `version` grows with every write; a write names the version it read.

    `shown_at` None: not yet for the desk's eyes (P3 before her yes). `due_at` is the on-duty clock of its level,
    `alerts` how often it was missed and told. `card` is the message id of its card in the moderators' group.
    `lower_to` is the lower level that `lower_by` asked for: a second person decides. `not_for` are staff who may not
    have it (again): she asked for another helper, or somebody may know her. `last_with` had her case before this one,
    `offered_to` is the colleague for whom it was put in line, `also` are colleagues who were asked for a second opinion:
    they may read it and leave notes. `safe_hours` is when she says it is safe to write to her, `read_at` when its holder
    last opened words that were new, `helped` her answer at the end. `doubtful`: after three pranks in a week her low cases wait in one line.
    `report_by` is when a duty to report must be fulfilled; `report` how it stands (one of REPORTS), `report_asked_by` who asked
    that nothing be reported, `report_told` how often the lead was told of the deadline. `passed_on` are staff who passed it on:
    it is not put before them again.
    """

    id: CaseId
    chat: ChatToken
    desk: str
    language: str
    pseudonym: str
    level: Level
    category: str
    rules: tuple[str, ...]
    source: str
    state: CaseState
    opened_at: datetime
    shown_at: datetime | None
    due_at: datetime | None = None
    alerts: int = 0
    claimed_by: StaffId | None = None
    claimed_until: datetime | None = None
    age_band: str = ""
    country: str = ""
    opted_in: str = ""
    consented: bool = False
    says_no: bool = False
    withdrawn: bool = False
    blocked: bool = False
    another_helper: bool = False
    last_hers_at: datetime | None = None
    last_ours_at: datetime | None = None
    outcome: str = ""
    closed_at: datetime | None = None
    card: int | None = None
    lower_to: Level | None = None
    lower_by: StaffId | None = None
    not_for: tuple[StaffId, ...] = ()
    last_with: StaffId | None = None
    offered_to: StaffId | None = None
    also: tuple[StaffId, ...] = ()
    safe_hours: str = ""
    helped: str = ""
    doubtful: bool = False
    read_at: datetime | None = None
    report_by: datetime | None = None
    report: str = ""
    report_asked_by: StaffId | None = None
    report_told: int = 0
    passed_on: tuple[StaffId, ...] = ()
    version: int = 0

    @property
    def open(self) -> bool:
        """Return whether somebody still has to do something about it."""
        return self.state in OPEN_STATES
