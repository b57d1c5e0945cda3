"""E616, W614, W617: there is something to tell, hours are honest, and every country has numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from bot.flowfile.draft import Draft
from bot.flowfile.findings import problem_at
from bot.flowfile.problem import Problem
from bot.model.campaign import Country, Helpline, Shift

AFTERNOON, EVENING = time(15), time(21)


def check(draft: Draft) -> Iterator[Problem]:
    """Return a problem for an empty campaign and a warning for each country that is not ready."""
    document = draft.settings.document
    if not draft.flows:
        yield problem_at(document, "E616", (), "the campaign has no flows", "write one: flows/hello.yaml")
    for code, country in draft.settings.countries.items():
        at = ("countries", code)
        if not country.helplines_only and not _covered(country):
            hint = "add hours, or 'helplines_only: true': then no person is offered"
            yield problem_at(document, "W614", at, f"{code} has no hours for 15:00-21:00 on every day", hint)
        if not any(_shown(line, code) for line in draft.helplines):
            yield problem_at(
                document, "W617", at, f"{code} has no helpline that can be shown", "see flows/helplines.yaml"
            )


def _covered(country: Country) -> bool:
    shifts = [shift for shifts in country.rota.values() for shift in shifts]
    return all(any(shift.weekday == weekday and _covers(shift) for shift in shifts) for weekday in range(7))


def _covers(shift: Shift) -> bool:
    return shift.start <= AFTERNOON and (shift.end >= EVENING or shift.end < shift.start)


def _shown(line: Helpline, country: str) -> bool:
    return line.country == country and not line.withdrawn
