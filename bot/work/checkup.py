"""What an operator should know before going live, and while live: each finding with what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from bot.cases.duty import covered
from bot.model.campaign import Campaign, Country, Helpline, Shift
from bot.store.records import Staff
from bot.work.duty_now import WATCHING
from bot.work.helpline_dates import Dated, dated

CONFIRM = "safebot helplines confirm ID --by NAME"
COVERED = tuple(time(hour, minute) for hour in range(15, 21) for minute in range(0, 60, 5))
NEEDED_KINDS = ("child_helpline", "emergency")


@dataclass(frozen=True, slots=True)
class Finding:
    """`level`: stop (not fit to go live), warn, or note."""

    level: str
    what: str
    cure: str


def checkup(campaign: Campaign, staff: Sequence[Staff], today: date) -> list[Finding]:
    """Return everything worth knowing of a campaign and its people, gravest first."""
    findings = [f for country in campaign.countries.values() for f in _country(country, campaign, staff, today)]
    findings += _words(campaign)
    return sorted(findings, key=lambda f: ("stop", "warn", "note").index(f.level))


def _country(country: Country, campaign: Campaign, staff: Sequence[Staff], today: date) -> Iterable[Finding]:
    name = country.name
    if not country.approved_by:
        yield Finding(
            "warn", f"{name}: not approved by a safeguarding lead.", "countries: approved: {by, on} in campaign.yaml"
        )
    yield from _lines(name, [h for h in campaign.helplines if h.country == country.code], today)
    if country.helplines_only:
        yield Finding("note", f"{name} runs in helplines-only mode: no person is offered.", "add hours to its rota")
        return
    for language in country.languages:
        yield from _people(country, language, staff)


def _lines(name: str, lines: Sequence[Helpline], today: date) -> Iterable[Finding]:
    for kind in NEEDED_KINDS:
        if not any(h.kind == kind and not h.withdrawn for h in lines):
            yield Finding("stop", f"{name}: no {kind.replace('_', ' ')} in helplines.yaml.", "add and confirm one")
    never = [h.id for h in lines if dated(h, today) is Dated.NEVER]
    if never:
        yield Finding("stop", f"{name}: nobody has called {', '.join(never)}.", f"call each, then: {CONFIRM}")
    for line in lines:
        state = dated(line, today)
        if state in (Dated.REMIND, Dated.OLD):
            level = "warn" if state is Dated.OLD else "note"
            yield Finding(
                level, f"{name}: {line.id} was last confirmed on {line.confirmed_on}.", f"call it, then: {CONFIRM}"
            )


def _people(country: Country, language: str, staff: Sequence[Staff]) -> Iterable[Finding]:
    readers = [p for p in staff if p.active and country.code in p.desks and language in p.languages]
    if not any(set(p.roles) & set(WATCHING) for p in readers):
        yield Finding(
            "stop",
            f"{country.name}: no active moderator reads {language}.",
            "safebot staff add NAME --role moderator --desk … --language …",
        )
    if not _covers(country.rota.get(language, ())):
        yield Finding(
            "warn",
            f"{country.name}: the rota for {language} does not cover 15:00–21:00 on every day.",
            "add shifts, or set helplines_only",
        )


def _covers(shifts: Sequence[Shift]) -> bool:
    """Return whether every day of the week has somebody from 15:00 to 21:00, in one shift or in several."""
    return all(covered(shifts, day, minute) for day in range(7) for minute in COVERED)


def _words(campaign: Campaign) -> Iterable[Finding]:
    waiting = sorted(w.language for w in campaign.words if not w.reviewed)
    if waiting:
        yield Finding(
            "warn",
            f"Risk words nobody has reviewed: {', '.join(waiting)}.",
            f"let a native speaker who works with girls read them: safebot words review {waiting[0]}",
        )
