"""What an operator should know before going live, and while live: each finding with what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bot.cases.duty import covers_afternoons
from bot.model.campaign import Campaign, Country
from bot.model.flow import Ask, Handoff, Say
from bot.model.pages import Drill
from bot.store.staff_records import Staff
from bot.work.calling.drill import overdue
from bot.work.go_live import CONFIRM, Finding, lacking
from bot.work.helpline_dates import Dated, dated


def checkup(
    campaign: Campaign,
    staff: Sequence[Staff],
    today: date,
    unreviewed: Mapping[str, int] | None = None,
    drills: Sequence[Drill] = (),
) -> list[Finding]:
    """Return everything worth knowing of a campaign and its people, gravest first. `unreviewed`: safety texts per language
    that nobody has reviewed."""
    findings: list[Finding] = []
    for country in campaign.countries.values():
        findings += lacking(country, campaign, staff, unreviewed or {}, today)
        findings += _country(country, campaign, today)
        findings += _drilled(country, drills, today)
        findings += _called(country, staff)
    findings += _words(campaign)
    findings += _voices(campaign)
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
    yield from _hours(country, today)


def _hours(country: Country, today: date) -> Iterable[Finding]:
    name = country.name
    if country.helplines_only:
        what = f"{name} runs in helplines-only mode: no person is offered."
        level = "warn" if country.rota else "note"  # somebody wrote hours, and they are too few
        yield Finding(level, what, "Its rota must cover 15:00–21:00 on every day.")
        return
    for language in country.languages:
        if not covers_afternoons(country.rota.get(language, ())):
            what = f"{name}: the rota for {language} does not cover 15:00–21:00 on every day."
            yield Finding("warn", what, "Add shifts, or set helplines_only.")
    if country.live and max(country.holidays, default=date.min) < today:
        what = f"{name}: no holiday is written down for the time to come."
        yield Finding("note", what, "countries: holidays: {2026-12-25: closed}.")


def _called(country: Country, staff: Sequence[Staff]) -> Iterable[Finding]:
    """Whoever is called needs a linked chat: else the calling goes on to the next, and each of these steps costs minutes."""
    if not country.live or country.helplines_only:
        return
    linked = [p for p in staff if p.active and p.telegram is not None and country.code in p.desks]
    if not any(p.on_call for p in linked):
        what = f"{country.name}: nobody on call has linked her Telegram account."
        yield Finding("warn", what, "safebot staff change NAME --on-call, then safebot staff link NAME.")
    if not any({"lead", "deputy"} & set(p.roles) for p in linked):
        what = f"{country.name}: neither lead nor deputy has linked her Telegram account."
        yield Finding("warn", what, "safebot staff link NAME.")


def _drilled(country: Country, drills: Sequence[Drill], today: date) -> Iterable[Finding]:
    """A desk is tried every month, so that the first to find a gap is not a girl in danger."""
    last = overdue(country.code, drills, today) if country.live and not country.helplines_only else None
    if last is not None:
        when = "was never held" if last == date.min else f"was on {last}"
        yield Finding(
            "warn",
            f"{country.name}: the last drill of its desk {when}.",
            f"safebot desk drill --country {country.code}",
        )


def _voices(campaign: Campaign) -> Iterable[Finding]:
    """Say which words of the first contact and of help nobody has read aloud yet, for girls who do not read well."""
    wanted = list(_read_aloud(campaign))
    for language in campaign.languages:
        missing = [name for name in wanted if f"{language}/{name}" not in campaign.media]
        if missing:
            shown = ", ".join(missing[:3]) + (" …" if len(missing) > 3 else "")
            what = f"{language}: {len(missing)} of {len(wanted)} texts of first contact and help have no recording."
            yield Finding("note", what, f"Record them: flows/voices/{language}/{shown}")


def _read_aloud(campaign: Campaign) -> Iterable[str]:
    behind = {campaign.doors.get(door, "") for door in ("start", "help", "talk", "real", "hit")}
    for flow in campaign.flows.values():
        for step in flow.steps.values() if flow.id in behind or flow.starts.hits else ():
            if isinstance(step, Say | Ask):
                yield step.voice or f"{flow.id}.{step.id}.ogg"
            elif isinstance(step, Handoff):
                yield from (f"{flow.id}.{step.id}.{part}.ogg" for part in ("open", "closed"))


def _words(campaign: Campaign) -> Iterable[Finding]:
    waiting = sorted(w.language for w in campaign.words if not w.reviewed)
    if waiting:
        what = f"Risk words nobody has reviewed: {', '.join(waiting)}."
        yield Finding("warn", what, "A native speaker who works with girls: safebot words review LANGUAGE.")
