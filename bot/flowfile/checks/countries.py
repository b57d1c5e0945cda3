"""E616, W614, W617: there is something to tell, hours are honest, and every country has numbers."""

from __future__ import annotations

from collections.abc import Iterator

from bot.cases.duty import offers_persons
from bot.flowfile.draft import Draft
from bot.flowfile.findings import problem_at
from bot.flowfile.problem import Problem
from bot.model.campaign import Helpline


def check(draft: Draft) -> Iterator[Problem]:
    """Return a problem for an empty campaign and a warning for each country that is not ready."""
    document = draft.settings.document
    if not draft.flows:
        yield problem_at(document, "E616", (), "the campaign has no flows", "write one: flows/hello.yaml")
    for code, country in draft.settings.countries.items():
        at = ("countries", code)
        if not country.helplines_only and not offers_persons(country):
            hint = "no girl there is offered a person; add hours, or write 'helplines_only: true' if that is meant"
            yield problem_at(document, "W614", at, f"{code} has no hours for 15:00-21:00 on every day", hint)
        if not any(_shown(line, code) for line in draft.helplines):
            yield problem_at(
                document, "W617", at, f"{code} has no helpline that can be shown", "see flows/helplines.yaml"
            )


def _shown(line: Helpline, country: str) -> bool:
    return line.country == country and not line.withdrawn
