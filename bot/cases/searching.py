"""What somebody may look for among cases: coded fields only. Her words are searched elsewhere, and only by who holds the case."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from bot.model.case import Case
from bot.model.ids import StaffId


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a case must be like; an empty field wants nothing. `name` is a pseudonym, a part of one, or a case's id."""

    name: str = ""
    level: str = ""
    category: str = ""
    language: str = ""
    state: str = ""
    outcome: str = ""
    age_band: str = ""
    holder: StaffId | None = None
    since: date | None = None
    until: date | None = None

    @property
    def asked(self) -> tuple[str, ...]:
        """Return the names of the fields that want something: for the audit, without their values."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name))


CODED = ("level", "category", "language", "state", "outcome", "age_band")


def matches(case: Case, wanted: Wanted) -> bool:
    """Return whether a case is what is looked for. Its days are looked at where it is read from the store."""
    if any(getattr(wanted, name) not in ("", str(getattr(case, name))) for name in CODED):
        return False
    if wanted.holder is not None and case.claimed_by != wanted.holder:
        return False
    name = wanted.name.strip().casefold()
    return not name or name == case.id.casefold() or name in case.pseudonym.casefold()


def in_found_order(cases: list[Case]) -> list[Case]:
    """Return cases as a search shows them: open ones first, then the newest."""
    return sorted(cases, key=lambda case: (not case.open, -case.opened_at.timestamp()))
