"""W618: somebody has called every number lately."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from bot.flowfile.draft import Draft
from bot.flowfile.problem import Problem, severity_of
from bot.model.campaign import Helpline

OLD = timedelta(days=90)
SHOWN = 4


def check(draft: Draft) -> Iterator[Problem]:
    """Return a warning for each country with numbers nobody has confirmed, and one for each with old ones."""
    today = datetime.now(UTC).date()
    shown = [line for line in draft.helplines if not line.withdrawn]
    for country in dict.fromkeys(line.country for line in shown):
        lines = [line for line in shown if line.country == country]
        yield from _told(country, [line for line in lines if line.confirmed_on is None], "were never confirmed")
        yield from _told(country, [line for line in lines if _old(line, today)], "were confirmed over 90 days ago")


def _old(line: Helpline, today: date) -> bool:
    return line.confirmed_on is not None and today - line.confirmed_on > OLD


def _told(country: str, lines: list[Helpline], what: str) -> Iterator[Problem]:
    if lines:
        names = ", ".join(line.id for line in lines[:SHOWN]) + (" …" if len(lines) > SHOWN else "")
        message = f"{country}: {len(lines)} numbers {what} ({names})"
        hint = "somebody in the country calls each, then write the day: confirmed_on: 2026-01-31"
        yield Problem("W618", "flows/helplines.yaml", 1, 1, "", message, hint, severity_of("W618"))
