"""A country's duty to report: which case starts its clock, who settles it, when the lead is told. `campaign.yaml` has the law.

A clock that has started is never stopped by a lower level or another category: somebody reports, or two people settle that
nothing is reported.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from bot.cases.alerts import DRILL
from bot.model.campaign import Campaign, Country, DutyToReport
from bot.model.case import Case
from bot.model.levels import Level

FIRM = (Level.P1, Level.P2)
"""At these levels a trigger counts at once; a lower case has to be real."""

STANDING = {"supervisor": 1, "deputy": 2, "lead": 3, "focal_point": 3}
"""Who decides: the role that the country names, or one that stands above it."""

SOON, MISSED = 1, 2
"""What the lead is told: the last quarter of the time has begun; the deadline has passed."""


def duty_of(case: Case, countries: Mapping[str, Country]) -> DutyToReport | None:
    """Return the duty to report of the country she lives in, or of the desk that has her case."""
    country = countries.get(case.country) or countries.get(case.desk)
    return country.duty if country is not None else None


def with_clock(case: Case, campaign: Campaign, now: datetime) -> Case:
    """Return the case, its clock started if it is grave enough and has a trigger of its country's duty."""
    duty = duty_of(case, campaign.countries)
    return started(case, duty, now) if duty is not None and case.level in FIRM else case


def started(case: Case, duty: DutyToReport, now: datetime) -> Case:
    """Return the case with its clock running, unless it has one, is closed, or is nothing that must be reported."""
    if case.report_by is not None or not case.open or not triggers(case, duty):
        return case
    return replace(case, report_by=now + duty.within)


def asked_anew(case: Case) -> Case:
    """Return a case that became graver: what was asked or settled about not reporting was about what was known before."""
    if case.report == "asked":
        return replace(case, report="", report_asked_by=None)
    if case.report != "not_reported":
        return case
    return replace(case, report="", report_by=None, report_asked_by=None, report_told=0)


def triggers(case: Case, duty: DutyToReport) -> bool:
    """Return whether the duty is about a case like this. Behind a drill there is nobody."""
    return case.source != DRILL and (case.category in duty.triggers or case.level.value in duty.triggers)


def must_settle(case: Case) -> bool:
    """Return whether the duty of a case is neither fulfilled nor settled: until then it cannot be closed."""
    return case.report_by is not None and case.report in ("", "asked")


def settles(roles: Collection[str], duty: DutyToReport | None) -> bool:
    """Return whether somebody with these roles is one who decides that nothing is reported."""
    needed = STANDING.get(duty.decides, STANDING["lead"]) if duty is not None else STANDING["supervisor"]
    return any(STANDING.get(role, 0) >= needed for role in roles)


def telling(case: Case, duty: DutyToReport | None, now: datetime) -> int:
    """Return what the lead must be told now (SOON, MISSED), 0 when nothing new."""
    if case.report_by is None or not must_settle(case):
        return 0
    soon = case.report_by - duty.within / 4 if duty is not None else case.report_by
    state = MISSED if now >= case.report_by else SOON if now >= soon else 0
    return state if state > case.report_told else 0
