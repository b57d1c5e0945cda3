"""flows/campaign.yaml: languages, doors, countries with their hours, clocks, quiet hours, links."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.flowfile.amounts import day, day_hours, hours, length_of_time, shifts
from bot.flowfile.care_fields import CARE, read_care
from bot.flowfile.document import Data, Document, Path, group, plain, texts
from bot.flowfile.draft import Settings
from bot.flowfile.fields import LEVELS, NAME, duration, name
from bot.flowfile.findings import Findings
from bot.flowfile.problem import Problem
from bot.flowfile.shapes import FLAG, Field, Group, ListOf, MapOf, OneOf, Text
from bot.model.campaign import Clocks, Country, DutyToReport, Shift, Source
from bot.model.levels import CATEGORIES, Level

LANGUAGE = r"[a-z]{2,3}(?:_[A-Z]{2})?"
language = Text(LANGUAGE, "sw", "E108")
by_level = MapOf("|".join(LEVELS), duration)
CLOCK_NAMES = ("p3_shown_after", "claim_lease", "reply_undo", "back_after", "backlog_after")

SOURCE = {
    "source": Field(Text(), "Where it stands: the law and its section, or an address.", required=True),
    "confirmed_on": Field(Text(), "The day on which counsel confirmed it. Empty: nobody has."),
    "confirmed_by": Field(Text(), "Who confirmed it."),
}
DUTY = Group(
    {
        "triggers": Field(
            ListOf(OneOf((*CATEGORIES, *LEVELS))), "Categories or levels that must be reported.", required=True
        ),
        "to": Field(Text(), "To whom.", required=True),
        "within": Field(duration, "How soon, as '24 hours'.", required=True),
        "decides": Field(OneOf(("lead", "deputy", "supervisor")), "Who decides (lead if not written)."),
        **SOURCE,
    }
)
COUNTRY = Group(
    {
        "name": Field(Text(), "What she calls it.", required=True),
        "timezone": Field(Text(), "As in Africa/Nairobi.", required=True),
        "age_of_consent": Field(Text(r"\d{1,2}", "18"), "From which age a learning profile may be kept."),
        "languages": Field(ListOf(language), "Languages of its desk."),
        "rota": Field(MapOf(LANGUAGE, ListOf(Text())), "Hours per language: [mon-fri 08:00-22:00]."),
        "holidays": Field(
            MapOf(r"\d{4}-\d\d-\d\d", Text()), "Days that differ: 2026-12-25: closed, or its hours: 10:00-14:00."
        ),
        "helplines_only": Field(FLAG, "No person is offered."),
        "p2_before_consent": Field(FLAG, "P2 cases open before her yes."),
        "approved": Field(MapOf("by|on", Text(), least=0), "Who signed, and when."),
        "live": Field(FLAG, "Girls of this country are sent here: 'safebot run' asks for all that going live needs."),
        "ages": Field(Group(SOURCE), "Where the age of consent comes from."),
        "duty": Field(DUTY, "The duty to report: what, to whom, how soon."),
        "note": Field(Text(), "For colleagues."),
    }
)
CAMPAIGN = Group(
    {
        "name": Field(Text(), "The campaign's name.", required=True),
        "languages": Field(ListOf(language), "Enabled languages.", required=True),
        "doors": Field(MapOf(NAME, name), "What always works, and the flow it opens.", required=True),
        "countries": Field(MapOf("[A-Z]{2}", COUNTRY), "One block a country.", required=True),
        "clocks": Field(
            Group(
                {
                    "read": Field(by_level, "How soon a case is to be read."),
                    "no_answer": Field(by_level, "After how long she is told that nobody has answered yet."),
                    **{key: Field(duration, "A length of time.") for key in CLOCK_NAMES},
                }
            ),
            "How long things may take.",
        ),
        "care": Field(CARE, "What keeps those who read cases from carrying too much."),
        "quiet": Field(Text(), "Hours in which nothing goes out unasked: 19:00-08:00."),
        "links": Field(ListOf(Text(), least=0), "Hosts a text may link to."),
        "versions": Field(Text(r"[1-9]\d{0,2}", "20"), "How many good versions are kept to go back to (20)."),
        "note": Field(Text(), "For colleagues."),
    }
)


def read_campaign(document: Document) -> tuple[Settings, list[Problem]]:
    """Return the settings, as far as they could be read, and all problems."""
    findings = Findings(document)
    CAMPAIGN.check(document.data, (), findings.tell)
    data = document.data if isinstance(document.data, dict) else {}
    settings = Settings(
        document=document,
        name=plain(data, "name"),
        languages=texts(data, "languages") or ("en",),
        doors={key: str(flow) for key, flow in group(data, "doors").items()},
        countries=_countries(findings, group(data, "countries")),
        clocks=_clocks(group(data, "clocks")),
        care=read_care(group(data, "care")),
        quiet=_quiet(findings, plain(data, "quiet")),
        links=texts(data, "links"),
        versions=_kept(plain(data, "versions")),
    )
    return settings, findings.problems


def quiet_hours(settings: Settings) -> tuple[time, time]:
    """Return from when until when nothing goes out unasked."""
    return hours(settings.quiet[0]) or (time(19), time(8)) if settings.quiet else (time(19), time(8))


def _kept(versions: str) -> int:
    """Return how many versions are kept: one to run and one to go back to, at least."""
    return max(int(versions), 2) if versions.isdecimal() else 20


def _countries(findings: Findings, written: Mapping[str, Data]) -> dict[str, Country]:
    return {code: _country(findings, code, data) for code, data in written.items() if isinstance(data, dict)}


def _country(findings: Findings, code: str, data: dict[str, Data]) -> Country:
    at: Path = ("countries", code)
    approved = group(data, "approved")
    age = plain(data, "age_of_consent")
    if not approved.get("by") or not approved.get("on"):
        findings.tell("W615", (*at, "approved"), f"nobody has approved the rules for {code} yet", "approved: {by, on}")
    return Country(
        code=code,
        name=plain(data, "name"),
        timezone=_timezone(findings, at, plain(data, "timezone")),
        age_of_consent=int(age) if age.isdecimal() else 18,
        languages=texts(data, "languages"),
        rota=_rota(findings, (*at, "rota"), group(data, "rota")),
        holidays=_holidays(findings, (*at, "holidays"), group(data, "holidays")),
        helplines_only=plain(data, "helplines_only") == "true",
        p2_before_consent=plain(data, "p2_before_consent") == "true",
        approved_by=plain(approved, "by"),
        approved_on=_dated(findings, (*at, "approved", "on"), plain(approved, "on")),
        live=plain(data, "live") == "true",
        ages=_source(findings, (*at, "ages"), group(data, "ages")),
        duty=_duty(findings, (*at, "duty"), group(data, "duty")),
    )


def _source(findings: Findings, at: Path, data: Mapping[str, Data]) -> Source | None:
    said = plain(data, "source")
    confirmed = _dated(findings, (*at, "confirmed_on"), plain(data, "confirmed_on"))
    return Source(said, confirmed, plain(data, "confirmed_by")) if said else None


def _duty(findings: Findings, at: Path, data: Mapping[str, Data]) -> DutyToReport | None:
    source, within = _source(findings, at, data), length_of_time(plain(data, "within"))
    if source is None or within is None:
        return None
    return DutyToReport(texts(data, "triggers"), plain(data, "to"), within, source, plain(data, "decides") or "lead")


def _dated(findings: Findings, path: Path, text: str) -> date | None:
    found = day(text) if text else None
    if text and found is None:
        findings.tell("E606", path, f"'{text[:40]}' is no day", "write it like this: 2026-01-31")
    return found


def _timezone(findings: Findings, at: Path, zone: str) -> str:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        findings.tell("E602", (*at, "timezone"), f"there is no time zone '{zone[:40]}'", "as in Africa/Nairobi")
        return "UTC"
    return zone


def _rota(findings: Findings, at: Path, written: Mapping[str, Data]) -> dict[str, tuple[Shift, ...]]:
    rota: dict[str, tuple[Shift, ...]] = {}
    for tongue, lines in written.items():
        found: list[Shift] = []
        for index, line in enumerate(lines if isinstance(lines, list) else []):
            span = shifts(str(line))
            if span is None:
                hint = "write it like this: mon-fri 08:00-22:00"
                findings.tell("E604", (*at, tongue, index), f"'{str(line)[:40]}' are no hours", hint)
            found += span or ()
        rota[tongue] = tuple(found)
    return rota


def _holidays(findings: Findings, at: Path, written: Mapping[str, Data]) -> dict[date, tuple[Shift, ...]]:
    holidays: dict[date, tuple[Shift, ...]] = {}
    for on_day, value in written.items():
        on, spans = _dated(findings, (*at, on_day), on_day), day_hours(str(value))
        if spans is None:
            hint = "write 'closed', or its hours: 10:00-14:00"
            findings.tell("E604", (*at, on_day), f"'{str(value)[:40]}' are no hours", hint)
        elif on is not None:
            holidays[on] = tuple(Shift(on.weekday(), start, end) for start, end in spans)
    return holidays


def _clocks(written: Mapping[str, Data]) -> Clocks:
    usual = Clocks()
    own = {key: length_of_time(plain(written, key)) for key in CLOCK_NAMES}
    return Clocks(
        by_level={**usual.by_level, **_by_level(group(written, "read"))},
        no_answer={**usual.no_answer, **_by_level(group(written, "no_answer"))},
        p3_shown_after=own["p3_shown_after"] or usual.p3_shown_after,
        claim_lease=own["claim_lease"] or usual.claim_lease,
        reply_undo=own["reply_undo"] or usual.reply_undo,
        back_after=own["back_after"] or usual.back_after,
        backlog_after=own["backlog_after"] or usual.backlog_after,
    )


def _by_level(written: Mapping[str, Data]) -> dict[Level, timedelta]:
    found = {key: length_of_time(str(value)) for key, value in written.items() if key in LEVELS}
    return {Level(key): span for key, span in found.items() if span is not None}


def _quiet(findings: Findings, text: str) -> tuple[str, ...]:
    if text and hours(text) is None:
        findings.tell("E604", ("quiet",), f"'{text[:40]}' are no hours", "write it like this: 19:00-08:00")
        return ()
    return (text,) if text else ()
