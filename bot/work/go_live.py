"""What a country still lacks before girls may be sent here. It is asked once: a bot that is live always starts again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.model.campaign import Campaign, Country, Helpline
from bot.store.protocol import Store
from bot.store.staff_records import Staff
from bot.work.desk.keys import unenrolled
from bot.work.duty_now import WATCHING
from bot.work.helpline_dates import Dated, dated
from bot.work.helplines import FOR_STAFF

NEEDED_KINDS = ("child_helpline", "emergency")
CONFIRM = "safebot helplines confirm ID --by NAME"


@dataclass(frozen=True, slots=True)
class Finding:
    """`level`: stop (not fit to go live), warn, or note."""

    level: str
    what: str
    cure: str


class NotReady(Exception):
    """A country is marked `live: true` and lacks something; the bot does not start for the first time like this."""

    exit_code = 1

    def __init__(self, lacks: Mapping[str, Sequence[Finding]]) -> None:
        told = [
            f"{name} cannot go live yet:\n" + "\n".join(f"  - {f.what} {f.cure}" for f in found)
            for name, found in lacks.items()
        ]
        super().__init__(
            "\n".join((*told, "Mend this, or take 'live: true' away from the country in flows/campaign.yaml."))
        )


async def admit(store: Store, campaign: Campaign, unreviewed: Mapping[str, int], now: datetime) -> tuple[str, ...]:
    """Let every country that is marked live go live, or raise NotReady. Return those that do so for the first time."""
    first = [c for c in campaign.countries.values() if c.live and not await store.marker(_marker(c))]
    staff, sealed = await store.staff(), await _sealed(store)
    lacks = {c.name: (*lacking(c, campaign, staff, unreviewed, now.date()), *_keyless(c, sealed)) for c in first}
    if any(lacks.values()):
        raise NotReady({name: found for name, found in lacks.items() if found})
    for country in first:
        await store.set_marker(_marker(country), now.date().isoformat())
    return tuple(c.code for c in first)


def lacking(
    country: Country, campaign: Campaign, staff: Sequence[Staff], unreviewed: Mapping[str, int], today: date
) -> Iterator[Finding]:
    """Return what keeps a country from going live. `unreviewed`: safety texts per language that nobody has reviewed."""
    name = country.name
    if not country.approved_by:
        yield Finding("stop", f"{name}: not approved by a safeguarding lead.", "countries: approved: {by, on}.")
    yield from _law(country)
    yield from _numbers(name, [h for h in campaign.helplines if h.country == country.code], today)
    for language in country.languages:
        if texts := unreviewed.get(language, 0):
            what = f"{name}: nobody has reviewed {texts} safety texts in {language}."
            yield Finding("stop", what, f"safebot flows sheet {language}, then read it back.")
        if not country.helplines_only:
            yield from _people(country, language, staff)


def _law(country: Country) -> Iterator[Finding]:
    if country.ages is None or country.ages.confirmed_on is None:
        what = f"{country.name}: counsel has not confirmed the age of consent ({country.age_of_consent})."
        yield Finding("stop", what, "countries: ages: {source, confirmed_on, confirmed_by}.")
    if country.duty is None:
        what = f"{country.name}: whether there is a duty to report, to whom and how soon, is not written down."
        yield Finding("stop", what, "countries: duty: {triggers, to, within, source, confirmed_on}.")
    elif country.duty.source.confirmed_on is None:
        what = f"{country.name}: counsel has not confirmed the duty to report to {country.duty.to}."
        yield Finding("stop", what, "countries: duty: {confirmed_on, confirmed_by}.")


def _numbers(name: str, lines: Sequence[Helpline], today: date) -> Iterator[Finding]:
    for kind in NEEDED_KINDS:
        if not any(h.kind == kind and not h.withdrawn for h in lines):
            yield Finding("stop", f"{name}: no {kind.replace('_', ' ')} in helplines.yaml.", "Add and confirm one.")
    never = [h.id for h in lines if dated(h, today) is Dated.NEVER and h.kind not in FOR_STAFF]
    if never:
        yield Finding(
            "stop", f"{name}: nobody has called {', '.join(never)}.", f"Call each, then: {CONFIRM}, or withdraw it."
        )


def _people(country: Country, language: str, staff: Sequence[Staff]) -> Iterator[Finding]:
    readers = [p for p in staff if p.active and country.code in p.desks and language in p.languages]
    if not any(set(p.roles) & set(WATCHING) for p in readers):
        cure = "safebot staff add NAME --role moderator --desk … --language …"
        yield Finding("stop", f"{country.name}: no active moderator reads {language}.", cure)


async def _sealed(store: Store) -> frozenset[str]:
    """Return the desks that have a key which a person can open."""
    keys, shares = await store.desk_keys(), await store.desk_shares()
    desks = {key.desk for key in keys}
    return frozenset(desks - set(unenrolled(sorted(desks), keys, shares)))


def _keyless(country: Country, sealed: frozenset[str]) -> Iterator[Finding]:
    if country.code not in sealed and not country.helplines_only:
        what = f"{country.name}: nobody of its desk has a key, so the server itself could read its cases."
        yield Finding("stop", what, "safebot staff add or reset NAME, then safebot keys desks.")


def _marker(country: Country) -> str:
    return f"live:{country.code}"
