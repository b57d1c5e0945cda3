"""What an operator should know before going live, and while live: each finding with what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time

from bot.cases.duty import covered
from bot.model.campaign import Campaign, Country, Shift
from bot.store.records import Staff
from bot.work.go_live import CONFIRM, Finding, lacking
from bot.work.helpline_dates import Dated, dated

COVERED = tuple(time(hour, minute) for hour in range(15, 21) for minute in range(0, 60, 5))


def checkup(
    campaign: Campaign, staff: Sequence[Staff], today: date, unreviewed: Mapping[str, int] | None = None
) -> list[Finding]:
    """Return everything worth knowing of a campaign and its people, gravest first. `unreviewed`: safety texts per language
    that nobody has reviewed."""
    findings: list[Finding] = []
    for country in campaign.countries.values():
        findings += lacking(country, campaign, staff, unreviewed or {}, today)
        findings += _country(country, campaign, today)
    findings += _words(campaign)
    return sorted(findings, key=lambda f: ("stop", "warn", "note").index(f.level))


def _country(country: Country, campaign: Campaign, today: date) -> Iterable[Finding]:
    name = country.name
    if not country.live:
        yield Finding("note", f"{name} is not live.", "When all is ready: countries: live: true in campaign.yaml.")
    for line in (h for h in campaign.helplines if h.country == country.code):
        state = dated(line, today)
        if state in (Dated.REMIND, Dated.OLD):
            level = "warn" if state is Dated.OLD else "note"
            yield Finding(
                level, f"{name}: {line.id} was last confirmed on {line.confirmed_on}.", f"Call it, then: {CONFIRM}"
            )
    if country.helplines_only:
        yield Finding("note", f"{name} runs in helplines-only mode: no person is offered.", "Add hours to its rota.")
        return
    for language in country.languages:
        if not _covers(country.rota.get(language, ())):
            what = f"{name}: the rota for {language} does not cover 15:00–21:00 on every day."
            yield Finding("warn", what, "Add shifts, or set helplines_only.")


def _covers(shifts: Sequence[Shift]) -> bool:
    """Return whether every day of the week has somebody from 15:00 to 21:00, in one shift or in several."""
    return all(covered(shifts, day, minute) for day in range(7) for minute in COVERED)


def _words(campaign: Campaign) -> Iterable[Finding]:
    waiting = sorted(w.language for w in campaign.words if not w.reviewed)
    if waiting:
        what = f"Risk words nobody has reviewed: {', '.join(waiting)}."
        yield Finding("warn", what, "A native speaker who works with girls: safebot words review LANGUAGE.")
