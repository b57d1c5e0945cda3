"""A person of the programme as the pure rooms see her: who she is and what she covers, nothing secret."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model.ids import StaffId

ROLES = ("moderator", "supervisor", "lead", "deputy", "editor", "operator", "auditor", "focal_point")
"""Every role there is. `focal_point` reads complaints about our own people, and nothing else."""

ANY_DESK = "ZZ"
"""The desk of a girl whose country is not known (yet): every desk that reads her language looks after her."""

FOCAL_DESK = "focal"
"""The desk of complaints about our own people."""


@dataclass(frozen=True, slots=True)
class StaffView:
    """What the permission function needs to know of a person."""

    id: StaffId
    roles: tuple[str, ...]
    desks: tuple[str, ...]
    languages: tuple[str, ...]
    active: bool = True
    skills: tuple[str, ...] = ()  # the categories she is trained for
